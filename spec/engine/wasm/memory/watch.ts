/**
 * Runs a job in a process of its own and reads what it printed.
 */
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect } from 'vitest'
import type { Counted, Sample } from './child.ts'

const child = fileURLToPath(new URL('./child.ts', import.meta.url))

/** What the jobs print. */
interface Results {
  readonly fold: readonly Sample[]
  readonly release: Counted
  readonly dispose: Counted
  readonly pressure: number
}

/** The result of a job; `collecting` gives it a collector that it can call. */
export const watch = <J extends keyof Results>(job: J, count: number, collecting = true): Results[J] =>
  JSON.parse(
    execFileSync(
      process.execPath,
      [...(collecting ? ['--expose-gc'] : []), '--import', 'tsx', child, job, String(count)],
      { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }
    )
  ) as Results[J]

/**
 * Expects that memory stands still, in MiB: what grows from step to step is more in each of the last samples than in all before.
 * The first samples are those of code that is still being compiled.
 */
export const expectFlat = (samples: readonly Sample[], resident: number): void => {
  const late = samples.slice(3)
  expect(late.length).toBeGreaterThanOrEqual(6)
  const growth = (figure: keyof Sample): number =>
    Math.min(...late.slice(-3).map((sample) => sample[figure])) - Math.min(...late.slice(0, -3).map((s) => s[figure]))
  expect(growth('heap')).toBeLessThan(1)
  expect(growth('external')).toBeLessThan(0.5)
  expect(growth('resident')).toBeLessThan(resident)
}
