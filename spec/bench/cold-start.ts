/**
 * Wall time of a fresh process that makes one step of case b32 with the packaged build, beside that of bare Node: the median
 * and the best of n, by turns.
 *
 *     npm run build && npm run bench:cold -- --n 7 --cpu 1
 */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { count, flag, list, natural, oneOf, optional, record } from 'gradfold/codec'
import { pinning } from './competitors.ts'
import { defaultEngine, engineNames } from './engines.ts'
import { listOf, numeral, orExit, readOptions } from './options.ts'

const codec = record('cold-start', {
  engine: optional(oneOf(...engineNames), defaultEngine),
  n: optional(count, 7),
  cpu: optional(list(natural), []),
  json: optional(flag, false)
})

const options = orExit(readOptions('cold-start', codec, { n: numeral, cpu: listOf(numeral) })(process.argv.slice(2)))

if (!existsSync(new URL('../../dist/index.js', import.meta.url))) {
  console.error('cold-start: there is no build; run npm run build first')
  process.exit(2)
}

interface Program {
  readonly name: string
  readonly options: readonly string[]
}

const programs: readonly Program[] = [
  { name: 'bare Node', options: ['--eval', '0'] },
  {
    name: `gradfold, ${options.engine}`,
    options: [fileURLToPath(new URL('./cold-start/step.mjs', import.meta.url)), options.engine]
  }
]

const pinned = pinning(options.cpu)
// a process is measured as it is started by a user, without the loader of TypeScript that this one has
const { NODE_OPTIONS: _, ...environment } = process.env

/** The wall time of a process, in milliseconds. */
const wallTime = (program: Program): number => {
  const [command = '', ...rest] = [...pinned, process.execPath, ...program.options]
  const begin = performance.now()
  const { status, stderr } = spawnSync(command, rest, { encoding: 'utf8', env: environment })
  const passed = performance.now() - begin
  if (status === 0) return passed
  console.error(stderr.trim())
  return process.exit(1)
}

const rounds = Array.from({ length: options.n }, () => programs.map(wallTime))

programs.forEach(({ name }, i) => {
  const times = rounds.map((round) => round[i] ?? Number.NaN).toSorted((a, b) => a - b)
  const [median = Number.NaN, best = Number.NaN] = [times[times.length >> 1], times[0]]
  console.log(
    options.json
      ? JSON.stringify({ program: name, cold_ms_median: Math.round(median), cold_ms_best: Math.round(best) })
      : `${name.padEnd(24)} median ${Math.round(median)} ms, best ${Math.round(best)} ms`
  )
})
