import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { primitives, typed, type Expr, type Primitive, type Value } from '../../lib/expr/internal.ts'
import { vmap } from '../../lib/transform/index.ts'
import { bufferOf, fromBuffer } from '../../lib/tensor/internal.ts'
import type { AnyTensor, DType } from '../../lib/tensor/index.ts'
import { applyOne, applyPrimitive, inputValue, programOf } from '../../lib/expr/internal.ts'
import { floats, inert, smooth, type Case } from './cases.ts'
import { bytesOf, runValues, type Values } from './helpers.ts'

const size = 3
const cases = Object.entries(smooth) as readonly (readonly [Primitive, fc.Arbitrary<Case>])[]

const typedAll = (values: Values) => values.map((value) => typed<[], 'f64'>(value))

/** Examples stacked along a new first axis. */
const stack = (examples: readonly AnyTensor[]): AnyTensor => {
  const first = examples[0]!
  const bytes = examples.map((x) => bufferOf(x))
  const all = bytes.flatMap((buffer) => Array.from(buffer))
  const make: Readonly<Record<DType, () => AnyTensor>> = {
    f64: () => fromBuffer('f64', [examples.length, ...first.shape], Float64Array.from(all)),
    f32: () => fromBuffer('f32', [examples.length, ...first.shape], Float32Array.from(all)),
    i32: () => fromBuffer('i32', [examples.length, ...first.shape], Int32Array.from(all)),
    u32: () => fromBuffer('u32', [examples.length, ...first.shape], Uint32Array.from(all)),
    bool: () => fromBuffer('bool', [examples.length, ...first.shape], Uint8Array.from(all))
  }
  return make[first.dtype]()
}

/** `vmap f` against `map f` over examples of which each operand has its own or shares one. */
const expectBatched = (
  build: Case['build'],
  examples: readonly (readonly AnyTensor[])[],
  shared: readonly boolean[]
): void => {
  const own = examples.map((operands) => operands.map((x, i) => (shared[i] === true ? examples[0]![i]! : x)))
  const each = own.map((operands) => runValues(operands, build))
  const batched = own[0]!.map((x, i) => (shared[i] === true ? x : stack(own.map((operands) => operands[i]!))))
  const all = runValues(
    batched,
    (values) =>
      vmap((...xs: readonly Value[]) => typedAll(build(xs)), { axes: shared.map((on) => (on ? null : 0)) })(
        ...typedAll(values)
      ) as Values
  )
  expect(bytesOf(all)).toEqual(bytesOf(all.map((_, i) => stack(each.map((outputs) => outputs[i]!)))))
}

