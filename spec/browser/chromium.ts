/**
 * Chromium without a window: where it is, and a run of it.
 */
import { spawn } from 'node:child_process'
import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome']

const isProgram = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** The program, from the variable CHROMIUM or the path; undefined where this machine has none. */
export const findChromium = (): string | undefined => {
  const { CHROMIUM, PATH = '' } = process.env
  if (CHROMIUM !== undefined && CHROMIUM !== '') return CHROMIUM
  return PATH.split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .find(isProgram)
}

export interface Browser {
  /** Ends when the browser does, with the last words of its error stream. */
  readonly ended: Promise<string>
  /** Ends it and removes what it wrote. */
  readonly close: () => Promise<void>
}

const flags = [
  '--headless=new',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-extensions',
  '--disable-sync',
  '--no-first-run',
  '--no-default-browser-check',
  '--mute-audio',
  // the sandbox does not start for root, who is who runs tests in a container
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])
]

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))

/** Opens a page in a browser of its own. */
export const open = (program: string, address: string): Browser => {
  const profile = mkdtempSync(join(tmpdir(), 'gradfold-chromium-'))
  // a group of its own, so that the processes which it starts end with it
  const child = spawn(program, [...flags, `--user-data-dir=${profile}`, address], {
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true
  })
  const kill = (): void => {
    if (child.pid !== undefined && child.exitCode === null && child.signalCode === null)
      process.kill(-child.pid, 'SIGKILL')
  }
  // not even when this process ends before its time does the browser stay
  process.once('exit', kill)
  let words = ''
  child.stderr.on('data', (chunk: Buffer) => {
    words = (words + chunk.toString()).slice(-2000)
  })
  const ended = new Promise<string>((resolve) => {
    child.on('error', (error) => {
      resolve(error.message)
    })
    child.on('close', () => {
      resolve(words.trim())
    })
  })
  return {
    ended,
    close: async () => {
      kill()
      process.off('exit', kill)
      await ended
      rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
    }
  }
}
