/**
 * The page: runs the checks in the main thread, then in a worker, and sends what came of them to the server.
 *
 * Modules are imported while it runs, so that one that does not load is a report like any other.
 */
import type { Message, Report, Tasks } from '../task.ts'
import { platform } from './platform.ts'

const send = async (message: Message): Promise<void> => {
  await fetch('/', { method: 'POST', body: JSON.stringify(message) })
}

const tell = (report: Report): Promise<void> => send({ kind: 'report', report })

const failed = (where: string, error: unknown): Promise<void> =>
  tell({ where, what: 'the checks run', complaint: String(error), milliseconds: 0 })

const inMain = async (): Promise<void> => {
  const { runChecks } = await import('./checks.ts')
  await runChecks('main thread', (await (await fetch('/tasks.json')).json()) as Tasks, false, tell)
}

/** Ends when the worker says that it is done, or cannot begin. */
const inWorker = (): Promise<void> =>
  new Promise((resolve, reject) => {
    const worker = new platform.Worker('/spec/browser/page/worker.ts', { type: 'module' })
    worker.onmessage = ({ data }) => {
      if (data === undefined) resolve()
      else reject(new Error(typeof data === 'string' ? data : 'the worker says something else'))
    }
    worker.onerror = ({ message }) => {
      reject(new Error(message ?? 'the worker does not load'))
    }
  })

for (const [where, part] of [
  ['main thread', inMain],
  ['worker', inWorker]
] as const)
  await part().catch((error: unknown) => failed(where, error))
await send({ kind: 'end' })
