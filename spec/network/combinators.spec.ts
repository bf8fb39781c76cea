import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  compose,
  dense,
  init,
  input,
  layersOf,
  named,
  network,
  outputShape,
  overAxes,
  relu,
  residual,
  sequential,
  type AnyNetwork
} from '../../lib/network/index.ts'
import { key } from '../../lib/random/index.ts'
import { equals as sameTensor, fromArray, toFlatArray, type AnyTensor } from '../../lib/tensor/index.ts'
import { arbitraryNetwork, keeping, namedLayer } from '../arbitrary/network.ts'
import { examples, forward } from './forward.ts'
import { glu } from './glu.ts'

type Branch = Readonly<Record<string, unknown>>
const paramsOf = (net: AnyNetwork, seed = 1): Branch => init(net)(key(seed)).params
const same = (a: AnyTensor, b: AnyTensor): void => expect(sameTensor(a, b)).toBe(true)
const output = (net: AnyNetwork, params: Branch, x: AnyTensor) => forward(net, { params, state: {} }, x)
const block = (net: AnyNetwork): AnyNetwork => network(input(...net.input), sequential(...layersOf(net)))

describe('sequential', () => {
  it('is the same function as its layers, its parameters one level down', () => {
    fc.assert(
      fc.property(arbitraryNetwork({ maxLength: 4 }), (net) => {
        const params = paramsOf(net)
        const nested = Object.keys(params).length === 0 ? {} : { sequential_0: params }
        same(output(block(net), nested, examples(net, 2)), output(net, params, examples(net, 2)))
      }),
      { numRuns: 30 }
    )
  })

  it('of nothing is the identity', () => {
    const net = network(input(3), sequential())
    const x = examples(net, 2)
    same(output(net, {}, x), x)
  })

  it('is associative up to the names of parameters', () => {
    const [a, b, c] = [dense(3), dense(4), dense(5)]
    const x = examples(network(input(2)), 3)
    const { dense_0, dense_1, dense_2 } = init(network(input(2), a, b, c))(key(1)).params
    const flat = output(network(input(2), a, b, c), { dense_0, dense_1, dense_2 }, x)
    const left = { sequential_0: { sequential_0: { dense_0, dense_1 }, dense_0: dense_2 } }
    same(output(network(input(2), sequential(sequential(a, b), c)), left, x), flat)
    const right = { sequential_0: { dense_0, sequential_0: { dense_0: dense_1, dense_1: dense_2 } } }
    same(output(network(input(2), sequential(a, sequential(b, c))), right, x), flat)
  })
})

describe('residual', () => {
  it('adds its input to what its layers give', () => {
    fc.assert(
      fc.property(arbitraryNetwork({ maxLength: 3 }), (net) => {
        const sizes = outputShape(net).map(Number)
        const body = network(input(...sizes), keeping(sizes), relu)
        const x = examples(body, 2)
        const params = paramsOf(body)
        const y = toFlatArray(output(body, params, x))
        const sum = toFlatArray(x).map((value, i) => Math.fround(value + (y[i] ?? NaN)))
        const around = network(input(...sizes), residual(...layersOf(body)))
        expect(toFlatArray(output(around, { residual_0: params }, x))).toEqual(sum)
      }),
      { numRuns: 20 }
    )
  })
})

describe('named', () => {
  it('changes the name of the parameters and nothing else', () => {
    const net = network(input(4), dense(3))
    const { dense_0 } = init(net)(key(1)).params
    const x = examples(net, 2)
    same(output(network(input(4), named('mine', dense(3))), { mine: dense_0 }, x), output(net, { dense_0 }, x))
  })

  it('refuses names that would lose their place, that are taken, or that unnamed layers have', () => {
    const net = network(input(4), dense(3))
    expect(() => network(net, namedLayer('12', relu))).toThrow("named: a name has to be a word, got '12'")
    expect(() => network(net, namedLayer('', relu))).toThrow("named: a name has to be a word, got ''")
    expect(() => network(net, namedLayer('dense_4', relu))).toThrow("named: 'dense_4' is how unnamed layers are called")
    expect(() => network(net, namedLayer('a', relu), namedLayer('a', relu))).toThrow("there is already a layer 'a'")
    expect(() => network(net, sequential(namedLayer('a', relu), namedLayer('a', relu)))).toThrow(
      "sequential > named: there is already a layer 'a'"
    )
    expect(() => network(net, namedLayer('a', relu), sequential(namedLayer('a', relu)))).not.toThrow()
  })

  it('refuses an automatic name also when the layers of that kind come later', () => {
    const early = network(input(4), namedLayer('glu_0', relu))
    expect(() => network(early, glu)).toThrow("named: 'glu_0' is how unnamed layers are called")
    expect(() => network(input(4), namedLayer('dense_0', relu))).toThrow(
      "named: 'dense_0' is how unnamed layers are called"
    )
  })
})

describe('overAxes', () => {
  it('is the layer on every place of the leading axes', () => {
    const inner = network(input(5), dense(3))
    const { dense_0 } = init(inner)(key(1)).params
    const net = network(input(2, 4, 5), overAxes(dense(3), { axes: 2 }))
    const x = examples(net, 3)
    const flat = output(inner, { dense_0 }, fromArray(toFlatArray(x), [24, 5]))
    const y = output(net, { overAxes_0: dense_0 }, x)
    expect(y.shape).toEqual([3, 2, 4, 3])
    expect(toFlatArray(y)).toEqual(toFlatArray(flat))
  })
})

describe('compose', () => {
  it('is one network after the other, its layers counted on', () => {
    const [first, second] = [network(input(4), dense(3), relu), network(input(3), dense(2))]
    const both = compose(first, second)
    const a = init(first)(key(1)).params.dense_0
    const b = init(second)(key(2)).params.dense_0
    const x = examples(first, 2)
    same(output(both, { dense_0: a, dense_1: b }, x), output(second, { dense_0: b }, output(first, { dense_0: a }, x)))
  })

  it('has the input alone as its unit and is associative', () => {
    const [f, g, h] = [network(input(4), dense(3)), network(input(3), relu), network(input(3), dense(2))]
    expect(compose(input(4), f).layers).toEqual(f.layers)
    expect(compose(f, input(3)).layers).toEqual(f.layers)
    expect(compose(compose(f, g), h).layers).toEqual(compose(f, compose(g, h)).layers)
  })

  it('refuses shapes that do not meet', () => {
    const [f, g]: readonly [AnyNetwork, AnyNetwork] = [network(input(4), dense(3)), network(input(5), dense(2))]
    expect(() => compose(f, g)).toThrow('compose: the first gives [3], the second takes [5]')
  })
})
