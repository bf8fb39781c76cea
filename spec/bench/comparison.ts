/**
 * Ours beside the peers': the best blocks, how many times as fast we are, and whether that is what was asked for.
 */

// model

/** A line that a benchmark printed: the best block of one case, or why there is none. */
export type Finding =
  | {
      readonly tag: 'measured'
      readonly who: string
      readonly case: string
      readonly best: number
      readonly gflops?: number
    }
  | { readonly tag: 'failed'; readonly who: string; readonly case: string; readonly reason: string }

/** What was asked for: so many times as fast as a peer. */
export interface Target {
  readonly case: string
  readonly peer: string
  readonly ratio: number
}

export const targets: readonly Target[] = [
  { case: 'a', peer: 'brain.js', ratio: 5 },
  { case: 'a', peer: 'torch', ratio: 250 },
  { case: 'b32', peer: 'torch', ratio: 2 },
  { case: 'b32', peer: 'jax-js', ratio: 3.5 },
  { case: 'b128', peer: 'torch', ratio: 0.9 },
  { case: 'b128', peer: 'jax-js', ratio: 2.3 },
  { case: 'c', peer: 'torch', ratio: 0.55 },
  { case: 'c', peer: 'jax-js', ratio: 2 },
  { case: 'd', peer: 'torch', ratio: 1.3 },
  { case: 'd', peer: 'jax-js', ratio: 100 },
  { case: 'e', peer: 'torch', ratio: 1 },
  { case: 'f', peer: 'torch', ratio: 0.75 }
]

/** The GFLOP/s that are asked for, of the size of product that is fastest. */
export const productTarget = 42

/** How we are called among the findings. */
export const ours = 'gradfold'

// reading

const isRecord = (u: unknown): u is Readonly<Record<string, unknown>> => typeof u === 'object' && u !== null

const parsed = (line: string): unknown => {
  try {
    return JSON.parse(line) as unknown
  } catch {
    return undefined
  }
}

/** The findings among the lines that a program of a peer, or our own, has printed. */
export const findingsIn = (who: string, printed: string): readonly Finding[] =>
  printed.split('\n').flatMap((line): readonly Finding[] => {
    const found = line.startsWith('{') ? parsed(line) : undefined
    if (!isRecord(found) || typeof found['case'] !== 'string') return []
    const { case: name, ms_min: best, gflops_best: gflops, error } = found
    if (typeof best === 'number')
      return [{ tag: 'measured', who, case: name, best, ...(typeof gflops === 'number' ? { gflops } : {}) }]
    return [{ tag: 'failed', who, case: name, reason: typeof error === 'string' ? error : 'no time was printed' }]
  })

// comparing

/** The best block of somebody in a case, in milliseconds per step. */
export const bestOf = (findings: readonly Finding[], who: string, name: string): number | undefined => {
  const times = findings.flatMap((one) =>
    one.tag === 'measured' && one.who === who && one.case === name ? [one.best] : []
  )
  return times.length === 0 ? undefined : Math.min(...times)
}

/** How many times as fast as a peer we are in a case. */
export const ratioTo = (findings: readonly Finding[], peer: string, name: string): number | undefined => {
  const [mine, theirs] = [bestOf(findings, ours, name), bestOf(findings, peer, name)]
  return mine === undefined || theirs === undefined ? undefined : theirs / mine
}

const significant = (x: number): string => (x >= 1000 ? `${Math.round(x)}` : `${Number(x.toPrecision(3))}`)

/** A row for each case, a column for each of us: milliseconds per step, and how many times as fast as they we are. */
export const table = (findings: readonly Finding[], peers: readonly string[]): readonly string[] => {
  const names = [...new Set(findings.map((one) => one.case))]
  const cell = (peer: string, name: string): string => {
    const [time, ratio] = [bestOf(findings, peer, name), ratioTo(findings, peer, name)]
    if (time === undefined) return '–'
    return ratio === undefined ? significant(time) : `${significant(time)} (${significant(ratio)}x)`
  }
  const rows = names.map((name) => {
    const mine = bestOf(findings, ours, name)
    return [name, mine === undefined ? '–' : significant(mine), ...peers.map((peer) => cell(peer, name))]
  })
  const all = [['ms/step', ours, ...peers], ...rows]
  const widths = (all[0] ?? []).map((_, i) => Math.max(...all.map((row) => row[i]?.length ?? 0)))
  return all.map((row) =>
    row.map((text, i) => (i === 0 ? text.padEnd(widths[i] ?? 0) : text.padStart(widths[i] ?? 0))).join('  ')
  )
}

/** A line for each target of the cases that were measured. */
export const verdicts = (findings: readonly Finding[]): readonly string[] => {
  const verdict = (ok: boolean): string => (ok ? 'OK' : 'below')
  const ratios = targets.flatMap(({ case: name, peer, ratio }) => {
    const found = ratioTo(findings, peer, name)
    return found === undefined
      ? []
      : [`${name}: ${significant(found)}x ${peer}, asked ≥ ${ratio}x: ${verdict(found >= ratio)}`]
  })
  const speeds = findings.flatMap((one) => (one.tag === 'measured' && one.who === ours ? (one.gflops ?? []) : []))
  const fastest = Math.max(...speeds)
  return speeds.length === 0
    ? ratios
    : [...ratios, `gemm: ${fastest.toFixed(1)} GFLOP/s, asked ≥ ${productTarget}: ${verdict(fastest >= productTarget)}`]
}

/** Why somebody has no time in a case, once for each reason. */
export const failures = (findings: readonly Finding[]): readonly string[] => [
  ...new Set(findings.flatMap((one) => (one.tag === 'failed' ? [`${one.who}, case ${one.case}: ${one.reason}`] : [])))
]
