/**
 * Times full training steps through the public API.
 *
 *     npm run bench -- --case a,b32 --engine reference --threads 1 --json
 *
 * README.md beside this file has the cases and the options.
 */
import { pipe } from 'fp-ts/lib/function.js'
import * as Either from 'fp-ts/lib/Either.js'
import { count, flag, list, nonNegative, oneOf, optional, positive, record } from 'gradfold/codec'
import type { Engine } from 'gradfold/engine'
import { caseNames, cases } from './cases.ts'
import { defaultEngine, engineFor, engineNames } from './engines.ts'
import { chain, timeProducts } from './gemm.ts'
import { listOf, numeral, orExit, readOptions, same } from './options.ts'
import { heading, measurement, row, type Measurement, type Subject } from './report.ts'

const names = [...caseNames, 'gemm'] as const

const codec = record('bench', {
  case: optional(list(oneOf(...names)), names),
  engine: optional(oneOf(...engineNames), defaultEngine),
  threads: optional(count, 1),
  sizes: optional(list(count), [64, 128, 256, 512, 1024]),
  seconds: optional(positive, 1.5),
  warmup: optional(nonNegative, 1),
  once: optional(flag, false),
  json: optional(flag, false)
})

const readers = {
  case: listOf(same),
  threads: numeral,
  sizes: listOf(numeral),
  seconds: numeral,
  warmup: numeral
}

const options = orExit(readOptions('bench', codec, readers)(process.argv.slice(2)))
const engine = orExit(
  pipe(
    engineFor(options.engine, options.threads),
    Either.mapLeft((complaint) => [complaint])
  )
)

/** One step of the first case, and the end: what a process costs from its start. */
const once = (name: (typeof names)[number], on: Engine): void => {
  if (name === 'gemm') chain(on, options.sizes[0] ?? 64, 1).call()
  else cases[name](on).losses(1)
  const peak = Math.round(process.resourceUsage().maxRSS / 1024)
  console.log(JSON.stringify({ once: true, ms_since_process_start: Math.round(performance.now()), peak_rss_mb: peak }))
}

const measure = (name: (typeof names)[number], on: Engine): readonly (() => Measurement)[] => {
  const subject = (of: string): Subject => ({ engine: options.engine, case: of, threads: options.threads })
  return name === 'gemm'
    ? options.sizes.map((n) => () => {
        const { timing, gflops, best } = timeProducts(on, n, options)
        return measurement(subject(`gemm${n}`), timing, {
          gflops: Number(gflops.toFixed(2)),
          gflops_best: Number(best.toFixed(2))
        })
      })
    : [() => measurement(subject(name), cases[name](on).time(options))]
}

if (options.once) once(options.case[0] ?? 'b32', engine)
else {
  if (!options.json) console.log(`${options.engine}, threads: ${options.threads}\n${heading}`)
  for (const task of options.case.flatMap((name) => measure(name, engine))) {
    const found = task()
    console.log(options.json ? JSON.stringify(found) : row(found))
  }
}
