import { pipe } from 'fp-ts/lib/function.js'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { evaluate as compute, run } from '../../lib/engine/index.ts'
import { constant, program, type Expr, type Exprs } from '../../lib/expr/index.ts'
import {
  apply,
  conv2d,
  dense,
  dropout,
  evaluate,
  flatten,
  init,
  input,
  named,
  network,
  relu,
  sequential,
  slots,
  train,
  type ParamsOf
} from '../../lib/network/index.ts'
import { applyUntyped } from '../../lib/network/internal.ts'
import { heNormal, key, ones } from '../../lib/random/index.ts'
import {
  equals as sameTensor,
  hashTree,
  ones as onesOf,
  tensor,
  toArray,
  toFlatArray,
  zeros
} from '../../lib/tensor/index.ts'
import { examples, forward, lifted } from './forward.ts'
import { tally } from './tally.ts'

describe('apply', () => {
  it('computes what the layers say', () => {
    const net = network(input(2), dense(2), relu, named('out', dense(1)))
    const params = {
      dense_0: {
        kernel: constant(
          tensor([
            [1, -1],
            [2, 1]
          ])
        ),
        bias: constant(tensor([0.5, 0]))
      },
      out: { kernel: constant(tensor([[2], [3]])), bias: constant(tensor([-1])) }
    }
    const [y] = apply(net)(
      params,
      {},
      constant(
        tensor([
          [1, 2],
          [1, -1]
        ])
      ),
      evaluate
    )
    // relu([5.5, 1]) · [2, 3] − 1 and relu([−0.5, −2]) · [2, 3] − 1
    expect(toArray(compute(y))).toEqual([[13], [-1]])
  })

  it('can be traced, compiled and run on tensors', () => {
    const net = network(input(3), dense(4), relu, dense(2))
    type Params = Exprs<ParamsOf<typeof net>>
    const f = run((params: Params, x: Expr<[2, 3]>) => apply(net)(params, {}, x, evaluate)[0])
    const { params } = init(net)(key(1))
    expect(f(params, onesOf([2, 3])).shape).toEqual([2, 2])
  })

  it('computes in f64 when it is made in f64, near what f32 gives', () => {
    const net = network(input(6, 6, 2), conv2d({ filters: 3, kernel: 3 }), relu, flatten, dense(4))
    const single = toFlatArray(forward(net, init(net)(key(3)), examples(net, 2)))
    const trees = init(net, { dtype: 'f64' })(key(3))
    const double = forward(net, trees, examples(net, 2, 7, 'f64'))
    expect(double.dtype).toBe('f64')
    expect(double.shape).toEqual([2, 4])
    expect(single.length).toBe(8)
  })

  const net = network(input(28, 28, 1), conv2d({ filters: 16, kernel: 3 }), relu, flatten, dense(10))
  const other = network(input(28, 28, 1), conv2d({ filters: 32, kernel: 3 }), relu, flatten, dense(10))
  const mine = lifted(zerosFor(net))
  const x = constant(zeros([2, 28, 28, 1]))

  it('refuses the parameters of another network, with the sentence of the compiler', () => {
    expect(() => applyUntyped(net)(lifted(zerosFor(other)), {}, x, evaluate)).toThrow(
      'apply: these are the parameters of another network: conv2d_0.kernel has to be f32[3, 3, 1, 16], got f32[3, 3, 1, 32]'
    )
    expect(() => applyUntyped(net)({}, {}, x, evaluate)).toThrow(
      'apply: these are the parameters of another network: conv2d_0.kernel is missing'
    )
    expect(() => applyUntyped(other)({ ...(mine as object), more: x }, {}, x, evaluate)).toThrow(
      'conv2d_0.kernel has to be'
    )
    expect(() => applyUntyped(net)({ ...(mine as object), more: x }, {}, x, evaluate)).toThrow(
      'apply: these are the parameters of another network: more is not among them'
    )
  })

  it('refuses tensors where expressions are expected, and two float types', () => {
    expect(() => applyUntyped(net)(zerosFor(net), {}, x, evaluate)).toThrow(
      'conv2d_0.kernel is a tensor where an expression is expected; trace with run, or lift it with constant'
    )
    expect(() => applyUntyped(net)(lifted(zerosFor(net, 'f64')), {}, x, evaluate)).toThrow(
      'apply: the parameters are f64, the batch is f32; make both of one type'
    )
  })

  it('refuses the state of another network', () => {
    const counting = network(input(3), tally)
    const rows = constant(zeros([2, 3]))
    expect(() => applyUntyped(counting)({}, {}, rows, evaluate)).toThrow(
      'apply: this is the state of another network: tally_0.batches is missing'
    )
  })

  it('refuses a batch of another shape, and one example without a batch', () => {
    expect(() =>
      applyUntyped(net)(mine, {}, constant(zeros([2, 32, 32, 3])) as Expr<[2, 32, 32, 3]>, evaluate)
    ).toThrow('apply: the network takes a batch [batch, 28, 28, 1], got [2, 32, 32, 3]')
    expect(() => applyUntyped(net)(mine, {}, constant(zeros([28, 28, 1])), evaluate)).toThrow(
      'apply: the network takes a batch [batch, 28, 28, 1], got [28, 28, 1]'
    )
  })

  it('takes any size for a name, and the same one wherever the name occurs', () => {
    const square = network(input('n', 'n', 2), dense2d)
    const trees = zerosFor(square)
    expect(forward(square, { params: trees, state: {} }, zeros([1, 5, 5, 2])).shape).toEqual([1, 5, 5, 3])
    expect(() => forward(square, { params: trees, state: {} }, zeros([1, 5, 4, 2]))).toThrow(
      'takes a batch [batch, n, n, 2]'
    )
  })
})

