import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { primitives, typed, type Expr, type Primitive } from '../../lib/expr/internal.ts'
import { bufferOf, fromBuffer } from '../../lib/tensor/internal.ts'
import type { AnyTensor } from '../../lib/tensor/index.ts'
import { jvp, vjp } from '../../lib/transform/index.ts'
import { jvpRules } from '../../lib/transform/jvp/table.ts'
import { isReason } from '../../lib/transform/rule.ts'
import { transposeRules } from '../../lib/transform/transpose/table.ts'
import { batchRules } from '../../lib/transform/vmap/table.ts'
import { floats, inert, smooth, type Case } from './cases.ts'
import { lift, numbersOf, runValues as run, type Values } from './helpers.ts'

const asExprs = (values: Values): readonly Expr<[], 'f64'>[] => values.map((value) => typed<[], 'f64'>(value))

const like = (tensors: readonly AnyTensor[], seed: number): readonly AnyTensor[] =>
  tensors.map((x, i) => floats(seed + 31 * i, x.shape, -1, 1))

const moved = (tensors: readonly AnyTensor[], direction: readonly AnyTensor[], step: number): readonly AnyTensor[] =>
  tensors.map((x, i) => {
    const along = bufferOf(direction[i]!)
    return fromBuffer(
      'f64',
      x.shape,
      Float64Array.from(bufferOf(x), (value, j) => value + step * along[j]!)
    )
  })

const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, x, i) => sum + x * b[i]!, 0)

/** The derivative along a direction by forward mode. */
const along = (build: Case['build'], operands: readonly AnyTensor[], direction: readonly AnyTensor[]) =>
  run([...operands, ...direction], (values) => {
    const f = (...xs: readonly Expr<[], 'f64'>[]) => asExprs(build(xs))
    const [, tangent] = jvp(f)(asExprs(values.slice(0, operands.length)), asExprs(values.slice(operands.length)))
    return tangent
  })

/** The pull-back of a cotangent by reverse mode. */
const back = (build: Case['build'], operands: readonly AnyTensor[], cotangent: readonly AnyTensor[]) =>
  run([...operands, ...cotangent], (values) => {
    const f = (...xs: readonly Expr<[], 'f64'>[]) => asExprs(build(xs))
    const [, pullBack] = vjp(f)(...asExprs(values.slice(0, operands.length)))
    return pullBack(asExprs(values.slice(operands.length)))
  })

const close = (a: number, b: number, tolerance: number): boolean =>
  Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(a), Math.abs(b))

/** Central difference of all outputs along a direction, with the error of order h⁴. */
const slope = (f: (step: number) => readonly number[]): readonly number[] => {
  const h = 1e-3
  const [a, b, c, d] = [f(2 * h), f(h), f(-h), f(-2 * h)]
  return a!.map((x, i) => (-x + 8 * b![i]! - 8 * c![i]! + d![i]!) / (12 * h))
}

const expectClose = (actual: readonly number[], expected: readonly number[], tolerance: number): void => {
  expect(actual.length).toBe(expected.length)
  actual.forEach((x, i) => {
    expect(close(x, expected[i]!, tolerance), `element ${i}: ${x} against ${expected[i]!}`).toBe(true)
  })
}

const cases = Object.entries(smooth) as readonly (readonly [Primitive, fc.Arbitrary<Case>])[]
/** Without those that cannot be differentiated forward, or backward. */
const forwardCases = cases.filter(([primitive]) => primitive !== 'customVjp')
const reverseCases = cases.filter(([primitive]) => primitive !== 'whileLoop')
const seeds = fc.integer({ min: 0, max: 1_000_000 })
const parameters = { numRuns: 12 }

