/**
 * Programs that were once computed wrongly, smaller than those that showed it: what each of them has that others have not.
 */
import { describe, expect, it } from 'vitest'
import { reference, wasm } from '../../../lib/engine/index.ts'
import { applyOne, applyPrimitive, traceValues, type Program, type Value } from '../../../lib/expr/internal.ts'
import { slot, type DType, type Slot } from '../../../lib/tensor/index.ts'
import { tensorOf } from '../../arbitrary/tensor.ts'
import { expectSame } from './same.ts'

/** Numbers that are all different, in no order. */
const given = ({ inputs }: Program) =>
  inputs.map((input: Slot) => {
    const elements = input.shape.reduce<number>((product, length) => product * length, 1)
    return tensorOf(
      input,
      Array.from({ length: elements }, (_, i) => ((i * 7 + 3) % (elements + 1)) + 1)
    )
  })

const expectSameBits = (slots: readonly Slot[], f: (values: readonly Value[]) => readonly Value[]): void => {
  const program = traceValues(slots, f)
  expectSame(program, given(program))
}

const from = (x: Value, stop: readonly number[]): Value =>
  applyOne('slice', [x], { start: stop.map(() => 0), stop, stride: stop.map(() => 1) })

describe('a matrix product', () => {
  const dtypes: readonly DType[] = ['f32', 'f64', 'i32']

  it.each(dtypes)('of %s has a right operand of which all rows are one', (dtype) => {
    expectSameBits([slot([5, 6], dtype), slot([9], dtype)], ([a, row]) => [
      applyOne('matmul', [a!, applyOne('broadcast', [row!], { shape: [6, 9], axes: [1] })], {})
    ])
  })

  it.each(dtypes)('of %s has a left operand of which all columns are one', (dtype) => {
    expectSameBits([slot([40], dtype), slot([6, 3], dtype)], ([column, b]) => [
      applyOne('matmul', [applyOne('broadcast', [column!], { shape: [40, 6], axes: [0] }), b!], {})
    ])
  })
})

describe('what is computed in place', () => {
  it.each<readonly [DType, DType]>([
    ['f32', 'f64'],
    ['i32', 'f64']
  ])('is no wider than what was there: half of %s as %s', (dtype, wider) => {
    expectSameBits([slot([16], dtype)], ([x]) => {
      const half = from(applyOne('sort', [x!], { axis: 0 }), [8])
      return [applyOne('sort', [applyOne('convert', [half], { dtype: wider })], { axis: 0 })]
    })
  })
})

describe('a fold', () => {
  it('over no axis keeps what it is given, beside a fold over one', () => {
    expectSameBits([slot([3], 'f32')], ([x]) => {
      const greatest = applyOne('reduceMax', [x!], { axes: [0] })
      const less = applyOne('subtract', [x!, applyOne('broadcast', [greatest], { shape: [3], axes: [] })], {})
      return [applyOne('reduceSum', [less], { axes: [] }), greatest]
    })
  })
})

describe('a window', () => {
  it('stands at more places than a function has arguments', () => {
    const pad = [0, 0] as const
    expectSameBits([slot([1, 1, 200_000, 1], 'f32')], ([x]) => [
      applyOne('windowMax', [x!], { size: [1, 2], stride: [1, 1], padding: [pad, pad], dilation: [1, 1] })
    ])
  })
})

describe('a loop', () => {
  it('keeps what it computes once to its end, whatever its last call writes', () => {
    const body = traceValues([slot([16], 'f32'), slot([16], 'f32')], ([k, state]) => {
      const sum = applyOne('add', [applyOne('sort', [k!], { axis: 0 }), state!], {})
      const square = applyOne('multiply', [sum, sum], {})
      return [applyOne('add', [square, state!], {}), applyOne('negate', [from(sum, [0])], {})]
    })
    expectSameBits([slot([16], 'f32'), slot([16], 'f32')], ([k, x]) =>
      applyPrimitive('scan', [k!, x!], { body, length: 4, constants: 1, carry: 1, reverse: false })
    )
  })

  it('that does not begin computes nothing, not even what does not end', () => {
    const number = slot([], 'f32')
    const never = traceValues([number], ([x]) => [applyOne('less', [x!, x!], {})])
    const always = traceValues([number], ([x]) => [applyOne('equal', [x!, x!], {})])
    const same = traceValues([number], ([x]) => [applyOne('abs', [x!], {})])
    const body = traceValues([number, number], ([k, x]) => {
      const [endless] = applyPrimitive('whileLoop', [k!], {
        predicate: always,
        body: same,
        predicateConstants: 0,
        bodyConstants: 0
      })
      return [applyOne('add', [x!, endless!], {})]
    })
    const program = traceValues([number, number], ([k, x]) =>
      applyPrimitive('whileLoop', [k!, x!], { predicate: never, body, predicateConstants: 0, bodyConstants: 1 })
    )
    const inputs = given(program)
    expect(wasm().compile(program).run(inputs)).toEqual(reference.compile(program).run(inputs))
  })
})
