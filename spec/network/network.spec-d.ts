/* eslint-disable @typescript-eslint/no-unused-vars, @typescript-eslint/no-generated-empty-object-type -- networks that are only looked at as types */
import { flow, pipe } from 'fp-ts/lib/function.js'
import { describe, expectTypeOf, it } from 'vitest'
import {
  averagePool2d,
  compose,
  conv2d,
  dense,
  dropout,
  flatten,
  init,
  input,
  leakyRelu,
  maxPool2d,
  named,
  network,
  overAxes,
  relu,
  reshape,
  residual,
  sequential,
  softmax,
  type Activation,
  type AnyLayer,
  type AnyNetwork,
  type Conv2d,
  type Dense,
  type Flatten,
  type InputOf,
  type Network,
  type OutputOf,
  type ParamCount,
  type ParamsOf,
  type Spec,
  type StateOf
} from '../../lib/network/index.ts'
import { key } from '../../lib/random/index.ts'
import type { Shape } from '../../lib/shape/index.ts'
import type { Tensor, TypedSlot } from '../../lib/tensor/index.ts'
import { glu } from './glu.ts'
import { tally } from './tally.ts'

describe('the type of a network', () => {
  it('is its input, its output and its layers', () => {
    const net = network(input(28, 28, 1), conv2d({ filters: 16, kernel: 3 }), relu, flatten, dense(10))
    expectTypeOf(net).toEqualTypeOf<
      Network<[28, 28, 1], [10], [Conv2d<16, 3, 1, 'valid', 1>, Activation<'relu'>, Flatten, Dense<10>]>
    >()
    expectTypeOf<InputOf<typeof net>>().toEqualTypeOf<[28, 28, 1]>()
    expectTypeOf<OutputOf<typeof net>>().toEqualTypeOf<[10]>()
  })

  it('is the same from a list and from a pipe', () => {
    const list = network(input(28, 28, 1), conv2d({ filters: 4, kernel: 3 }), relu, maxPool2d(2), flatten, dense(10))
    const piped = pipe(input(28, 28, 1), conv2d({ filters: 4, kernel: 3 }), relu, maxPool2d(2), flatten, dense(10))
    expectTypeOf(piped).toEqualTypeOf(list)
  })

  it('is the same for a network that is continued', () => {
    const whole = network(input(8), dense(4), relu, dense(2))
    expectTypeOf(network(network(input(8), dense(4)), relu, dense(2))).toEqualTypeOf(whole)
    expectTypeOf(pipe(network(input(8), dense(4)), relu, dense(2))).toEqualTypeOf(whole)
    expectTypeOf(compose(network(input(8), dense(4), relu), network(input(4), dense(2)))).toEqualTypeOf(whole)
  })

  it('accepts a known network where an unknown one is asked for, and not the other way round', () => {
    expectTypeOf(network(input(8), dense(3))).toExtend<AnyNetwork>()
    // @ts-expect-error -- of another output
    expectTypeOf(network(input(8), dense(3))).toExtend<Network<[8], [4], readonly Spec[]>>()
    // @ts-expect-error -- a literal is no network: only the constructors make one
    const forged: Network<[8], [3], [Dense<3>]> = { input: [8], layers: [dense(3).spec] }
    return forged
  })
})

describe('shapes', () => {
  it('follow every layer', () => {
    const out = <N>(_: N): OutputOf<N> => undefined as never
    expectTypeOf(out(network(input(32, 32, 3), conv2d({ filters: 8, kernel: [3, 5], stride: 2 })))).toEqualTypeOf<
      [15, 14, 8]
    >()
    expectTypeOf(out(network(input(32, 32, 3), conv2d({ filters: 8, kernel: 3, padding: 'same' })))).toEqualTypeOf<
      [32, 32, 8]
    >()
    expectTypeOf(
      out(network(input(32, 32, 3), conv2d({ filters: 8, kernel: 3, dilation: 2, padding: 2 })))
    ).toEqualTypeOf<[32, 32, 8]>()
    expectTypeOf(out(network(input(32, 32, 3), maxPool2d(2)))).toEqualTypeOf<[16, 16, 3]>()
    expectTypeOf(out(network(input(32, 32, 3), maxPool2d(3, { stride: 2, padding: 1 })))).toEqualTypeOf<[16, 16, 3]>()
    expectTypeOf(out(network(input(32, 32, 3), averagePool2d([2, 4])))).toEqualTypeOf<[16, 8, 3]>()
    expectTypeOf(out(network(input(32, 32, 3), flatten))).toEqualTypeOf<[3072]>()
    expectTypeOf(out(network(input(784), reshape(28, -1, 1)))).toEqualTypeOf<[28, 28, 1]>()
    expectTypeOf(out(network(input(3, 4, 16), overAxes(dense(8), { axes: 2 })))).toEqualTypeOf<[3, 4, 8]>()
    expectTypeOf(
      out(network(input(8), sequential(dense(4), relu), residual(leakyRelu(), dense(4)), dropout(0.5), softmax))
    ).toEqualTypeOf<[4]>()
  })

  it('keep names of sizes that are not known', () => {
    const sequence = network(input('time', 64), residual(dense(128), relu, dense(64)), dense(10))
    expectTypeOf<OutputOf<typeof sequence>>().toEqualTypeOf<['time', 10]>()
    const image = network(input('height', 'width', 3), conv2d({ filters: 8, kernel: 3, padding: 'same' }))
    expectTypeOf<OutputOf<typeof image>>().toEqualTypeOf<['height', 'width', 8]>()
    const flat = network(input('time', 64), flatten)
    expectTypeOf<OutputOf<typeof flat>>().toEqualTypeOf<['time*64']>()
    const heads = network(input('time', 64), reshape(-1, 8, 8))
    expectTypeOf<OutputOf<typeof heads>>().toEqualTypeOf<['time', 8, 8]>()
  })

  it('are left to run time where a size is only a number', () => {
    const size: number = 64
    const open = network(input(size), dense(10))
    expectTypeOf<OutputOf<typeof open>>().toEqualTypeOf<[10]>()
    expectTypeOf<ParamCount<typeof open>>().toEqualTypeOf<number>()
    const many: readonly AnyLayer[] = [dense(3), relu]
    expectTypeOf(network(input(8), ...many)).toExtend<Network<[8], Shape, readonly Spec[]>>()
  })

  it('are known through a spread of a tuple, a block that is generic in a number, and flow', () => {
    const head = [flatten, dense(10)] as const
    const spread = network(input(4, 4), ...head)
    expectTypeOf<OutputOf<typeof spread>>().toEqualTypeOf<[10]>()
    const block = <const C extends number>(filters: C) =>
      sequential(conv2d({ filters, kernel: 3, padding: 'same' }), relu)
    const blocks = network(input(32, 32, 3), block(16), block(32), maxPool2d(2), flatten, dense(10))
    expectTypeOf<OutputOf<typeof blocks>>().toEqualTypeOf<[10]>()
    const flowing = flow(conv2d({ filters: 4, kernel: 3 }), relu)(input(8, 8, 1))
    expectTypeOf<OutputOf<typeof flowing>>().toEqualTypeOf<[6, 6, 4]>()
  })

  it('are known for a function that is generic in a network', () => {
    const withHead = <I extends Shape, O extends Shape, Ls extends readonly Spec[]>(net: Network<I, O, Ls>) =>
      network(net, flatten, dense(10))
    const net = withHead(network(input(4, 4), relu))
    expectTypeOf<OutputOf<typeof net>>().toEqualTypeOf<[10]>()
  })
})