describe('the tables', () => {
  it('have a derivative, a transpose or a reason, and a batched form for every primitive', () => {
    expect(Object.keys(jvpRules).sort()).toEqual([...primitives].sort())
    expect(Object.keys(transposeRules).sort()).toEqual([...primitives].sort())
    expect(Object.keys(batchRules).sort()).toEqual([...primitives].sort())
    for (const rule of Object.values(transposeRules))
      if (isReason(rule)) expect(rule.reason).toMatch(/^grad: \w+.{20,}/)
  })

  it('are covered by the cases of this test, every primitive but those that say why not', () => {
    expect([...Object.keys(smooth), ...Object.keys(inert)].sort()).toEqual([...primitives].sort())
  })
})

describe('every primitive', () => {
  it.each(forwardCases)('%s has the slope of finite differences as its forward derivative', (_, arbitrary) => {
    fc.assert(
      fc.property(arbitrary, seeds, ({ operands, build }, seed) => {
        const direction = like(operands, seed)
        const expected = slope((step) => numbersOf(run(moved(operands, direction, step), build)))
        expectClose(numbersOf(along(build, operands, direction)), expected, 1e-6)
      }),
      parameters
    )
  })
})

describe('every primitive', () => {
  it.each(reverseCases)('%s has a pull-back that is the transpose of the slope', (_, arbitrary) => {
    fc.assert(
      fc.property(arbitrary, seeds, ({ operands, build }, seed) => {
        const direction = like(operands, seed)
        const cotangent = like(run(operands, build), seed + 1)
        const expected = slope((step) => numbersOf(run(moved(operands, direction, step), build)))
        const pulled = back(build, operands, cotangent)
        const [a, b] = [dot(numbersOf(pulled), numbersOf(direction)), dot(numbersOf(cotangent), expected)]
        expect(close(a, b, 1e-6), `⟨vjp ȳ, v⟩ = ${a}, ⟨ȳ, slope⟩ = ${b}`).toBe(true)
      }),
      parameters
    )
  })
})

describe('every primitive', () => {
  it.each(reverseCases)(
    '%s has a second derivative, forward over reverse, that is the slope of the first',
    (_, arbitrary) => {
      fc.assert(
        fc.property(arbitrary, seeds, ({ operands, build }, seed) => {
          const direction = like(operands, seed)
          const cotangent = like(run(operands, build), seed + 1)
          const constants = cotangent.length
          const pull = (values: Values): Values => {
            const f = (...xs: readonly Expr<[], 'f64'>[]) => asExprs(build(xs))
            const [, pullBack] = vjp(f)(...asExprs(values.slice(constants)))
            return pullBack(asExprs(values.slice(0, constants)))
          }
          const both = [...cotangent, ...operands]
          const still = cotangent.map((x) => fromBuffer('f64', x.shape, new Float64Array(bufferOf(x).length)))
          const expected = slope((step) => numbersOf(run([...cotangent, ...moved(operands, direction, step)], pull)))
          expectClose(numbersOf(along(pull, both, [...still, ...direction])), expected, 1e-5)
        }),
        { numRuns: 6 }
      )
    }
  )
})

describe('every primitive', () => {
  it.each(reverseCases)('%s has a second derivative, reverse over reverse, with the same values', (_, arbitrary) => {
    fc.assert(
      fc.property(arbitrary, seeds, ({ operands, build }, seed) => {
        const direction = like(operands, seed)
        const cotangent = like(run(operands, build), seed + 1)
        const other = like(operands, seed + 2)
        const pull = (values: Values): Values => {
          const f = (...xs: readonly Expr<[], 'f64'>[]) => asExprs(build(xs))
          const [, pullBack] = vjp(f)(...asExprs(values))
          return pullBack(asExprs(cotangent.map((x) => lift(x))))
        }
        const forward = numbersOf(along(pull, operands, direction))
        const reverse = numbersOf(back(pull, operands, other))
        const [a, b] = [dot(forward, numbersOf(other)), dot(reverse, numbersOf(direction))]
        expect(close(a, b, 1e-7), `${a} against ${b}`).toBe(true)
      }),
      { numRuns: 6 }
    )
  })
})
