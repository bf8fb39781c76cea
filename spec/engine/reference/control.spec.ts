import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { reference } from '../../../lib/engine/index.ts'
import { applyOne, applyPrimitive, traceValues, type Value } from '../../../lib/expr/internal.ts'
import type { Slot } from '../../../lib/tensor/index.ts'
import { bufferOf, fromBuffer } from '../../../lib/tensor/internal.ts'
import { draw, seeds } from './oracle/draw.ts'
import { bitsOf, compute, exact, literal, type Literal } from './oracle/literal.ts'

const f32 = (...shape: readonly number[]): Slot => ({ shape, dtype: 'f32' })
const i32 = (...shape: readonly number[]): Slot => ({ shape, dtype: 'i32' })

const number = (value: number): Value =>
  applyOne('constant', [], { value: fromBuffer('f32', [], Float32Array.of(value)) })
const integer = (value: number): Value =>
  applyOne('constant', [], { value: fromBuffer('i32', [], Int32Array.of(value)) })
const add = (a: Value, b: Value): Value => applyOne('add', [a, b], {})
const multiply = (a: Value, b: Value): Value => applyOne('multiply', [a, b], {})

const given = (values: readonly (Value | undefined)[]): readonly Value[] =>
  values.map((value) => {
    if (value === undefined) throw new Error('an input is missing')
    return value
  })

const trace = (slots: readonly Slot[], f: (...values: readonly Value[]) => readonly Value[]) =>
  traceValues(slots, (inputs) => f(...given(inputs)))

/** A recurrence: carry ← weight · carry + x, giving back each carry. */
const recurrence = trace([f32(), f32(), f32()], (weight, carry, x) => {
  const next = add(multiply(weight, carry), x)
  return [next, next]
})

const floats = (data: readonly number[]): Literal => literal('f32', [data.length], data)
const scalar = (value: number): Literal => literal('f32', [], [value])

describe('scan', () => {
  it('is a loop over the first axis, in either direction', () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 0, max: 9 }), fc.boolean(), (seed, length, reverse) => {
        const xs = draw('f32', [length], seed)
        const [weight, start] = [draw('f32', [], seed + 1, 'moderate'), draw('f32', [], seed + 2)]
        const places = Array.from({ length }, (_, i) => (reverse ? length - 1 - i : i))
        const ys = Array.from({ length }, () => 0)
        const last = places.reduce((carry, place) => {
          const product = Math.fround((weight.data[0] ?? 0) * carry)
          const next = Math.fround(product + (xs.data[place] ?? 0))
          ys[place] = next
          return next
        }, start.data[0] ?? 0)
        const parameters = { body: recurrence, length, constants: 1, carry: 1, reverse }
        const results = compute('scan', [weight, start, xs], parameters)
        expect(results.map(exact)).toEqual([exact(scalar(last)), exact(literal('f32', [length], ys))])
      })
    )
  })

  it('does not mix up its steps: a body that gives back what it is given keeps every row', () => {
    const swap = trace([f32(2), f32(2)], (carry, x) => [x, carry])
    const xs = literal('f32', [3, 2], [1, 2, 3, 4, 5, 6])
    const [last, ys] = compute('scan', [floats([0, 0]), xs], {
      body: swap,
      length: 3,
      constants: 0,
      carry: 1,
      reverse: false
    })
    expect(last?.data).toEqual([5, 6])
    expect(ys?.data).toEqual([0, 0, 1, 2, 3, 4])
  })

  it('gives a last carry that does not hold on to the matrix it was a row of', () => {
    const keep = trace([f32(2), f32(2)], (_, x) => [x])
    const program = trace([f32(2), f32(100, 2)], (carry, xs) =>
      applyPrimitive('scan', [carry, xs], {
        body: keep,
        length: 100,
        constants: 0,
        carry: 1,
        reverse: false
      })
    )
    const [last] = reference
      .compile(program)
      .run([fromBuffer('f32', [2], new Float32Array(2)), fromBuffer('f32', [100, 2], new Float32Array(200).fill(7))])
    expect(last && bufferOf(last).buffer.byteLength).toBe(8)
  })

  it('nests', () => {
    const row = trace([f32(), f32(3)], (carry, x) =>
      applyPrimitive('scan', [number(2), carry, x], {
        body: recurrence,
        length: 3,
        constants: 1,
        carry: 1,
        reverse: false
      })
    )
    const [last, ys] = compute('scan', [scalar(1), literal('f32', [2, 3], [1, 0, 1, 0, 1, 0])], {
      body: row,
      length: 2,
      constants: 0,
      carry: 1,
      reverse: false
    })
    // 1 → 3 → 6 → 13, then 26 → 53 → 106
    expect(ys?.data).toEqual([3, 6, 13, 26, 53, 106])
    expect(last?.data).toEqual([106])
  })
})