const dense2d = conv2d({ filters: 3, kernel: 1 })

function zerosFor(net: Parameters<typeof slots>[0], dtype: 'f32' | 'f64' = 'f32'): unknown {
  const tree = slots(net, { dtype }).params as Readonly<
    Record<string, Readonly<Record<string, { readonly shape: readonly number[] }>>>
  >
  return Object.fromEntries(
    Object.entries(tree).map(([name, leaves]) => [
      name,
      Object.fromEntries(Object.entries(leaves).map(([leaf, { shape }]) => [leaf, zeros(shape, dtype)]))
    ])
  )
}

describe('state', () => {
  const net = network(input(2), tally, sequential(named('inner', tally)))
  const start = init(net)(key(0))
  const step = (state: unknown, rows: readonly (readonly [number, number])[]) =>
    compute(applyUntyped(net)({}, lifted(state), constant(tensor(rows)) as Expr<[1, 2]>, train(key(1)))[1])

  it('begins as its layers say, whole numbers included', () => {
    expect(toArray(start.state.tally_0.batches)).toBe(0)
    expect(start.state.tally_0.batches.dtype).toBe('i32')
    expect(toArray(start.state.sequential_0.inner.mean)).toEqual([0, 0])
  })

  it('moves in training, at every level of the tree, and is returned unchanged in evaluation', () => {
    const once = step(start.state, [
      [10, 20],
      [30, 40]
    ]) as typeof start.state
    expect(toArray(once.tally_0.batches)).toBe(1)
    expect(toArray(once.sequential_0.inner.mean)).toEqual([2, 3])
    const twice = step(once, [[12, 13]]) as typeof start.state
    expect(toArray(twice.sequential_0.inner.batches)).toBe(2)
    const same = compute(applyUntyped(net)({}, lifted(twice), constant(tensor([[1, 2]])), evaluate)[1])
    expect(hashTree(same as typeof start.state)).toBe(hashTree(twice))
  })
})

