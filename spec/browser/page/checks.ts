/**
 * The checks that run in a browser: the packaged build gives the bits that Node's reference engine gave.
 */
import * as Either from 'fp-ts/lib/Either.js'
import { run, wasm } from 'gradfold/engine'
import * as Expr from 'gradfold/expr'
import { fromBytes, fromTypedArray, hashTree, toBytes, type AnyTensor } from 'gradfold/tensor'
import type { FunctionTask, ProgramTask, Report, Tasks, TensorData } from '../task.ts'
import { epoch } from './epoch.ts'
import { countingWorkers, platform } from './platform.ts'
import { hashAfter } from './steps.ts'

/** A check gives a remark or throws what is wrong. */
interface Check {
  readonly what: string
  readonly run: () => string | Promise<string>
}

const right = <A>(either: Either.Either<string, A>): A =>
  Either.match(
    (words: string): A => {
      throw new Error(words)
    },
    (value: A) => value
  )(either)

const expectHash = (expected: string, got: string): void => {
  if (got !== expected) throw new Error(`expected ${expected}, got ${got}`)
}

/** What is wrong in a list of things that should each hold: all of it, the first in full. */
const complaints = <A>(list: readonly A[], nameOf: (item: A) => string, hold: (item: A) => void): void => {
  const wrong = list.flatMap((item) => {
    try {
      hold(item)
      return []
    } catch (error) {
      return [{ name: nameOf(item), words: String(error) }]
    }
  })
  if (wrong.length > 0)
    throw new Error(
      `${wrong.length} of ${list.length}: ${wrong.map(({ name }) => name).join(', ')}; ${wrong[0]?.words}`
    )
}

// programs

const tensorOf = ({ dtype, shape, bytes }: TensorData): AnyTensor =>
  right(fromBytes(dtype, shape)(Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0))))

const holdProgram = ({ text, inputs, hash }: ProgramTask): void => {
  const outputs = wasm()
    .compile(right(Expr.parse(text)))
    .run(inputs.map(tensorOf))
  try {
    expectHash(hash, hashTree(outputs))
  } catch (error) {
    throw new Error(`${String(error)} of ${text}`)
  }
}

// elementary functions

const count = 2 ** 20

/** The inputs of the golden hashes: bit patterns spread over all of them. */
const spread = fromTypedArray([count])(
  new Float32Array(Uint32Array.from({ length: count }, (_, i) => Math.imul(i, 2654435761)).buffer)
)

/** The hash of the golden table, of float32 results whose NaNs are the canonical one. */
const wordHash = (words: Uint32Array): string => {
  const last = words.reduce((hash, word) => {
    const mixed = Math.imul(hash ^ word, 0x01000193)
    return mixed ^ (mixed >>> 15)
  }, 0x811c9dc5)
  return (last >>> 0).toString(16).padStart(8, '0')
}

const functions = {
  exp: Expr.exp,
  exp2: Expr.exp2,
  expm1: Expr.expm1,
  log: Expr.log,
  log1p: Expr.log1p,
  log2: Expr.log2,
  log10: Expr.log10,
  tanh: Expr.tanh,
  sinh: Expr.sinh,
  cosh: Expr.cosh,
  sin: Expr.sin,
  cos: Expr.cos,
  tan: Expr.tan,
  erf: Expr.erf,
  erfc: Expr.erfc,
  atan: Expr.atan,
  cbrt: Expr.cbrt,
  rsqrt: Expr.rsqrt
} as const

const holdFunction = ({ name, hash }: FunctionTask): void => {
  const f = Object.entries(functions).find(([each]) => each === name)?.[1]
  if (f === undefined) throw new Error(`there is no function ${name}`)
  const result = run((x: Expr.Expr<[number]>) => f(x), wasm())(spread)
  expectHash(hash, wordHash(new Uint32Array(toBytes(result).buffer)))
}

// the main job

const holdEpoch = async ({ epoch: expected }: Tasks): Promise<string> => {
  const { accuracy, hash, seconds } = await epoch()
  if (accuracy !== expected.accuracy) throw new Error(`expected the accuracy ${expected.accuracy}, got ${accuracy}`)
  expectHash(expected.hash, hash)
  return `${hash}, ${seconds.toFixed(1)} s of training`
}

// threads

/** Long enough for a worker to start. */
const pause = (): Promise<void> => new Promise((resolve) => void setTimeout(resolve, 300))

/** The steps three times, the first before the other thread has started. */
const holdThreads = async ({ steps: { count: steps, hash } }: Tasks): Promise<string> => {
  const engine = wasm({ threads: 2 })
  const workers = await countingWorkers(async () => {
    for (let i = 0; i < 3; i++) {
      expectHash(hash, hashAfter(steps, engine))
      await pause()
    }
  })
  if (workers === 0) throw new Error('no worker was started')
  return `${workers} worker started`
}

const holdRefusal = (): string => {
  try {
    wasm({ threads: 2 })
  } catch (error) {
    if (String(error).includes('cross-origin isolated')) return String(error)
    throw error
  }
  throw new Error('they are not refused')
}

// all

/** What runs in pages that are not isolated; `whole` says whether the main job is among it. */
const checksOf = (tasks: Tasks, whole: boolean): readonly Check[] => [
  {
    what: 'every entry point but data/node loads',
    run: async () => {
      const counts = await Promise.all(
        tasks.entries.map(async (name) => Object.keys((await import(name)) as object).length)
      )
      if (counts.some((names) => names === 0)) throw new Error(`names exported: ${counts.join(', ')}`)
      return `${counts.length} modules`
    }
  },
  {
    what: 'random programs have the bits of the reference engine in Node',
    run: () => {
      complaints(tasks.programs, ({ kind }) => kind, holdProgram)
      return `${tasks.programs.length} programs of ${new Set(tasks.programs.map(({ kind }) => kind)).size} kinds`
    }
  },
  {
    what: 'elementary functions have their golden hashes over 2^20 inputs',
    run: () => {
      complaints(tasks.functions, ({ name }) => name, holdFunction)
      return `${tasks.functions.length} functions`
    }
  },
  {
    what: `${tasks.steps.count} steps of the main job's network have the bits of the reference engine in Node`,
    run: () => {
      const hash = hashAfter(tasks.steps.count, wasm())
      expectHash(tasks.steps.hash, hash)
      return hash
    }
  },
  { what: 'two threads are refused in a sentence where memory cannot be shared', run: holdRefusal },
  ...(whole ? [{ what: 'the main job comes to the promised accuracy and bits', run: () => holdEpoch(tasks) }] : [])
]

/** What runs in pages that are. */
const sharedChecksOf = (tasks: Tasks): readonly Check[] => [
  { what: `${tasks.steps.count} steps on two threads have the bits of one`, run: () => holdThreads(tasks) }
]

/** Runs the checks of this page one after the other. */
export const runChecks = async (
  where: string,
  tasks: Tasks,
  whole: boolean,
  tell: (report: Report) => Promise<void>
): Promise<void> => {
  const checks = platform.crossOriginIsolated ? sharedChecksOf(tasks) : checksOf(tasks, whole)
  for (const { what, run: check } of checks) {
    const begin = performance.now()
    const outcome = await Promise.resolve()
      .then(check)
      .then(
        (remark) => ({ remark }),
        (error: unknown) => ({ complaint: String(error) })
      )
    await tell({ where, what, milliseconds: performance.now() - begin, ...outcome })
  }
}