describe('vmap f', () => {
  it.each(cases)('%s is map f, byte for byte, whichever operands have the batch', (_, arbitrary) => {
    fc.assert(
      fc.property(
        arbitrary,
        fc.integer({ min: 0, max: 1000 }),
        fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
        ({ operands, build }, seed, flags) => {
          const examples = Array.from({ length: size }, (_example, e) =>
            operands.map((x, i) => (e === 0 ? x : floats(seed + 7 * e + i, x.shape, 0.3, 0.9)))
          )
          const shared = operands.map((_operand, i) => flags[i] === true)
          expectBatched(build, examples, shared.every(Boolean) ? shared.map((_on, i) => i > 0) : shared)
        }
      ),
      { numRuns: 10 }
    )
  })

  const integers = (shape: readonly number[], seed: number): AnyTensor =>
    fromBuffer('u32', shape, Uint32Array.from(bufferOf(floats(seed, shape, 0, 4294967295))))
  const whole = (
    build: Case['build'],
    shape: readonly number[],
    operands: number,
    make: (shape: readonly number[], seed: number) => AnyTensor
  ) => {
    expectBatched(
      build,
      Array.from({ length: size }, (_, e) =>
        Array.from({ length: operands }, (_operand, i) => make(shape, 10 * e + i))
      ),
      Array.from({ length: operands }, () => false)
    )
  }
  const real = (shape: readonly number[], seed: number): AnyTensor => floats(seed, shape, -3, 3)

  it('is map f for the primitives without a derivative', () => {
    for (const name of ['sign', 'floor', 'ceil', 'round', 'stopGradient'] as const)
      whole(([x]) => [applyOne(name, [x!], {})], [2, 3], 1, real)
    for (const name of ['and', 'or', 'xor', 'shiftLeft', 'shiftRight', 'equal', 'less', 'lessEqual'] as const)
      whole(([x, y]) => [applyOne(name, [x!, y!], {})], [2, 3], 2, integers)
    whole(([x]) => [applyOne('not', [x!], {})], [4], 1, integers)
    whole(([x]) => [applyOne('bitcast', [x!], { dtype: 'f32' })], [4], 1, integers)
    whole(([x]) => [applyOne('argMax', [x!], { axis: 1 })], [2, 5], 1, real)
    whole((xs) => applyPrimitive('threefry2x32', xs, {}), [5], 4, integers)
    whole(
      ([x]) => [
        x!,
        applyOne('iota', [], { shape: [2], axis: 0, dtype: 'i32' }),
        applyOne('constant', [], { value: real([2], 1) })
      ],
      [2],
      1,
      real
    )
  })

  it('chooses a branch for each example where the predicate differs between them', () => {
    const branch = (name: 'exp' | 'negate') => {
      const x = inputValue({ shape: [2], dtype: 'f64' })
      return programOf([x], [applyOne(name, [x], {})])
    }
    const zero = applyOne('constant', [], { value: fromBuffer('f64', [], Float64Array.of(0)) })
    whole(
      ([x]) => {
        const positive = applyOne('less', [zero, applyOne('reduceSum', [x!], { axes: [0] })], {})
        return applyPrimitive('cond', [positive, x!], { whenTrue: branch('exp'), whenFalse: branch('negate') })
      },
      [2],
      1,
      real
    )
  })

  it('runs a loop as long as each example asks for', () => {
    const slot = { shape: [], dtype: 'f64' } as const
    const [limit, x, y, step] = [inputValue(slot), inputValue(slot), inputValue(slot), inputValue(slot)]
    const predicate = programOf([limit, x], [applyOne('less', [applyOne('abs', [x], {}), limit], {})])
    const body = programOf([step, y], [applyOne('add', [y, applyOne('multiply', [y, step], {})], {})])
    expectBatched(
      (values) => applyPrimitive('whileLoop', values, { predicate, body, predicateConstants: 1, bodyConstants: 1 }),
      [
        [50, 0.5, 1],
        [3, 1, -2],
        [1, 0.1, 8]
      ].map((row) => row.map((value) => fromBuffer('f64', [], Float64Array.of(value)))),
      [false, false, false]
    )
  })

  it('covers every primitive, here or above', () => {
    expect([...Object.keys(smooth), ...Object.keys(inert)].sort()).toEqual([...primitives].sort())
  })

  it('composes with itself', () => {
    const x = floats(3, [4, 3, 2], -1, 1)
    const f = (v: Value): Value => applyOne('reduceSum', [applyOne('tanh', [v], {})], { axes: [0] })
    const nested = runValues([x], ([v]) => [
      vmap(vmap((row: Expr<[2], 'f64'>) => typed<[], 'f64'>(f(row))))(typed<[4, 3, 2], 'f64'>(v!))
    ])
    const direct = runValues([x], ([v]) => [applyOne('reduceSum', [applyOne('tanh', [v!], {})], { axes: [2] })])
    expect(bytesOf(nested)).toEqual(bytesOf(direct))
  })

  it('refuses an axis other than the first, and an option that does not exist, where no compiler looked', () => {
    const batched = (options: object) => () =>
      (vmap as unknown as (f: unknown, o: object) => () => unknown)((a: unknown) => a, options)()
    expect(batched({ axes: [1] })).toThrow(
      'vmap: axes are 0 or null, one for each argument, got 1; bring the batch to the front first'
    )
    expect(batched({ axis: [0] })).toThrow("vmap: there is no option 'axis'; did you mean 'axes'?")
  })

  it('refuses arguments without a batch, and batches of different sizes, in one sentence', () => {
    const f = (a: Value, b: Value): Value => applyOne('add', [a, b], {})
    const at = (shape: readonly number[]) => typed<[], 'f64'>(inputValue({ shape, dtype: 'f64' }))
    expect(() => vmap(f as never)(at([2]), at([3]))).toThrow('vmap: batches have to be of one size, got [2] and [3]')
    expect(() => vmap(f as never)(at([]), at([]))).toThrow('vmap: the batch is the first axis, got a scalar []')
    expect(() => vmap(f as never, { axes: [null, null] })(at([2]) as never, at([2]) as never)).toThrow(
      'vmap: at least one argument has to have the batch as its first axis, got none'
    )
  })
})
