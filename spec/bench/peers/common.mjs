/** What every peer in JavaScript shares: its options, its package, the clock, and the lines it prints. */
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'

// options

const { values: given } = parseArgs({
  options: {
    case: { type: 'string', default: 'a,b32,b128,c,d,e,f,gemm' },
    sizes: { type: 'string', default: '64,128,256,512,1024' },
    seconds: { type: 'string', default: '1.5' },
    warmup: { type: 'string', default: '1' },
    threads: { type: 'string', default: '1' },
    once: { type: 'boolean', default: false }
  }
})
const sizes = given.sizes.split(',').map(Number)
export const threads = Number(given.threads)

/** A package of the folder in which the peers are installed. */
export const load = (name) => {
  const folder = process.env['GRADFOLD_PEERS']
  if (folder === undefined) throw new Error('set GRADFOLD_PEERS to the folder in which the peers are installed')
  return createRequire(join(resolve(folder), 'package.json'))(name)
}

// the clock

const millisecondsOfBlock = 20
const fewestBlocks = 5

/**
 * Times a step in blocks of at least 20 ms, after a warm-up by time; `settle` waits for work that is queued.
 * The same as ../timing.ts, for steps that may be asynchronous.
 */
const measure = async (step, settle) => {
  const first = step()
  const isAsync = typeof first?.then === 'function'
  await first
  const steps = async (count) => {
    for (let i = 0; i < count; i++) {
      const pending = step()
      if (isAsync) await pending
    }
  }
  await settle()
  const warm = performance.now()
  let made = 0
  do {
    await steps(1)
    made++
  } while (performance.now() - warm < Number(given.warmup) * 1000)
  await settle()
  const inner = Math.max(1, Math.ceil((millisecondsOfBlock * made) / (performance.now() - warm)))
  const blocks = []
  const start = performance.now()
  let end = start
  do {
    await steps(inner)
    await settle()
    const now = performance.now()
    blocks.push((now - end) / inner)
    end = now
  } while (end - start < Number(given.seconds) * 1000 || blocks.length < fewestBlocks)
  blocks.sort((a, b) => a - b)
  return { median: blocks[blocks.length >> 1], best: blocks[0], samples: blocks.length }
}

// reports

const emit = (line) => {
  process.stdout.write(`${JSON.stringify(line)}\n`)
}

const digits = (x) => Number(x.toPrecision(5))

const report = (peer, name, { median, best, samples }, more = {}) => {
  emit({
    peer,
    case: name,
    threads,
    steps_per_s: digits(1000 / median),
    ms_per_step: digits(median),
    ms_min: digits(best),
    samples,
    rss_mb: Math.round(process.memoryUsage.rss() / 2 ** 20),
    node: process.version,
    ...more
  })
}

const nothing = () => undefined

/** One step and the end: what a process costs from its start. */
const once = async ({ step, settle = nothing }) => {
  await step()
  await settle()
  const peak = Math.round(process.resourceUsage().maxRSS / 1024)
  emit({ once: true, ms_since_process_start: Math.round(performance.now()), peak_rss_mb: peak })
  process.exit(0)
}

const reason = (error) => String(error?.message ?? error).split('\n')[0]

/**
 * Measures the cases that were asked for.
 *
 * @param peer the name of the peer.
 * @param cases functions from nothing to `{ step, settle?, dispose? }`, by the names of the cases.
 * @param product a function from a size to the same, for a product of two square matrices; may be missing.
 */
export const measureAll = async (peer, cases, product) => {
  const tasks = given.case
    .split(',')
    .flatMap((name) =>
      name === 'gemm' && product !== undefined
        ? sizes.map((n) => ({ name: `gemm${n}`, prepare: () => product(n), work: 2 * n ** 3 }))
        : [{ name, prepare: cases[name], work: undefined }]
    )
  for (const { name, prepare, work } of tasks) {
    if (prepare === undefined) {
      emit({ peer, case: name, threads, error: 'cannot be expressed' })
      continue
    }
    try {
      const subject = await prepare()
      if (given.once) await once(subject)
      const found = await measure(subject.step, subject.settle ?? nothing)
      const speed = (milliseconds) => Number((work / milliseconds / 1e6).toFixed(2))
      report(
        peer,
        name,
        found,
        work === undefined ? {} : { gflops: speed(found.median), gflops_best: speed(found.best) }
      )
      subject.dispose?.()
    } catch (error) {
      emit({ peer, case: name, threads, error: reason(error) })
    }
  }
  process.exit(0)
}