describe('dropout', () => {
  const net = network(input(1000), dropout(0.25))
  const x = onesOf([4, 1000])
  const trees = { params: {}, state: {} }

  it('is the identity in evaluation', () => {
    expect(sameTensor(forward(net, trees, x), x)).toBe(true)
  })

  it('gives 0 or x / (1 − rate) in training, about as often as the rate says', () => {
    const y = toFlatArray(forward(net, trees, x, train(key(5))))
    expect(new Set(y)).toEqual(new Set([0, Math.fround(1 / 0.75)]))
    const dropped = y.filter((value) => value === 0).length / y.length
    // four standard deviations of the mean of 4000 draws
    expect(Math.abs(dropped - 0.25)).toBeLessThan(0.028)
  })

  it('draws by the key and the path alone', () => {
    const masks = (layers: ReturnType<typeof network>, seed: number) =>
      toFlatArray(forward(layers, trees, x, train(key(seed))))
    expect(masks(net, 5)).toEqual(masks(net, 5))
    expect(masks(net, 5)).not.toEqual(masks(net, 6))
    expect(masks(network(input(1000), relu, dropout(0.25)), 5)).toEqual(masks(net, 5))
    expect(masks(network(input(1000), named('other', dropout(0.25))), 5)).not.toEqual(masks(net, 5))
    expect(masks(network(input(1000), dropout(0), dropout(0.25)), 5)).not.toEqual(masks(net, 5))
  })

  it('lets no infinite number through that it drops', () => {
    const infinite = tensor([Array.from({ length: 1000 }, () => Infinity)])
    const y = toFlatArray(forward(net, trees, infinite, train(key(5))))
    expect(new Set(y)).toEqual(new Set([0, Infinity]))
  })

  it('draws nothing in a program of evaluation', () => {
    const traced = program((batch: Expr<[4, 1000]>) => apply(net)({}, {}, batch, evaluate)[0])({
      shape: [4, 1000],
      dtype: 'f32'
    })
    expect(traced.equations).toEqual([])
  })
})

describe('init', () => {
  const net = network(input(784), dense(128), relu, dense(10))

  it('gives the values that the key and the paths determine', () => {
    // pinned: a change of these hashes changes every training there has been
    expect(hashTree(init(net)(key(42)).params)).toBe('acafd42bce4b367c0dc48278bc00ef584864692e144e734a451f8f47acd6f6ce')
    expect(hashTree(init(net, { dtype: 'f64' })(key(42)).params)).toBe(
      '1e3ab1f650d09499eb51c2854a11b488389a7a2c37755dfd6baaf5acb560372a'
    )
  })

  it('differs between keys, layers and leaves, and not between calls', () => {
    const a = init(net)(key(1)).params
    expect(hashTree(a)).toBe(hashTree(init(net)(key(1)).params))
    expect(hashTree(a)).not.toBe(hashTree(init(net)(key(2)).params))
    const twins = init(network(input(8), dense(8), dense(8)))(key(1)).params
    expect(sameTensor(twins.dense_0.kernel, twins.dense_1.kernel)).toBe(false)
  })

  it('begins Glorot uniform with zero biases unless told otherwise', () => {
    const { params } = init(net)(key(1))
    const limit = Math.sqrt(6 / (784 + 128))
    const kernel = toFlatArray(params.dense_0.kernel)
    expect(kernel.every((w) => Math.abs(w) <= limit)).toBe(true)
    expect(kernel.some((w) => Math.abs(w) > 0.99 * limit)).toBe(true)
    expect(toFlatArray(params.dense_0.bias).every((b) => b === 0)).toBe(true)
    const chosen = init(network(input(100), dense(100, { kernelInitialiser: heNormal(), biasInitialiser: ones() })))(
      key(1)
    ).params
    expect(toFlatArray(chosen.dense_0.bias).every((b) => b === 1)).toBe(true)
    const weights = toFlatArray(chosen.dense_0.kernel)
    const variance = weights.reduce((sum, w) => sum + w * w, 0) / weights.length
    expect(Math.abs(variance - 0.02)).toBeLessThan(0.002)
  })

  it('keeps the values of a layer wherever its name stands', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), (n) => {
        const alone = init(network(input(n), named('a', dense(3))))(key(n)).params.a
        const behind = init(pipe(input(n), relu, named('b', dense(n)), named('a', dense(3))))(key(n)).params.a
        expect(sameTensor(alone.kernel, behind.kernel)).toBe(true)
      })
    )
  })
})