describe('parameters', () => {
  it('are slots by the names of the layers, counted per kind; given names do not count', () => {
    const net = network(input(8), dense(4), relu, named('middle', dense(4)), relu, dense(2, { useBias: false }))
    expectTypeOf<ParamsOf<typeof net>>().toEqualTypeOf<{
      readonly dense_0: { readonly kernel: TypedSlot<[8, 4]>; readonly bias: TypedSlot<[4]> }
      readonly middle: { readonly kernel: TypedSlot<[4, 4]>; readonly bias: TypedSlot<[4]> }
      readonly dense_1: { readonly kernel: TypedSlot<[4, 2]> }
    }>()
  })

  it('nest in blocks, which are counted anew inside and leave no empty records', () => {
    const net = network(input(8), residual(relu), sequential(dense(4), residual(dense(4))), sequential(relu, dense(2)))
    expectTypeOf<ParamsOf<typeof net>>().toEqualTypeOf<{
      readonly sequential_0: {
        readonly dense_0: { readonly kernel: TypedSlot<[8, 4]>; readonly bias: TypedSlot<[4]> }
        readonly residual_0: {
          readonly dense_0: { readonly kernel: TypedSlot<[4, 4]>; readonly bias: TypedSlot<[4]> }
        }
      }
      readonly sequential_1: {
        readonly dense_0: { readonly kernel: TypedSlot<[4, 2]>; readonly bias: TypedSlot<[2]> }
      }
    }>()
    expectTypeOf<keyof StateOf<typeof net>>().toEqualTypeOf<never>()
  })

  it('become tensors of the type the network is made in', () => {
    const net = network(input(28, 28, 1), conv2d({ filters: 4, kernel: [3, 5] }), flatten, dense(10))
    const { params } = init(net)(key(1))
    expectTypeOf(params.conv2d_0.kernel).toEqualTypeOf<Tensor<[3, 5, 1, 4]>>()
    expectTypeOf(params.dense_0.kernel).toEqualTypeOf<Tensor<[2496, 10]>>()
    const double = init(net, { dtype: 'f64' })(key(1))
    expectTypeOf(double.params.dense_0.bias).toEqualTypeOf<Tensor<[10], 'f64'>>()
  })

  it('are counted exactly', () => {
    const mlp = network(input(784), dense(128), relu, dense(10))
    expectTypeOf<ParamCount<typeof mlp>>().toEqualTypeOf<101770>()
    const conv = network(
      input(28, 28, 3),
      conv2d({ filters: 8, kernel: [3, 5], useBias: false }),
      overAxes(dense(4), { axes: 2 })
    )
    expectTypeOf<ParamCount<typeof conv>>().toEqualTypeOf<396>()
  })
})

describe("a user's own layer", () => {
  it('is typed by its own rule', () => {
    const net = network(input(8), dense(64), glu, tally)
    expectTypeOf<OutputOf<typeof net>>().toEqualTypeOf<[32]>()
    expectTypeOf<StateOf<typeof net>>().toEqualTypeOf<{
      readonly tally_0: { readonly batches: TypedSlot<[], 'i32'>; readonly mean: TypedSlot<[32]> }
    }>()
  })

  it('is refused with its own sentence', () => {
    expectTypeOf(glu).toExtend<AnyLayer>()
    // @ts-expect-error -- "glu: the last axis of [63] is odd"
    const list = network(input(8), dense(63), glu)
    return list
  })
})
