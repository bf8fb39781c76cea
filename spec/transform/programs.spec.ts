import { describe, expect, it } from 'vitest'
import { reference } from '../../lib/engine/index.ts'
import {
  applyOne,
  applyPrimitive,
  traceValues,
  typed,
  type Expr,
  type Program,
  type Value
} from '../../lib/expr/internal.ts'
import { slot, type AnyTensor } from '../../lib/tensor/index.ts'
import { bufferOf, fromBuffer } from '../../lib/tensor/internal.ts'
import { grad, jvp, simplify, vjp, vmap } from '../../lib/transform/index.ts'
import { promises } from './promises.ts'

const run = (program: Program, inputs: readonly AnyTensor[]): readonly AnyTensor[] =>
  reference.compile(program).run(inputs)
const vector = (...elements: readonly number[]): AnyTensor =>
  fromBuffer('f32', [elements.length], Float32Array.from(elements))
const numbers = (x: AnyTensor | undefined): readonly number[] => (x === undefined ? [] : Array.from(bufferOf(x)))

describe('random programs', () => {
  it.each(Object.entries(promises))('%s', (_, promise) => {
    promise({ runs: 300, length: 14, depth: 2 })
  })
})

describe('a sort along an axis of no elements', () => {
  it('is differentiated: there is nothing to pick', () => {
    const empty = slot([2, 0], 'f64')
    const sorted = (x: Expr<[2, 0], 'f64'>) => typed<[2, 0], 'f64'>(applyOne('sort', [x], { axis: 1 }))
    const program = traceValues([empty, empty], ([x, t]) => {
      const [at, along] = [typed<[2, 0], 'f64'>(x!), typed<[2, 0], 'f64'>(t!)]
      return [jvp(sorted)([at], [along])[1], ...vjp(sorted)(at)[1](along)]
    })
    const nothing = fromBuffer('f64', [2, 0], new Float64Array(0))
    expect(run(program, [nothing, nothing]).map(({ shape }) => shape)).toEqual([
      [2, 0],
      [2, 0]
    ])
  })
})

describe('the cotangent of what fills a padding', () => {
  const padded = traceValues([slot([2], 'f32'), slot([], 'f32'), slot([6], 'f32')], ([x, filling, cotangent]) => {
    const pad = (value: Expr<[]>) =>
      typed<[6], 'f32'>(applyOne('pad', [x!, value], { low: [1], high: [2], interior: [1] }))
    return vjp(pad)(typed<[], 'f32'>(filling!))[1](typed<[6], 'f32'>(cotangent!))
  })
  const of = (...cotangent: readonly number[]): readonly number[] =>
    numbers(run(padded, [vector(7, 8), fromBuffer('f32', [], Float32Array.of(9)), vector(...cotangent)])[0])

  it('is the sum over the padding, the gaps between elements included', () => {
    expect(of(1, 100, 2, 100, 4, 8)).toEqual([15])
  })

  it('does not feel what stands beside the padding, however great', () => {
    expect(of(1, 1e9, 1, 1e9, 1, 1)).toEqual([4])
    expect(of(1, Infinity, 1, NaN, 1, 1)).toEqual([4])
  })
})

describe('a convolution', () => {
  it.each([
    ['images', [0, null]],
    ['kernels', [null, 0]],
    ['images and kernels', [0, 0]]
  ] as const)('of a batch of no %s has no results, and no gradients', (_, axes) => {
    const own = [slot([2, 5, 4, 2], 'f32'), slot([3, 2, 2, 3], 'f32')]
    const slots = own.map((each, i) => (axes[i] === 0 ? slot([0, ...each.shape], 'f32') : each))
    const parameters = {
      stride: [1, 1],
      padding: [
        [1, 0],
        [0, 1]
      ],
      dilation: [1, 1],
      groups: 1
    } as const
    const convolve = (image: Value, kernel: Value): Value => applyOne('convolution', [image, kernel], parameters)
    const total = (pair: readonly Expr<[]>[]): Expr<[]> =>
      typed<[], 'f32'>(applyOne('reduceSum', [convolve(pair[0]!, pair[1]!)], { axes: [0, 1, 2, 3] }))
    const program = traceValues(slots, (values) => {
      const [image, kernel] = values.map((value) => typed<[0], 'f32'>(value))
      const results = vmap((x: Expr<[]>, y: Expr<[]>) => typed<[], 'f32'>(convolve(x, y)), { axes })(image!, kernel!)
      const gradients = vmap((x: Expr<[]>, y: Expr<[]>) => grad(total)([x, y]), { axes })(image!, kernel!)
      return [results, ...(gradients as readonly Value[])]
    })
    const inputs = slots.map(({ shape }) =>
      fromBuffer('f32', shape, new Float32Array(shape.reduce((n, length) => n * length, 1)))
    )
    expect(run(program, inputs).map(({ shape }) => shape)).toEqual([
      [0, 2, 4, 4, 3],
      [0, 2, 5, 4, 2],
      [0, 3, 2, 2, 3]
    ])
  })
})

describe('a derivative of many parts', () => {
  /** x ← tanh(x) · w, many times: two residuals a step. */
  const steps = (count: number, x: Value, w: Value): Value =>
    Array.from({ length: count }).reduce<Value>(
      (state) => applyOne('multiply', [applyOne('tanh', [state], {}), w], {}),
      x
    )
  const total = (x: Value): Expr<[]> => typed<[], 'f32'>(applyOne('reduceSum', [x], { axes: [0] }))
  const small = slot([2], 'f32')

  it('through one loop and one branch has the slope that the unrolled steps have', () => {
    const body = traceValues([small, small], ([w, x]) => [steps(20, x!, w!)])
    const looped = (x: Value, w: Value): Value =>
      applyPrimitive('scan', [w, x], { body, length: 3, constants: 1, carry: 1, reverse: false })[0]!
    const branched = (x: Value, w: Value): Value => {
      const predicate = applyOne('less', [total(x), total(w)], {})
      return applyPrimitive('cond', [predicate, w, looped(x, w)], { whenTrue: body, whenFalse: body })[0]!
    }
    const gradient = (f: (x: Value, w: Value) => Value): Program =>
      traceValues([small, small], (values) => {
        const [x, w] = values.map((value) => typed<[2], 'f32'>(value))
        return grad((pair: readonly Expr<[2]>[]) => total(f(pair[0]!, pair[1]!)))([x!, w!])
      })
    const inputs = [vector(0.3, -0.7), vector(1.02, 1.01)]
    const nested = run(simplify()(gradient(branched)), inputs)
    const flat = run(
      gradient((x, w) => steps(80, x, w)),
      inputs
    )
    nested.forEach((x, i) => {
      numbers(x).forEach((value, j) => expect(value).toBeCloseTo(numbers(flat[i])[j]!, 4))
    })
  })
})
