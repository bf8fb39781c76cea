import * as Either from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import {
  activation,
  builtInLayers,
  conv2d,
  decode,
  dense,
  dropout,
  encode,
  equals,
  Eq,
  hardTanh,
  hash,
  input,
  named,
  network,
  outputShape,
  relu,
  residual,
  show,
  type AnyNetwork
} from '../../lib/network/index.ts'
import { heNormal } from '../../lib/random/index.ts'
import { glu, gluDefinition } from './glu.ts'

const problems = (u: unknown, definitions = builtInLayers): readonly string[] => {
  const result = decode(definitions)(u)
  return Either.isLeft(result) ? result.left : []
}
const read = (u: unknown, definitions = builtInLayers): AnyNetwork => {
  const result = decode(definitions)(u)
  if (Either.isLeft(result)) throw new Error(result.left.join('\n'))
  return result.right
}

describe('encode', () => {
  it('writes every setting out', () => {
    expect(encode(network(input('time', 8), dense(4), relu))).toEqual({
      input: ['time', 8],
      layers: [
        {
          tag: 'dense',
          units: 4,
          useBias: true,
          kernelInitialiser: { tag: 'varianceScaling', scale: 1, mode: 'fanAverage', distribution: 'uniform' },
          biasInitialiser: { tag: 'zeros' }
        },
        { tag: 'activation', fn: 'relu' }
      ]
    })
  })

  it('keeps the sign of zero, through JSON text as well', () => {
    const [net, other] = [network(input(2), hardTanh(-0, 1)), network(input(2), hardTanh(0, 1))]
    expect(read(JSON.parse(JSON.stringify(encode(net)))).layers).toStrictEqual(net.layers)
    expect(equals(net, other)).toBe(false)
    expect(hash(net)).not.toBe(hash(other))
  })

  it('keeps names, pairs, words and initialisers', () => {
    const net = network(
      input(9, 9, 2),
      named('stem', conv2d({ filters: 4, kernel: [3, 2], padding: 'same', kernelInitialiser: heNormal() })),
      residual(conv2d({ filters: 4, kernel: 3, padding: 1, useBias: false }), activation('silu')),
      dropout(0.25)
    )
    expect(equals(read(encode(net)), net)).toBe(true)
    expect(show(read(encode(net)))).toBe(
      "network(input(9, 9, 2), named('stem', conv2d({ filters: 4, kernel: [3, 2], padding: 'same' })), " +
        'residual(conv2d({ filters: 4, kernel: 3, padding: 1, useBias: false }), silu), dropout(0.25))'
    )
  })
})

