/**
 * Where the time goes: each kernel of a program timed by itself.
 *
 * @since 0.1.0
 */
import type { Program } from '../../../expr/internal.ts'
import { raise } from '../../../shape/index.ts'
import type { AnyTensor } from '../../../tensor/index.ts'
import { now } from '../platform.ts'
import { partsOf } from './parts.ts'
import { digits, shortName, table } from './words.ts'

// model

/**
 * One kernel of a profile.
 *
 * @category debugging
 * @since 0.1.0
 */
export interface KernelTime {
  /** the primitives that it computes, in order */
  readonly name: string
  /** the shortest time of one call, in microseconds */
  readonly microseconds: number
  /** an estimate of its arithmetic operations in one call */
  readonly operations: number
}

/**
 * The kernels of a program in the order in which they run, each with its time.
 *
 * @category debugging
 * @since 0.1.0
 */
export type Profile = readonly KernelTime[]

/**
 * How a profile is taken.
 *
 * @category debugging
 * @since 0.1.0
 */
export interface ProfileOptions {
  /** how often the whole program runs; default 100 */
  readonly runs?: number
}

// constructors

/** The shortest time between two looks at the clock, in milliseconds: what measuring costs. */
const clockTime = (looks: number): number => {
  let best = Infinity
  for (let look = 0; look < looks; look += 1) {
    const begin = now()
    best = Math.min(best, now() - begin)
  }
  return best
}

/**
 * Times each kernel of a program by itself, on one thread: the shortest of several calls, in runs of the whole program,
 * so that kernels find the caches as they do at work. The time that the clock takes itself is subtracted.
 *
 * WebAssembly is compiled in two goes, and the second, fast code is there after some milliseconds: a profile of few runs
 * shows the first. Browsers round their clocks to microseconds or worse; Node does not.
 *
 * @param program what is profiled, as the WebAssembly engine runs it.
 * @param inputs tensors of its inputs' shapes and types.
 * @param options see `ProfileOptions`.
 * @returns one entry for each kernel; `showProfile` makes text of them.
 * @throws where the tensors are not what the program takes, and where `runs` is not a whole number of at least 1.
 * @example
 * import { profile, showProfile } from 'gradfold/engine'
 * import { exp, program, sum, type Expr } from 'gradfold/expr'
 * import { slot, tensor } from 'gradfold/tensor'
 * const total = program((x: Expr<[4]>) => sum(0)(exp(x)))(slot([4], 'f32'))
 * const kernels = profile(total, [tensor([1, 2, 3, 4])], { runs: 10 })
 * console.log(showProfile(kernels))
 * @category debugging
 * @since 0.1.0
 */
export const profile = (program: Program, inputs: readonly AnyTensor[], options: ProfileOptions = {}): Profile => {
  const { runs = 100 } = options
  if (!Number.isSafeInteger(runs) || runs < 1)
    raise(`profile: runs has to be a whole number of at least 1, got ${runs}`)
  const { lowered, call } = partsOf(program, inputs)
  const best = lowered.calls.map(() => Infinity)
  for (let run = 0; run < runs; run += 1)
    for (let i = 0; i < best.length; i += 1) {
      const begin = now()
      call(i)
      best[i] = Math.min(best[i]!, now() - begin)
    }
  const clock = clockTime(runs)
  return lowered.calls.map(({ name, kernel: { operations } }, i) => ({
    name,
    microseconds: Math.max(0, best[i]! - clock) * 1000,
    operations
  }))
}

// destructors

/**
 * A profile as text: one line for each kernel with its time, its share of all and its rate, then the sum.
 *
 * @param self what `profile` gave.
 * @returns lines of text for people; its form is no promise.
 * @example
 * import { showProfile } from 'gradfold/engine'
 * console.log(showProfile([{ name: 'matmul add', microseconds: 12.5, operations: 524288 }]))
 * @category debugging
 * @since 0.1.0
 */
export const showProfile = (self: Profile): string => {
  const sum = self.reduce((all, { microseconds }) => all + microseconds, 0)
  const row = (number: string, name: string, microseconds: number, operations: number): readonly string[] => [
    number,
    name,
    `${microseconds.toFixed(microseconds < 100 ? 2 : 0)} µs`,
    sum === 0 ? '' : `${((100 * microseconds) / sum).toFixed(1)} %`,
    digits(operations),
    microseconds === 0 ? '' : (operations / microseconds / 1000).toFixed(2)
  ]
  return table([
    ['#', 'kernel', 'time', 'share', 'operations', 'GFLOP/s'],
    ...self.map(({ name, microseconds, operations }, i) => row(String(i), shortName(name), microseconds, operations)),
    row(
      '',
      'all kernels',
      sum,
      self.reduce((all, { operations }) => all + operations, 0)
    )
  ]).join('\n')
}
