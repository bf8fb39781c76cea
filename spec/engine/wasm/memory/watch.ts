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

const spread = (numbers: readonly number[]): number => Math.max(...numbers) - Math.min(...numbers)

/** Expects that memory stands still: the first samples are those of code that is still being compiled. */
export const expectFlat = (samples: readonly Sample[], resident: number): void => {
  const late = samples.slice(3)
  expect(late.length).toBeGreaterThanOrEqual(6)
  expect(spread(late.map(({ heap }) => heap))).toBeLessThan(1)
  expect(spread(late.map(({ external }) => external))).toBeLessThan(0.5)
  expect(late.at(-1)!.resident - late[0]!.resident).toBeLessThan(resident)
}