describe('decode', () => {
  it('fills in what is left out', () => {
    const net = read({
      input: [28, 28, 1],
      layers: [
        { tag: 'conv2d', filters: 8, kernel: 5 },
        { tag: 'maxPool2d', window: 2, stride: 2 },
        { tag: 'flatten' },
        { tag: 'dense', units: 10 }
      ]
    })
    expect(outputShape(net)).toEqual([10])
    expect(hash(net)).toBe(hash(read(encode(net))))
  })

  it('collects all problems, each with its place', () => {
    expect(
      problems({
        input: [28, true],
        layers: [
          { tag: 'dens', units: 3 },
          { tag: 'dense', unit: 3 },
          { tag: 'dense', units: '3' },
          { tag: 'sequential', layers: [{ tag: 'dropout', rate: Number.NaN }] },
          { units: 3 },
          { tag: 'dense', units: 3, kernelInitialiser: { tag: 'zeross' } }
        ],
        layer: []
      })
    ).toEqual([
      "network: there is no option 'layer'; did you mean 'layers'?",
      'network: input[1] has to be a size or a name, got true',
      "network: layers[0]: there is no layer 'dens'; did you mean 'dense'?",
      "network: layers[1]: there is no option 'unit' in dense; did you mean 'units'?",
      'network: layers[1].units has to be a positive whole number, got nothing',
      "network: layers[2].units has to be a positive whole number, got '3'",
      'network: layers[3].layers[0].rate has to be a number from 0 up to, but not including, 1, got NaN',
      "network: layers[4] has to be a layer: a record with a tag such as 'dense', got { units: 3 }",
      "network: layers[5].kernelInitialiser: there is no initialiser 'zeross'; did you mean 'zeros'?"
    ])
  })

  it('checks the network by the rules and sentences of one that is written in code', () => {
    expect(problems({ input: [28, 28, 1], layers: [{ tag: 'dense', units: 10 }] })).toEqual([
      'dense(10): expected a vector [n] or a sequence [time, n], got [28, 28, 1]; insert flatten'
    ])
    expect(problems({ input: [0], layers: [] })).toEqual(['input: expected positive whole sizes or names, got 0'])
    const layer = { tag: 'activation', fn: 'relu' }
    const twice = [
      { tag: 'named', name: 'a', layer },
      { tag: 'named', name: 'a', layer }
    ]
    expect(problems({ input: [3], layers: twice })).toEqual([
      "named: there is already a layer 'a'; choose another name"
    ])
    expect(problems({ input: [3], layers: [{ tag: 'named', name: '7', layer }] })).toEqual([
      "named: a name has to be a word, got '7'; an integer would lose its place among the keys"
    ])
  })

  it('finds settings that are out of their range with all other problems, each with its place', () => {
    expect(
      problems({
        input: [8],
        layers: [
          { tag: 'dense', units: 0 },
          { tag: 'dropout', rate: 1 },
          { tag: 'overAxes', layer: { tag: 'dense', units: 2.5 }, axes: -1 },
          {
            tag: 'conv2d',
            filters: 4,
            kernel: [3],
            padding: 'vlaid',
            kernelInitialiser: { tag: 'constant', valeu: 1 }
          },
          { tag: 'activation', fn: 'rleu', function: 'relu' }
        ]
      })
    ).toEqual([
      'network: layers[0].units has to be a positive whole number, got 0',
      'network: layers[1].rate has to be a number from 0 up to, but not including, 1, got 1',
      'network: layers[2].layer.units has to be a positive whole number, got 2.5',
      'network: layers[2].axes has to be a positive whole number, got -1',
      'network: layers[3].kernel has to be a number or [height, width], got [3]',
      "network: layers[3].padding has to be 'valid', 'same', a number, or [height, width] of these, got 'vlaid'",
      "network: layers[3].kernelInitialiser: there is no option 'valeu' in constant; did you mean 'value'?",
      'network: layers[3].kernelInitialiser.value has to be a finite number, got nothing',
      "network: layers[4]: there is no option 'function' in activation; known are fn",
      expect.stringMatching(
        /^network: layers\[4\]\.fn has to be 'identity', .*'relu', .* or '\w+', got 'rleu'; did you mean 'relu'\?$/
      )
    ])
  })

  it('refuses layers that are nested too deep, before it goes after them', () => {
    const nested = (depth: number): unknown =>
      Array.from({ length: depth }).reduce<unknown>((inner) => ({ tag: 'sequential', layers: [inner] }), {
        tag: 'flatten'
      })
    const at = (depth: number): unknown => ({ input: [2], layers: [nested(depth)] })
    expect(read(at(100)).layers.length).toBe(1)
    expect(problems(at(100_000))).toEqual([
      'network: layers are nested more than 127 deep, which no network needs; is it the right file?'
    ])
    const round: { input: readonly number[]; layers: unknown[] } = { input: [2], layers: [] }
    round.layers.push({ tag: 'sequential', layers: round.layers })
    expect(problems(round)).toHaveLength(1)
  })

  it('refuses what is no network at all', () => {
    expect(problems(null)).toEqual(['network has to be a record { input, layers }, got null'])
    expect(problems([])).toEqual(['network has to be a record { input, layers }, got []'])
    expect(problems({ input: [1], layers: {} })).toEqual([
      'network: layers has to be a list, each item a layer, got {}'
    ])
    expect(problems(JSON.parse('{"input":[1],"layers":[{"tag":"__proto__"}]}'))).toEqual([
      expect.stringContaining("layers[0]: there is no layer '__proto__'")
    ])
  })

  it("knows a user's own layer when it is told of it", () => {
    const net = network(input(8), dense(6), glu)
    expect(equals(read(encode(net), [...builtInLayers, gluDefinition]), net)).toBe(true)
    expect(problems(encode(net))).toEqual([expect.stringContaining("layers[1]: there is no layer 'glu'")])
  })

  it('gives a network that can be continued', () => {
    const net = read(encode(network(input(8), dense(6))))
    expect(outputShape(network(net, relu, dense(2)))).toEqual([2])
    expect(() => network(net, conv2d({ filters: 1, kernel: 1 }))).toThrow(
      'conv2d(1x1): expected [height, width, channels], got [6]'
    )
  })
})

describe('equality and hash', () => {
  const net = network(input(784), dense(128), relu, dense(10))

  it('see every setting and the order of layers', () => {
    const others: readonly AnyNetwork[] = [
      network(input(785), dense(128), relu, dense(10)),
      network(input(784), dense(128), dense(10), relu),
      network(input(784), dense(128, { useBias: false }), relu, dense(10)),
      network(input(784), dense(128, { kernelInitialiser: heNormal() }), relu, dense(10)),
      network(input(784), named('a', dense(128)), relu, dense(10))
    ]
    const again = network(network(input(784), dense(128)), relu, dense(10))
    expect(Eq.equals(net, again)).toBe(true)
    others.forEach((other) => expect(equals(net, other)).toBe(false))
    expect(new Set([net, ...others].map(hash)).size).toBe(6)
  })

  it('stay what they are', () => {
    expect(hash(net)).toBe('8eb39a53058016857f95de0162e5b3440a2a7945e56b68a4ceefc13a8e417c6c')
  })
})
