/**
 * A server of the repository's files for one browser on this machine, and the ear for what its pages report.
 */
import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'
import { text } from 'node:stream/consumers'
import { forBrowser, root, type StandIns } from './specifiers.ts'
import type { Message, Tasks } from './task.ts'

export interface ServerOptions {
  readonly tasks: Tasks
  readonly standIns: StandIns
  /** Whether pages are cross-origin isolated, so that they can share memory with workers. */
  readonly isolated: boolean
  readonly heard: (message: Message) => void
  /** Told of every request that could not be answered, in a sentence. */
  readonly complained: (sentence: string) => void
}

export interface Server {
  readonly origin: string
  readonly close: () => void
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.ts': 'text/javascript; charset=utf-8',
  '.json': 'application/json'
}

const page = `<!doctype html><meta charset="utf-8"><title>gradfold</title>
<link rel="icon" href="data:,">
<script type="module" src="/spec/browser/page/main.ts"></script>`

/** The engine compiles modules and needs nothing else that a strict page forbids: no text becomes a script. */
const policy = "default-src 'self'; img-src data:; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self' blob:"

const isolation = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' }

/** The content of an address below the root. */
const contentOf = async (path: string, standIns: StandIns): Promise<string | Uint8Array> => {
  const file = join(root, normalize(path))
  return ['.js', '.mjs', '.ts'].includes(extname(file)) ? forBrowser(file, standIns) : readFile(file)
}

/** Serves until it is closed, on a port that the system chooses. */
export const serve = ({ tasks, standIns, isolated, heard, complained }: ServerOptions): Promise<Server> => {
  const headers = { 'Content-Security-Policy': policy, 'Cache-Control': 'no-store', ...(isolated ? isolation : {}) }
  const contents = new Map<string, Promise<string | Uint8Array>>([
    ['/', Promise.resolve(page)],
    ['/tasks.json', Promise.resolve(JSON.stringify(tasks))]
  ])
  const content = (path: string): Promise<string | Uint8Array> => {
    const found = contents.get(path) ?? contentOf(path, standIns)
    contents.set(path, found)
    return found
  }
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    if (request.method === 'POST') {
      // only our own pages post
      heard(JSON.parse(await text(request)) as Message)
      response.writeHead(204, headers).end()
      return
    }
    try {
      const type = types[pathname === '/' ? '.html' : extname(pathname)] ?? 'application/octet-stream'
      const body = await content(pathname)
      response.writeHead(200, { ...headers, 'Content-Type': type }).end(body)
    } catch (error) {
      complained(error instanceof Error ? error.message : String(error))
      response.writeHead(404, headers).end()
    }
  }
  const server = createServer((request, response) => void answer(request, response))
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      // a server on a port has an address of this form
      const { port } = server.address() as AddressInfo
      resolve({
        origin: `http://127.0.0.1:${port}`,
        close: () => {
          server.close()
          server.closeAllConnections()
        }
      })
    })
  })
}
