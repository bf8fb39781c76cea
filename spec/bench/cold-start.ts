/**
 * The time a fresh process takes to make one step of case b32 with the packaged build, beside that of bare Node to do nothing:
 * until it writes its first line, and until it has ended (Node waits for compilers in the background). The median and the best
 * of n, by turns.
 *
 *     npm run build && npm run bench:cold -- --n 7 --cpu 1
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
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
  { name: 'bare Node', options: ['--eval', 'fs.writeSync(1, `nothing`)'] },
  {
    name: `gradfold, ${options.engine}`,
    options: [fileURLToPath(new URL('./cold-start/step.mjs', import.meta.url)), options.engine]
  }
]

const pinned = pinning(options.cpu)
// a process is measured as it is started by a user, without the loader of TypeScript that this one has
const { NODE_OPTIONS: _, ...environment } = process.env

interface Times {
  readonly finished: number
  readonly ended: number
}

/** When a process has written its first line, and when it has ended, in milliseconds. */
const timesOf = async (program: Program): Promise<Times> => {
  const [command = '', ...rest] = [...pinned, process.execPath, ...program.options]
  const begin = performance.now()
  const child = spawn(command, rest, { env: environment, stdio: ['ignore', 'pipe', 'inherit'] })
  const ending = once(child, 'close')
  await Promise.race([once(child.stdout, 'data'), ending])
  const finished = performance.now() - begin
  child.stdout.resume()
  await ending
  if (child.exitCode !== 0) process.exit(1)
  return { finished, ended: performance.now() - begin }
}

const rounds: Times[][] = []
for (let round = 0; round < options.n; round += 1) {
  const times: Times[] = []
  for (const program of programs) times.push(await timesOf(program))
  rounds.push(times)
}

/** The median and the best of a figure of a program. */
const summary = (program: number, figure: keyof Times): readonly [number, number] => {
  const all = rounds.map((round) => Math.round(round[program]![figure])).toSorted((a, b) => a - b)
  return [all[all.length >> 1]!, all[0]!]
}

programs.forEach(({ name }, i) => {
  const [finished, soonest] = summary(i, 'finished')
  const [ended] = summary(i, 'ended')
  console.log(
    options.json
      ? JSON.stringify({ program: name, cold_ms_median: finished, cold_ms_best: soonest, ended_ms_median: ended })
      : `${name.padEnd(24)} finished: median ${finished} ms, best ${soonest} ms; ended: median ${ended} ms`
  )
})
