/**
 * What is measured of a case, as a line of JSON or of a table.
 */
import type { Timing } from './timing.ts'

// model

export interface Measurement {
  readonly engine: string
  readonly case: string
  readonly threads: number
  /** of the median block, as `ms_per_step` */
  readonly steps_per_s: number
  readonly ms_per_step: number
  /** of the best block: the estimate that other load disturbs least */
  readonly ms_min: number
  readonly ms_p10: number
  readonly ms_first: number
  readonly samples: number
  readonly rss_mb: number
  readonly node: string
  /** of matrix products only: of the median block, and of the best one */
  readonly gflops?: number
  readonly gflops_best?: number
}

/** What is known before anything is timed. */
export type Subject = Pick<Measurement, 'engine' | 'case' | 'threads'>

export type Speed = Pick<Measurement, 'gflops' | 'gflops_best'>

// constructors

const digits = (x: number): number => Number(x.toPrecision(5))

export const measurement = (subject: Subject, timing: Timing, speed: Speed = {}): Measurement => ({
  ...subject,
  steps_per_s: digits(1000 / timing.median),
  ms_per_step: digits(timing.median),
  ms_min: digits(timing.best),
  ms_p10: digits(timing.tenth),
  ms_first: digits(timing.first),
  samples: timing.samples,
  rss_mb: Math.round(process.memoryUsage.rss() / 2 ** 20),
  node: process.version,
  ...speed
})

// as a table

const columns = [
  ['case', 10],
  ['steps/s', 12],
  ['ms/step', 12],
  ['best ms', 12],
  ['GFLOP/s', 10],
  ['first ms', 10]
] as const

const line = (cells: readonly string[]): string =>
  columns.map(([, width], i) => (i === 0 ? (cells[i] ?? '').padEnd(width) : (cells[i] ?? '').padStart(width))).join('')

export const heading: string = line(columns.map(([name]) => name))

export const row = ({ case: name, steps_per_s, ms_per_step, ms_min, gflops_best, ms_first }: Measurement): string =>
  line([
    name,
    `${steps_per_s}`,
    `${ms_per_step}`,
    `${ms_min}`,
    gflops_best === undefined ? '' : gflops_best.toFixed(1),
    `${Math.round(ms_first)}`
  ])
