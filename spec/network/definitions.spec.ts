import * as Either from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { evaluate as compute } from '../../lib/engine/index.ts'
import { constant } from '../../lib/expr/index.ts'
import {
  apply,
  averagePool2d,
  builtInLayers,
  conv2d,
  countParameters,
  dense,
  dropout,
  elu,
  evaluate,
  flatten,
  hardTanh,
  init,
  input,
  layer,
  leakyRelu,
  maxPool2d,
  named,
  network,
  overAxes,
  relu,
  reshape,
  residual,
  sequential,
  show,
  summary,
  type AnyLayer
} from '../../lib/network/index.ts'
import { ownKinds } from '../../lib/network/names.ts'
import { key } from '../../lib/random/index.ts'
import { tensor, toArray } from '../../lib/tensor/index.ts'
import { glu, gluDefinition } from './glu.ts'
import { tally } from './tally.ts'

describe('the definitions of the library', () => {
  it('are the kinds whose automatic names are reserved, each once', () => {
    expect(builtInLayers.map(({ tag }) => tag)).toEqual(ownKinds)
  })

  it('say of every layer what it keeps', () => {
    builtInLayers.forEach(({ documentation }) => expect(documentation).toMatch(/Parameters/))
  })

  const samples: readonly AnyLayer[] = [
    dense(3),
    conv2d({ filters: 2, kernel: 3 }),
    maxPool2d([2, 3], { padding: 'same' }),
    averagePool2d(2, { stride: 1, countPadding: false }),
    relu,
    leakyRelu(0.2),
    elu(0.5),
    hardTanh(-2, 2),
    flatten,
    reshape(2, -1),
    dropout(0.1),
    named('x', relu),
    sequential(dense(2), relu),
    residual(relu),
    overAxes(dense(2), { axes: 1 })
  ]

  it('have a text that is the program which makes the layer', () => {
    const texts = samples.map(({ spec }) =>
      builtInLayers.find(({ tag }) => tag === spec.tag)?.label(spec, new Map(builtInLayers.map((d) => [d.tag, d])))
    )
    expect(texts).toEqual([
      'dense(3)',
      'conv2d({ filters: 2, kernel: 3 })',
      "maxPool2d([2, 3], { padding: 'same' })",
      'averagePool2d(2, { stride: 1, countPadding: false })',
      'relu',
      'leakyRelu(0.2)',
      'elu(0.5)',
      'hardTanh(-2, 2)',
      'flatten',
      'reshape(2, -1)',
      'dropout(0.1)',
      "named('x', relu)",
      'sequential(dense(2), relu)',
      'residual(relu)',
      'overAxes(dense(2), { axes: 1 })'
    ])
  })
})

describe("a user's own layer", () => {
  it('is computed, counted and written like any other', () => {
    const net = network(input(2), dense(4), glu)
    const [y] = apply(net)(
      {
        dense_0: {
          kernel: constant(
            tensor([
              [1, 0, 0, 0],
              [0, 1, 0, 0]
            ])
          ),
          bias: constant(tensor([0, 0, 0, 0]))
        }
      },
      {},
      constant(tensor([[3, -5]])),
      evaluate
    )
    expect(toArray(compute(y))).toEqual([[1.5, -2.5]])
    expect(countParameters(net)).toBe(12)
    expect(show(net)).toBe('network(input(2), dense(4), glu)')
  })

  it('works inside of the layers that hold layers', () => {
    const net = network(input(3, 4), overAxes(sequential(named('gate', residual(dense(4))), glu), { axes: 1 }))
    expect(init(net)(key(1)).params.overAxes_0.gate.dense_0.kernel.shape).toEqual([4, 4])
  })

  it('is refused with its own sentence at run time', () => {
    const odd: number = 63
    expect(() => network(input(8), dense(odd), glu)).toThrow('glu: the last axis of [63] is odd')
    expect(Either.isLeft(gluDefinition.rule(glu.spec, [3, 5], new Map()))).toBe(true)
  })

  it('needs a definition of its own kind', () => {
    expect(() => layer(gluDefinition, dense(3).spec)).toThrow(
      "layer: the definition is of 'glu', the description of 'dense'"
    )
  })
})

