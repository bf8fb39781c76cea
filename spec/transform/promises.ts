/**
 * What holds for every program, as properties of random whole programs: nested, of all primitives and element types,
 * with empty axes, infinities and NaN among them.
 */
import * as Either from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as fc from 'fast-check'
import { expect } from 'vitest'
import { print, parse } from '../../lib/expr/index.ts'
import { inline, outputSlots, traceValues, type Program } from '../../lib/expr/internal.ts'
import { reference } from '../../lib/engine/index.ts'
import { raise } from '../../lib/shape/index.ts'
import { bufferOf, fromBuffer } from '../../lib/tensor/internal.ts'
import { simplify, vjp } from '../../lib/transform/index.ts'
import { arbitraryProgram, arbitraryRun, computable, type ProgramOptions } from '../arbitrary/program.ts'
import { exact } from '../engine/reference/oracle/literal.ts'
import { interpret } from './interpreter.ts'
import {
  allFilled,
  asFunction,
  backward,
  batchedProgram,
  bytesOf,
  dot,
  evaluator,
  expectBatched,
  expectDual,
  exprs,
  forward,
  literalOf,
  reals,
  run
} from './whole.ts'

/** How many programs, and how long and deep they are. */
export interface Extent {
  readonly runs: number
  readonly length: number
  readonly depth: number
}

// properties

/** The program that its text says. */
const reread = (program: Program): Program => pipe(parse(print(program)), Either.getOrElse<string, Program>(raise))

const seeds = fc.nat({ max: 1_000_000 })
const flags = fc.array(fc.boolean(), { minLength: 4, maxLength: 4 })
const batchSizes = fc.constantFrom(0, 1, 3)

/** Without the loop that has no reverse derivative. */
const reversible = computable.filter((primitive) => primitive !== 'whileLoop')
/** Without the function that has no forward derivative either. */
const differentiable = reversible.filter((primitive) => primitive !== 'customVjp')

const smooth = [
  ...['negate', 'exp', 'expm1', 'tanh', 'sinh', 'cosh', 'sin', 'cos', 'atan', 'erf', 'erfc', 'sigmoid'],
  ...['add', 'subtract', 'multiply', 'reduceSum', 'reduceProduct', 'matmul'],
  ...['broadcast', 'reshape', 'transpose', 'reverse', 'slice', 'pad', 'concat', 'gather', 'scatterAdd'],
  ...['convolution', 'convolutionInputGradient', 'convolutionKernelGradient', 'windowSum', 'windowSpread'],
  ...['scan', 'cond', 'customJvp'],
  // smooth but for places that a random point is not at
  ...['abs', 'maximum', 'minimum', 'less', 'select', 'reduceMax', 'reduceMin', 'sort'],
  ...['windowMax', 'windowPick', 'windowScatter']
]

const everything = ({ length, depth }: Extent): ProgramOptions => ({ length, depth, empty: true })
const doubles = (extent: Extent): ProgramOptions => ({ ...everything(extent), dtypes: ['f64'], elements: 'moderate' })
const shorter = (extent: Extent): Extent => ({ ...extent, length: Math.ceil(extent.length / 2) })

const check = <Ts>(extent: Extent, property: fc.IProperty<Ts>): void => {
  fc.assert(property, { numRuns: extent.runs })
}

