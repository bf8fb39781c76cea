/**
 * The worker: the same checks as in the main thread, and the whole main job.
 */
import type { Report, Tasks } from '../task.ts'
import { platform } from './platform.ts'

const tell = async (report: Report): Promise<void> => {
  await fetch('/', { method: 'POST', body: JSON.stringify({ kind: 'report', report }) })
}

try {
  const { runChecks } = await import('./checks.ts')
  await runChecks('worker', (await (await fetch('/tasks.json')).json()) as Tasks, true, tell)
  platform.postMessage(undefined)
} catch (error) {
  platform.postMessage(String(error))
}