describe('cond', () => {
  const whenTrue = trace([f32(2), f32(2)], (a, b) => [add(a, b), a])
  const whenFalse = trace([f32(2), f32(2)], (_, b) => [b, b])

  it('runs the branch that the predicate says', () => {
    const operands = [floats([1, 2]), floats([10, 20])]
    const run = (predicate: number) =>
      compute('cond', [literal('bool', [], [predicate]), ...operands], { whenTrue, whenFalse }).map(({ data }) => data)
    expect(run(1)).toEqual([
      [11, 22],
      [1, 2]
    ])
    expect(run(0)).toEqual([
      [10, 20],
      [10, 20]
    ])
  })
})

describe('whileLoop', () => {
  it('steps as long as the predicate holds, with the constants of both', () => {
    const predicate = trace([i32(), i32(), i32()], (limit, n) => [applyOne('less', [n, limit], {})])
    const body = trace([i32(), i32(), i32()], (factor, n, total) => [add(n, integer(1)), multiply(total, factor)])
    const run = (limit: number) =>
      compute(
        'whileLoop',
        [limit, 3, 0, 1].map((value) => literal('i32', [], [value])),
        { predicate, body, predicateConstants: 1, bodyConstants: 1 }
      ).map(({ data }) => data[0])
    expect(run(5)).toEqual([5, 243])
    expect(run(0)).toEqual([0, 1])
    // 3^25 modulo 2^32, as a signed number
    expect(run(25)).toEqual([25, Number(BigInt.asIntN(32, 3n ** 25n))])
  })
})

describe('functions with derivatives of their own', () => {
  const primal = trace([f32(3)], (x) => [multiply(x, x)])

  it('compute what they are', () => {
    const x = floats([1, -2, 3])
    const pair = trace([f32(3), f32(3)], (a, b) => [a, b])
    const square = compute('customJvp', [x], { primal, jvp: pair }).map(bitsOf)
    expect(square).toEqual([['1', '4', '9']])
    expect(compute('customVjp', [x], { primal, forward: pair, backward: pair }).map(bitsOf)).toEqual(square)
  })

  it('cannot be computed forward without one, and say so in one sentence', () => {
    const program = trace([f32(3), f32(3)], (residual, tangent) =>
      applyPrimitive('customLinear', [residual, tangent], {
        backward: primal,
        residuals: 1,
        outputs: [f32(3)]
      })
    )
    expect(() => reference.compile(program)).toThrow(
      'engine: the forward-mode derivative of a customVjp function is not defined; use grad or vjp, or give the function a customJvp'
    )
  })

  it('are not asked for derivatives that nothing needs', () => {
    const program = trace([f32(3), f32(3)], (residual, tangent) =>
      applyPrimitive('customLinear', [residual, tangent], {
        backward: primal,
        residuals: 1,
        outputs: [f32(3)]
      })
    )
    const inputs = [1, 2].map((value) => fromBuffer('f32', [3], new Float32Array(3).fill(value)))
    const [first] = reference.compile({ ...program, outputs: [0] }).run(inputs)
    expect(first && Array.from(bufferOf(first))).toEqual([1, 1, 1])
  })
})