/** The sentence and the check of each promise. */
export const promises: Readonly<Record<string, (extent: Extent) => void>> = {
  'give what plain loops over numbers give, byte for byte': (extent) => {
    check(
      extent,
      fc.property(arbitraryRun(everything(extent)), ([program, inputs]) => {
        expect(run(program, inputs).map((x) => exact(literalOf(x)))).toEqual(
          interpret(program, inputs.map(literalOf)).map(exact)
        )
      })
    )
  },

  'give the same bytes on every run, and leave their inputs and earlier results as they were': (extent) => {
    check(
      extent,
      fc.property(arbitraryRun(everything(extent)), seeds, ([program, inputs], seed) => {
        const given = bytesOf(inputs)
        const executable = reference.compile(program)
        const results = executable.run(inputs)
        const first = bytesOf(results)
        executable.run(allFilled(program.inputs, seed))
        expect(bytesOf(results)).toEqual(first)
        expect(bytesOf(executable.run(inputs))).toEqual(first)
        expect(bytesOf(inputs)).toEqual(given)
      })
    )
  },

  'are not changed by a bit when they are simplified': (extent) => {
    check(
      extent,
      fc.property(arbitraryRun(everything(extent)), ([program, inputs]) => {
        const expected = bytesOf(run(program, inputs))
        expect(bytesOf(run(simplify()(program), inputs))).toEqual(expected)
        expect(bytesOf(run(simplify(evaluator)(program), inputs))).toEqual(expected)
      })
    )
  },

  'are mapped over a batch by vmap, byte for byte, whatever is shared, and over no example too': (extent) => {
    check(
      extent,
      fc.property(arbitraryProgram(everything(extent)), flags, batchSizes, seeds, (program, shared, count, seed) => {
        expectBatched(program, shared.slice(0, program.inputs.length), count, seed)
      })
    )
  },

  'keep every bit of their values while they are differentiated, in either direction': (extent) => {
    check(
      extent,
      fc.property(
        arbitraryRun({ ...everything(extent), primitives: differentiable }),
        seeds,
        ([program, inputs], seed) => {
          const expected = bytesOf(run(program, inputs))
          const pushed = run(forward(program), [...inputs, ...allFilled(program.inputs, seed)])
          expect(bytesOf(pushed.slice(0, expected.length))).toEqual(expected)
          const values = traceValues(program.inputs, (xs) => vjp(asFunction(program))(...exprs(xs))[0])
          expect(bytesOf(run(values, inputs))).toEqual(expected)
        }
      )
    )
  },

  'have the slope of finite differences as their derivative, in either direction': (extent) => {
    const primitives = computable.filter((primitive) => smooth.includes(primitive))
    check(
      extent,
      fc.property(arbitraryProgram({ ...doubles(extent), primitives }), seeds, (program, seed) => {
        const inputs = allFilled(program.inputs, seed)
        const v = allFilled(program.inputs, seed + 1)
        const u = reals(allFilled(outputSlots(program), seed + 2))
        const executable = reference.compile(program)
        const at = (step: number): number => {
          const moved = inputs.map((x, i) => {
            const along = bufferOf(v[i]!)
            return fromBuffer(
              'f64',
              x.shape,
              Float64Array.from(bufferOf(x), (value, j) => value + step * along[j]!)
            )
          })
          return dot(reals(executable.run(moved)), u)
        }
        const slope = (h: number): number => (at(-2 * h) - 8 * at(-h) + 8 * at(h) - at(2 * h)) / (12 * h)
        const [rough, fine] = [slope(1e-3), slope(5e-4)]
        const scale = 1 + Math.abs(at(0)) + Math.abs(fine)
        // where two steps disagree the difference says nothing: a branch changed, or the curvature is great
        if (!(Math.abs(rough - fine) <= 1e-7 * scale)) return
        const pulled = run(backward(program), [...inputs, ...allFilled(outputSlots(program), seed + 2)])
        const pushed = run(forward(program), [...inputs, ...v]).slice(program.outputs.length)
        // nor where something on the way overflows, though the result does not
        if (![...reals(pulled), ...reals(pushed)].every(Number.isFinite)) return
        expect(Math.abs(dot(reals(pulled), reals(v)) - fine)).toBeLessThanOrEqual(1e-5 * scale)
        expect(Math.abs(dot(reals(pushed), u) - fine)).toBeLessThanOrEqual(1e-5 * scale)
      })
    )
  },

  'have a pull-back that is the transpose of their derivative': (extent) => {
    check(
      extent,
      fc.property(arbitraryProgram({ ...doubles(extent), primitives: differentiable }), seeds, (program, seed) => {
        expectDual(program, allFilled(program.inputs, seed), seed)
      })
    )
  },

  'have a pull-back that can be differentiated in turn, in either direction': (extent) => {
    check(
      shorter(extent),
      fc.property(
        arbitraryProgram({ ...doubles(shorter(extent)), primitives: differentiable }),
        seeds,
        (program, seed) => {
          const pullBack = backward(program)
          expectDual(pullBack, allFilled(pullBack.inputs, seed), seed)
        }
      )
    )
  },

  'can be differentiated as a batch': (extent) => {
    check(
      shorter(extent),
      fc.property(
        arbitraryProgram({ ...doubles(shorter(extent)), primitives: differentiable }),
        seeds,
        (program, seed) => {
          const shared = program.inputs.map((_, i) => i > 0 && (seed >> i) % 2 === 1)
          const batch = batchedProgram(program, shared, 2)
          expectDual(batch, allFilled(batch.inputs, seed), seed)
        }
      )
    )
  },

  'have pull-backs that simplify, print, parse and batch without the change of a bit': (extent) => {
    check(
      shorter(extent),
      fc.property(
        arbitraryProgram({ ...everything(shorter(extent)), primitives: reversible }),
        flags,
        batchSizes,
        seeds,
        (program, shared, count, seed) => {
          const pullBack = backward(program)
          const inputs = allFilled(pullBack.inputs, seed)
          const expected = bytesOf(run(pullBack, inputs))
          expect(bytesOf(run(simplify()(pullBack), inputs))).toEqual(expected)
          expect(bytesOf(run(simplify(evaluator)(pullBack), inputs))).toEqual(expected)
          expect(bytesOf(run(reread(pullBack), inputs))).toEqual(expected)
          expect(
            bytesOf(
              run(
                traceValues(pullBack.inputs, (xs) => inline(pullBack, xs)),
                inputs
              )
            )
          ).toEqual(expected)
          expectBatched(
            pullBack,
            pullBack.inputs.map((_, i) => shared[i % 4] === true),
            count,
            seed
          )
        }
      )
    )
  }
}
