/**
 * The layers that the benchmarks bring themselves, against PyTorch: outputs and gradients of spec/golden/torch/layers.json.
 */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { evaluate as compute } from 'gradfold/engine'
import { constant, type Expr } from 'gradfold/expr'
import { dense, evaluate, gelu, input, network, residual, type AnyNetwork } from 'gradfold/network'
import type { Shape, Sizes } from 'gradfold/shape'
import { fromArray, toFlatArray, type Tensor } from 'gradfold/tensor'
import { vjp } from 'gradfold/transform'
import { applyUntyped } from '../../lib/network/internal.ts'
import { layerNorm } from './layers/layer-norm.ts'
import { lstm, recurrence } from './layers/lstm.ts'
import { selfAttention } from './layers/self-attention.ts'

interface Numbers {
  readonly shape: Sizes
  readonly data: readonly number[]
}
type Named = Readonly<Record<string, Numbers>>
interface Golden {
  readonly name: string
  readonly inputs: Named
  readonly params: Named
  readonly outputs: Named
  readonly upstream: Named
  readonly grads: Named
}

const file = new URL('../golden/torch/layers.json', import.meta.url)
const { cases } = JSON.parse(readFileSync(file, 'utf8')) as { readonly cases: readonly Golden[] }
const golden = (name: string): Golden => cases.find((one) => one.name === name)!

/** A matrix of PyTorch has its outputs first, ours last. */
const turned = ({ shape, data }: Numbers): Numbers => {
  const [rows = 0, columns = 0] = shape
  return {
    shape: [columns, rows],
    data: Array.from({ length: rows * columns }, (_, i) => data[(i % rows) * columns + Math.floor(i / rows)]!)
  }
}

const lift = ({ shape, data }: Numbers): Expr<Shape> => constant(fromArray(data, shape))

const compare = (actual: Tensor<Shape>, expected: Numbers, relative: number, absolute: number): void => {
  expect(actual.shape).toEqual(expected.shape)
  expect(expected.data.length).toBeGreaterThan(0)
  toFlatArray(actual).forEach((r, i) => {
    const g = expected.data[i]!
    if (!(Math.abs(r - g) <= absolute + relative * Math.abs(g)))
      throw new Error(`element ${i}: got ${r}, expected ${g}`)
  })
}
const compareOutput = (actual: Expr<Shape>, expected: Numbers): void => {
  compare(compute(actual), expected, 1e-5, 1e-6)
}
const compareGradient = (actual: Expr<Shape>, expected: Numbers): void => {
  compare(compute(actual), expected, 1e-4, 1e-5)
}

describe('long short-term memory', () => {
  const { inputs, params, outputs, upstream, grads } = golden('lstm')
  const sum = (a: Numbers, b: Numbers): Numbers => ({ shape: a.shape, data: a.data.map((x, i) => x + b.data[i]!) })
  const weights = {
    kernel: lift(turned(params['weight_ih_l0']!)),
    recurrent: lift(turned(params['weight_hh_l0']!)),
    // PyTorch has two biases, of which only the sum matters
    bias: lift(sum(params['bias_ih_l0']!, params['bias_hh_l0']!))
  }
  /** PyTorch has one more axis in front, of layers. */
  const unstacked = ({ shape, data }: Numbers): Numbers => ({ shape: shape.slice(1), data })

  it('has the outputs, the last state and the gradients of PyTorch', () => {
    const [result, pullBack] = vjp((tree: { readonly x: Expr<Shape>; readonly weights: typeof weights }) => {
      const [{ h, c }, y] = recurrence(tree.weights, tree.x)
      return { h, c, y }
    })({ x: lift(inputs['x']!), weights })
    compareOutput(result.y, outputs['y']!)
    compareOutput(result.h, unstacked(outputs['hn']!))
    compareOutput(result.c, unstacked(outputs['cn']!))
    const [gradient] = pullBack({
      h: lift(unstacked(upstream['hn']!)),
      c: lift(unstacked(upstream['cn']!)),
      y: lift(upstream['y']!)
    })
    compareGradient(gradient.x, grads['x']!)
    compareGradient(gradient.weights.kernel, turned(grads['weight_ih_l0']!))
    compareGradient(gradient.weights.recurrent, turned(grads['weight_hh_l0']!))
    compareGradient(gradient.weights.bias, grads['bias_ih_l0']!)
  })

  it('is a layer that gives all outputs', () => {
    const net = network(input(5, 2), lstm(3))
    compareOutput(applyUntyped(net)({ lstm_0: weights }, {}, lift(inputs['x']!), evaluate)[0], outputs['y']!)
  })

  it('refuses what is no sequence', () => {
    expect(() => network(input(5), ...([lstm(3)] as unknown as []))).toThrow(
      'lstm(3): expected a sequence [time, n], got [5]'
    )
  })
})