describe('layers made of nonsense', () => {
  const size = (n: number): number => n
  it('are refused where they meet a shape that the compiler does not know', () => {
    expect(() => network(input(8), dense(size(0)))).toThrow('dense: expected a positive whole number of units, got 0')
    expect(() => network(input(8), dense(size(NaN)))).toThrow(
      'dense: expected a positive whole number of units, got NaN'
    )
    expect(() => network(input(8), dropout(size(-0.1)))).toThrow(
      'dropout: the rate has to be from 0 up to, but not including, 1, got -0.1'
    )
    expect(() => network(input(8), dropout(size(NaN)))).toThrow('got NaN')
    expect(() => network(input(size(8)), reshape(size(3), 3))).toThrow('reshape: [8] has 8 elements, [3, 3] has 9')
    expect(() => network(input(8), hardTanh(1, -1))).toThrow('hardTanh: low has to be less than high, got 1 and -1')
    expect(() => leakyRelu(Infinity)).toThrow('leakyRelu: the slope has to be a finite number, got Infinity')
    expect(() => elu(NaN)).toThrow('elu: the alpha has to be a finite number, got NaN')
  })

  it('are refused as inputs and as layers', () => {
    expect(() => input(0)).toThrow('input: expected positive whole sizes or names, got 0')
    expect(() => input(2.5)).toThrow('input: expected positive whole sizes or names, got 2.5')
    expect(() => input('')).toThrow("input: expected positive whole sizes or names, got ''")
    expect(() => input('12')).toThrow("input: expected positive whole sizes or names, got '12'")
    const anything = JSON.parse('[42]') as readonly AnyLayer[]
    expect(() => network(input(8), ...anything)).toThrow(
      'network: expected a layer such as dense(10) or relu, got a number'
    )
  })
})

describe('layers and networks', () => {
  it('cannot be changed, not even through an array that was given', () => {
    const kernel: [number, number] = [3, 3]
    const conv = conv2d({ filters: 2, kernel })
    kernel[0] = 8
    const net = network(input(8, 8, 1), conv)
    expect(show(net)).toBe('network(input(8, 8, 1), conv2d({ filters: 2, kernel: [3, 3] }))')
    expect(Object.isFrozen(net) && Object.isFrozen(net.layers) && Object.isFrozen(net.layers[0].kernel)).toBe(true)
    expect(Object.isFrozen(conv) && Object.isFrozen(conv.spec)).toBe(true)
  })

  it('are told from each other', () => {
    expect(() => network(dense(3) as never, relu)).toThrow(
      'network: expected an input or a network in the first place; begin with input(...)'
    )
    expect(() => dense(3)(relu as never)).toThrow(
      'dense: expected a network, got something else; begin with input(...)'
    )
  })
})

describe('summary', () => {
  it('is a table of names, layers, shapes and parameters with totals', () => {
    const net = network(
      input(28, 28, 1),
      named('stem', conv2d({ filters: 8, kernel: 5 })),
      relu,
      maxPool2d(2),
      flatten,
      dense(128),
      relu,
      dense(10)
    )
    expect(summary(net)).toMatchInlineSnapshot(`
      "name          layer                              output       parameters
      ------------------------------------------------------------------------
                    input(28, 28, 1)                   [28, 28, 1]           0
      stem          conv2d({ filters: 8, kernel: 5 })  [24, 24, 8]         208
      activation_0  relu                               [24, 24, 8]           0
      maxPool2d_0   maxPool2d(2)                       [12, 12, 8]           0
      flatten_0     flatten                            [1152]                0
      dense_0       dense(128)                         [128]           147,584
      activation_1  relu                               [128]                 0
      dense_1       dense(10)                          [10]              1,290
      ------------------------------------------------------------------------
      total         7 layers                           [10]            149,082"
    `)
  })

  it('counts state beside the parameters', () => {
    expect(
      summary(network(input(3), tally))
        .split('\n')
        .at(-1)
    ).toBe('state: 4 numbers')
  })
})
