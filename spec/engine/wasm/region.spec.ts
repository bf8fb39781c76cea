import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  define,
  f32x4,
  memory,
  run,
  v128,
  type Instruction,
  type ValueType
} from '../../../lib/engine/wasm/assembler/index.ts'
import { compilation, type Compilation } from '../../../lib/engine/wasm/compilation.ts'
import type { Kernel } from '../../../lib/engine/wasm/kernel.ts'
import { elementwisePrimitives, isRegion, regionKernel, type Region } from '../../../lib/engine/wasm/region/index.ts'
import type { RegionStep } from '../../../lib/engine/wasm/region/index.ts'
import { size, type Sizes } from '../../../lib/shape/index.ts'
import { slot, type AnyTensor, type DType } from '../../../lib/tensor/index.ts'
import { bufferOf } from '../../../lib/tensor/internal.ts'
import { draw } from '../reference/oracle/draw.ts'
import { runKernel } from './harness.ts'
import { expectedOf, filled, inPlaceOf, type RegionCase } from './region-case.ts'
import { randomRegion } from './region-random.ts'

/** Elements as text: every NaN alike, −0 and +0 apart. */
const bits = (tensor: AnyTensor): object => ({
  dtype: tensor.dtype,
  shape: [...tensor.shape],
  elements: Array.from(bufferOf(tensor), (x) => (Object.is(x, -0) ? '-0' : String(x)))
})

/** The kernel with some of its operands in the place of outputs, into which they are copied first. */
const inPlace =
  ({ region, inputs, outputs }: RegionCase, operandOf: readonly number[]) =>
  (compilation: Compilation): Kernel => {
    const kernel = regionKernel(compilation, region)
    const definition = define('in place', kernel.definition.params, [], (pointers) => {
      // all parameters of kernels are pointers
      const all = pointers as unknown as readonly Instruction<'i32'>[]
      const placeOf = (output: number): Instruction<'i32'> => all[inputs.length + output]!
      const given = all.map((pointer, i) => (operandOf.includes(i) ? placeOf(operandOf.indexOf(i)) : pointer))
      const copies = operandOf.flatMap((operand, output) => {
        if (operand < 0) return []
        const bytes = size(outputs[output]!.shape) * bufferOf(inputs[operand]!).BYTES_PER_ELEMENT
        return [memory.copy(placeOf(output), all[operand]!, bytes)]
      })
      return [...copies, run(kernel.definition, ...given)]
    })
    return { ...kernel, definition }
  }

const evaluate = ({ region, inputs, outputs }: RegionCase): readonly AnyTensor[] =>
  runKernel((shared) => regionKernel(shared, region), inputs, outputs)

/** Expects the bits of the reference engine, also where operands and results share their places. */
const check = (self: RegionCase): void => {
  const expected = expectedOf(self).map(bits)
  expect(evaluate(self).map(bits)).toEqual(expected)
  const operandOf = inPlaceOf(self)
  if (operandOf.every((operand) => operand < 0)) return
  expect(runKernel(inPlace(self, operandOf), self.inputs, self.outputs).map(bits)).toEqual(expected)
}

const seeds = fc.integer({ min: 0, max: 0x7fffffff })

// short ways to write regions

const read = (pointer: number, strides: Sizes, dtype: DType = 'f32', offset = 0): RegionStep => ({
  kind: 'read',
  pointer,
  dtype,
  offset,
  strides
})
const constant = (value: number): RegionStep => ({ kind: 'constant', dtype: 'f32', value })
const apply = (primitive: 'add' | 'subtract' | 'multiply' | 'divide' | 'exp' | 'sqrt' | 'log', ...operands: number[]) =>
  ({
    kind: 'apply',
    primitive,
    parameters: {},
    operands,
    operandTypes: operands.map(() => 'f32' as const),
    outputs: ['f32']
  }) satisfies RegionStep
const fold = (name: 'reduceSum' | 'reduceMax', operand: number, axes: Sizes): RegionStep => ({
  kind: 'fold',
  fold: name,
  operand,
  axes,
  dtype: 'f32'
})