/** Output and gradients of a network for given parameters. */
const pulled = (net: AnyNetwork, params: Parameters<ReturnType<typeof applyUntyped>>[0], one: Golden) => {
  const [y, pullBack] = vjp(
    (tree: { readonly x: Expr<Shape>; readonly params: typeof params }) =>
      applyUntyped(net)(tree.params, {}, tree.x, evaluate)[0]
  )({ x: lift(one.inputs['x']!), params })
  const [gradient] = pullBack(lift(one.upstream['y']!))
  return { y, gradient }
}

describe('layer normalisation', () => {
  it.each(['layernorm', 'layernorm-3d'])('has the output and the gradients of PyTorch: %s', (name) => {
    const one = golden(name)
    const net = network(input(...one.inputs['x']!.shape.slice(1)), layerNorm)
    const params = { layerNorm_0: { scale: lift(one.params['weight']!), shift: lift(one.params['bias']!) } }
    const { y, gradient } = pulled(net, params, one)
    compareOutput(y, one.outputs['y']!)
    compareGradient(gradient.x, one.grads['x']!)
    const { scale, shift } = (gradient.params as typeof params).layerNorm_0
    compareGradient(scale, one.grads['weight']!)
    compareGradient(shift, one.grads['bias']!)
  })
})

describe('the transformer block', () => {
  it('has the output and the gradients of PyTorch', () => {
    const one = golden('encoder-prenorm-gelu')
    const net = network(
      input(3, 4),
      residual(layerNorm, selfAttention(2)),
      residual(layerNorm, dense(6), gelu, dense(4))
    )
    const ours = (values: Named) => ({
      residual_0: {
        layerNorm_0: { scale: values['norm1.weight']!, shift: values['norm1.bias']! },
        selfAttention_0: {
          kernel: turned(values['self_attn.in_proj_weight']!),
          bias: values['self_attn.in_proj_bias']!,
          outKernel: turned(values['self_attn.out_proj.weight']!),
          outBias: values['self_attn.out_proj.bias']!
        }
      },
      residual_1: {
        layerNorm_0: { scale: values['norm2.weight']!, shift: values['norm2.bias']! },
        dense_0: { kernel: turned(values['linear1.weight']!), bias: values['linear1.bias']! },
        dense_1: { kernel: turned(values['linear2.weight']!), bias: values['linear2.bias']! }
      }
    })
    type Layers<A> = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, A>>>>>>
    const mapped = <A, B>(tree: Layers<A>, f: (a: A) => B): Layers<B> =>
      Object.fromEntries(
        Object.entries(tree).map(([outer, layers]) => [
          outer,
          Object.fromEntries(
            Object.entries(layers).map(([inner, leaves]) => [
              inner,
              Object.fromEntries(Object.entries(leaves).map(([name, leaf]) => [name, f(leaf)]))
            ])
          )
        ])
      )
    const { y, gradient } = pulled(net, mapped(ours(one.params), lift), one)
    compareOutput(y, one.outputs['y']!)
    compareGradient(gradient.x, one.grads['x']!)
    const found = gradient.params as Layers<Expr<Shape>>
    for (const [outer, layers] of Object.entries<Layers<Numbers>[string]>(ours(one.grads)))
      for (const [inner, leaves] of Object.entries(layers))
        for (const [name, expected] of Object.entries(leaves)) compareGradient(found[outer]![inner]![name]!, expected)
  })

  it('refuses heads that cannot share the axis', () => {
    expect(() => network(input(3, 4), selfAttention(3))).toThrow(
      'selfAttention(3): the last axis of [3, 4] cannot be shared by 3 heads'
    )
  })
})
