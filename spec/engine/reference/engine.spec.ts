import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { reference } from '../../../lib/engine/index.ts'
import { applyOne, applyPrimitive, traceValues, type Program, type Value } from '../../../lib/expr/internal.ts'
import type { AnyTensor, Slot } from '../../../lib/tensor/index.ts'
import { bufferOf, fromBuffer } from '../../../lib/tensor/internal.ts'
import { draw, seeds } from './oracle/draw.ts'
import { bitsOf } from './oracle/literal.ts'

const square: Slot = { shape: [3, 3], dtype: 'f32' }

const constant = applyOne('constant', [], {
  value: fromBuffer('f32', [3, 3], Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9))
})

const swapped = traceValues([square, square], ([a, b]) => (a !== undefined && b !== undefined ? [b, a] : []))

/** One of many ways to make values from values, all f32 [3, 3]; views, programs inside and two outputs among them. */
const steps: readonly ((a: Value, b: Value) => readonly Value[])[] = [
  (a, b) => [applyOne('add', [a, b], {})],
  (a, b) => [applyOne('maximum', [a, b], {})],
  (a, b) => [applyOne('matmul', [a, b], {})],
  (a) => [applyOne('negate', [a], {})],
  (a) => [applyOne('transpose', [a], { permutation: [1, 0] })],
  (a) => [applyOne('stopGradient', [a], {})],
  (a) => [applyOne('reshape', [applyOne('reshape', [a], { shape: [9] })], { shape: [3, 3] })],
  (a) => [applyOne('bitcast', [applyOne('bitcast', [a], { dtype: 'i32' })], { dtype: 'f32' })],
  (a) => [applyOne('broadcast', [applyOne('reduceSum', [a], { axes: [0] })], { shape: [3, 3], axes: [0] })],
  (a, b) => applyPrimitive('sort', [a, b], { axis: 1 }),
  (a, b) => applyPrimitive('customJvp', [a, b], { primal: swapped, jvp: swapped }),
  (a, b) => {
    const same = traceValues([square, square, { shape: [3], dtype: 'f32' }], ([c, d]) => (c && d ? [d, c] : []))
    return applyPrimitive('scan', [a, b, b], { body: same, length: 3, constants: 0, carry: 2, reverse: false })
  },
  () => [constant]
]

/** Random programs on three inputs: each step takes earlier values, the results are any of them. */
const programs: fc.Arbitrary<Program> = fc
  .record({
    plan: fc.array(fc.record({ step: fc.nat(steps.length - 1), a: fc.nat(), b: fc.nat() }), {
      minLength: 1,
      maxLength: 25
    }),
    results: fc.array(fc.nat(), { minLength: 1, maxLength: 6 })
  })
  .map(({ plan, results }) =>
    traceValues([square, square, square], (inputs) => {
      const values = plan.reduce<readonly Value[]>((known, { step, a, b }) => {
        const [first, second] = [known[a % known.length], known[b % known.length]]
        const make = steps[step]
        return first && second && make ? [...known, ...make(first, second)] : known
      }, inputs)
      return results.flatMap((i) => values[i % values.length] ?? [])
    })
  )

const inputsOf = (seed: number): readonly AnyTensor[] =>
  [0, 1, 2].map((i) => fromBuffer('f32', [3, 3], Float32Array.from(draw('f32', [3, 3], seed + i).data)))

const bits = (tensors: readonly AnyTensor[]): readonly (readonly string[])[] =>
  tensors.map((tensor) => bitsOf({ dtype: tensor.dtype, data: Array.from(bufferOf(tensor)) }))

/** A program without a plan: every equation is a program of its own. */
const equationByEquation = (program: Program, inputs: readonly AnyTensor[]): readonly AnyTensor[] => {
  const values = program.equations.reduce<readonly AnyTensor[]>((known, equation) => {
    const operands = equation.operands.flatMap((variable) => known[variable] ?? [])
    const alone: Program = {
      inputs: operands.map(({ shape, dtype }) => ({ shape, dtype })),
      equations: [{ ...equation, operands: operands.map((_, i) => i) }],
      outputs: equation.outputs.map((_, i) => operands.length + i)
    }
    return [...known, ...reference.compile(alone).run(operands)]
  }, inputs)
  return program.outputs.flatMap((variable) => values[variable] ?? [])
}

describe('an executable of the reference engine', () => {
  it('computes a program as its equations one by one', () => {
    fc.assert(
      fc.property(programs, seeds, (program, seed) => {
        expect(bits(reference.compile(program).run(inputsOf(seed)))).toEqual(
          bits(equationByEquation(program, inputsOf(seed)))
        )
      }),
      { numRuns: 300 }
    )
  })

  it('gives the same bytes in every run, changes no input and no earlier result', () => {
    fc.assert(
      fc.property(programs, seeds, seeds, (program, seed, other) => {
        const executable = reference.compile(program)
        const inputs = inputsOf(seed)
        const first = executable.run(inputs)
        const before = bits(first)
        executable.run(inputsOf(other))
        expect(bits(first)).toEqual(before)
        expect(bits(executable.run(inputs))).toEqual(before)
        expect(bits(inputs)).toEqual(bits(inputsOf(seed)))
      }),
      { numRuns: 200 }
    )
  })

  it('keeps no more intermediate values than are alive at once', () => {
    const length = 1 << 20
    const program = traceValues([{ shape: [length], dtype: 'f32' }], ([x]) =>
      x === undefined ? [] : [Array.from({ length: 100 }).reduce<Value>((y) => applyOne('add', [y, x], {}), x)]
    )
    const executable = reference.compile(program)
    const input = fromBuffer('f32', [length], new Float32Array(length).fill(1))
    const before = process.memoryUsage().arrayBuffers
    const [result] = executable.run([input])
    // 400 MB pass through; two registers and the result are 12
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20_000_000)
    expect(result && bufferOf(result)[0]).toBe(101)
  })

  it('refuses tensors that do not fit, and says which', () => {
    const program = traceValues([square, { shape: [2], dtype: 'i32' }], (inputs) => inputs)
    const executable = reference.compile(program)
    const [matrix] = inputsOf(1)
    const vector = fromBuffer('i32', [3], new Int32Array(3))
    expect(() => executable.run(matrix ? [matrix, vector] : [])).toThrow(
      'engine: input 1 of the program is i32[2], got i32[3]; pass such a tensor, or compile the program for this one'
    )
    expect(() => executable.run([])).toThrow('engine: the program takes 2 inputs, got 0; pass one tensor for each')
  })

  it('has the program that it was compiled from', () => {
    const program = traceValues([square], (inputs) => inputs)
    expect(reference.compile(program).program).toBe(program)
  })
})