/** A case that writes some values, reading random f32 of the given lengths. */
const caseOf = (
  space: Sizes,
  steps: readonly RegionStep[],
  writes: readonly (readonly [value: number, shape: Sizes])[],
  lengths: readonly number[]
): RegionCase => ({
  region: {
    space,
    steps,
    writes: writes.map(([value], i) => ({ value, pointer: lengths.length + i, dtype: 'f32' })),
    pointers: lengths.length + writes.length
  },
  inputs: lengths.map((length, i) => {
    const { data } = draw('f32', [length], 17 + i, 'moderate')
    return filled('f32', [length], (at) => data[at]!)
  }),
  outputs: writes.map(([, shape]) => slot(shape, 'f32'))
})

const softmax = (rows: number, columns: number, axis: 0 | 1): RegionCase => {
  const kept = axis === 0 ? columns : rows
  return caseOf(
    [rows, columns],
    [
      read(0, [columns, 1]),
      fold('reduceMax', 0, [axis]),
      apply('subtract', 0, 1),
      apply('exp', 2),
      fold('reduceSum', 3, [axis]),
      apply('divide', 3, 4),
      apply('log', 4)
    ],
    [
      [5, [rows, columns]],
      [6, [kept]]
    ],
    [rows * columns]
  )
}

describe('random regions', () => {
  test('have the bits of the reference engine', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        check(randomRegion(seed))
      }),
      { numRuns: 300 }
    )
  })

  test('of many folds have them too', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        check(randomRegion(seed, { folds: true }))
      }),
      { numRuns: 250 }
    )
  })

  test('that fold long columns side by side have them too', () => {
    fc.assert(
      fc.property(
        seeds,
        fc.integer({ min: 60, max: 140 }),
        fc.integer({ min: 90, max: 130 }),
        (seed, rows, columns) => {
          check(randomRegion(seed, { folds: true, space: [rows, columns], axes: [0], steps: 6 }))
        }
      ),
      { numRuns: 30 }
    )
  })
})

describe('softmax', () => {
  const sizes = [1, 2, 3, 4, 5, 7, 8, 9, 10, 16, 31, 100, 257]
  test.each(sizes)('over %i columns keeps what later phases need', (length) => {
    check(softmax(3, length, 1))
    check(softmax(length, 5, 0))
  })
})

describe('a sum', () => {
  test.each([0, 1, 2, 7, 8, 9, 15, 16, 17, 64, 100])('of %i rows or columns adds by eight lanes', (length) => {
    check(caseOf([5, length], [read(0, [length, 1]), fold('reduceSum', 0, [1])], [[1, [5]]], [5 * length]))
    check(caseOf([length, 5], [read(0, [5, 1]), fold('reduceSum', 0, [0])], [[1, [5]]], [5 * length]))
    check(caseOf([length], [read(0, [1]), fold('reduceSum', 0, [0])], [[1, []]], [length]))
  })

  test('of one −0 is +0', () => {
    const self = caseOf([1], [read(0, [1]), fold('reduceSum', 0, [0])], [[1, []]], [1])
    const [sum] = evaluate({ ...self, inputs: [filled('f32', [1], -0)] })
    expect(Object.is(bufferOf(sum!)[0], 0)).toBe(true)
  })

  test('over axes that do not follow each other counts them in row-major order', () => {
    const strides = [105, 21, 3, 1]
    const steps = [read(0, strides), fold('reduceSum', 0, [0, 2])]
    check(caseOf([3, 5, 7, 3], steps, [[1, [5, 3]]], [315]))
    check(caseOf([3, 5, 7, 3], [read(0, strides), fold('reduceSum', 0, [1, 3])], [[1, [3, 7]]], [315]))
  })
})

describe('writes', () => {
  test('of a value that does not change along the folded axes can be folded', () => {
    const steps = [read(0, [9, 1]), read(1, [1, 0]), fold('reduceSum', 0, [1]), apply('multiply', 2, 1)]
    const whole = caseOf([6, 9], steps, [[3, [6, 9]]], [54, 6])
    const [wide] = expectedOf(whole)
    const folded: Region = { ...whole.region, writes: [{ value: 3, pointer: 2, dtype: 'f32', folded: true }] }
    const [narrow] = evaluate({ ...whole, region: folded, outputs: [slot([6], 'f32')] })
    expect(Array.from(bufferOf(narrow!))).toEqual(Array.from(bufferOf(wide!)).filter((_, i) => i % 9 === 0))
  })

  test('go backwards where a read does not', () => {
    check(caseOf([5, 6], [read(0, [-6, -1], 'f32', 29), apply('add', 0, 0)], [[1, [5, 6]]], [30]))
  })
})

type Any = Instruction<ValueType | 'none'>

const bodiesOf = ({ code }: Any): readonly Any[] =>
  code.kind === 'loop' || code.kind === 'block'
    ? code.body
    : code.kind === 'if'
      ? [...code.then, ...code.otherwise]
      : []

/** All instructions, those inside of others too. */
const everyOf = (instructions: readonly Any[]): readonly Any[] =>
  instructions.flatMap((one) => [one, ...everyOf(one.operands), ...everyOf(bodiesOf(one))])

/** How many instructions have the code of another one. */
const countOf = (instructions: readonly Any[], like: Any): number =>
  everyOf(instructions).filter(({ code }) => JSON.stringify(code) === JSON.stringify(like.code)).length

const loopsOf = (instructions: readonly Any[]): readonly Any[] =>
  everyOf(instructions).filter(({ code }) => code.kind === 'loop')

describe('a kernel', () => {
  const addition = (space: Sizes, strides: Sizes): Region => ({
    space,
    steps: [read(0, strides), read(1, strides), apply('add', 0, 1)],
    writes: [{ value: 2, pointer: 2, dtype: 'f32' }],
    pointers: 3
  })

  test('is shared by regions that walk the same way', () => {
    const shared = compilation()
    const flat = regionKernel(shared, addition([24], [1]))
    expect(regionKernel(shared, addition([2, 3, 4], [12, 4, 1])).definition).toBe(flat.definition)
    expect(regionKernel(shared, addition([4, 6], [1, 4])).definition).not.toBe(flat.definition)
  })

  test('tells constants apart that JSON does not', () => {
    const shared = compilation()
    const filling = (value: number): Region => ({
      space: [3],
      steps: [constant(value)],
      writes: [{ value: 0, pointer: 0, dtype: 'f32' }],
      pointers: 1
    })
    const definitions = [0, -0, NaN, Infinity, -Infinity].map(
      (value) => regionKernel(shared, filling(value)).definition
    )
    expect(new Set(definitions).size).toBe(5)
  })

  test('computes once in a call what is the same everywhere', () => {
    const scalars = [read(1, [0]), constant(3), apply('divide', 1, 2), apply('sqrt', 3)]
    const self = caseOf([37], [read(0, [1]), ...scalars, apply('multiply', 0, 4)], [[5, [37]]], [37, 1])
    check(self)
    const { definition } = regionKernel(compilation(), self.region)
    expect(countOf(definition.body, f32x4.divide(v128.constantF32(1), v128.constantF32(1)))).toBe(1)
    expect(countOf(loopsOf(definition.body), f32x4.divide(v128.constantF32(1), v128.constantF32(1)))).toBe(0)
  })

  test('takes every primitive that works element by element', () => {
    expect(elementwisePrimitives).toContain('threefry2x32')
    expect(isRegion(addition([3], [1]))).toBe(true)
    const foreign = { ...apply('add', 0, 0), primitive: 'matmul' as const }
    expect(isRegion({ ...addition([3], [1]), steps: [read(0, [1]), foreign] })).toBe(false)
  })

  test('does not take folds of different axes', () => {
    const steps = [read(0, [4, 1]), fold('reduceSum', 0, [0]), fold('reduceSum', 0, [1])]
    const region = caseOf([3, 4], steps, [[2, [3]]], [12]).region
    expect(isRegion(region)).toBe(false)
    expect(() => regionKernel(compilation(), region)).toThrow('region: its folds fold different axes')
  })

  test('reads nothing where there is nothing to write', () => {
    const [none] = evaluate(caseOf([0, 3], [read(0, [3, 1])], [[0, [0, 3]]], [1]))
    expect(bufferOf(none!).length).toBe(0)
  })
})
