/**
 * Layers against PyTorch: outputs and gradients of spec/golden/torch/layers.json, float32, with the tolerances given there.
 */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { evaluate as compute } from '../../lib/engine/index.ts'
import { constant, type Expr } from '../../lib/expr/index.ts'
import {
  activation,
  averagePool2d,
  conv2d,
  dense,
  elu,
  evaluate,
  hardTanh,
  input,
  leakyRelu,
  maxPool2d,
  network,
  type AnyLayer
} from '../../lib/network/index.ts'
import { applyUntyped } from '../../lib/network/internal.ts'
import type { Shape, Sizes } from '../../lib/shape/index.ts'
import { fromArray, toFlatArray, type Tensor } from '../../lib/tensor/index.ts'
import { vjp } from '../../lib/transform/index.ts'

interface Numbers {
  readonly shape: Sizes
  readonly data: readonly number[]
}
type Setting = number | readonly [number, number]
interface Hyper {
  readonly fn?: string
  readonly slope?: number
  readonly alpha?: number
  readonly min?: number
  readonly max?: number
  readonly approximate?: string
  readonly axis?: number
  readonly beta?: number
  readonly out?: number
  readonly kernel?: Setting
  readonly stride?: Setting
  readonly padding?: Setting | 'same'
  readonly dilation?: Setting
  readonly groups?: number
  readonly bias?: boolean
  readonly ceil?: boolean
  readonly countIncludePad?: boolean
}
interface Case {
  readonly name: string
  readonly layer: string
  readonly hyper: Hyper
  readonly inputs: { readonly x: Numbers }
  readonly params?: { readonly weight: Numbers; readonly bias?: Numbers }
  readonly outputs: { readonly y: Numbers }
  readonly upstream: { readonly y: Numbers }
  readonly grads: { readonly x: Numbers; readonly weight?: Numbers; readonly bias?: Numbers }
  readonly kinks?: readonly number[]
}

const file = new URL('../golden/torch/layers.json', import.meta.url)
const { cases } = JSON.parse(readFileSync(file, 'utf8')) as { readonly cases: readonly Case[] }

// layouts: ours are [batch, height, width, channels] and kernels with their outputs last

const size = (shape: Sizes): number => shape.reduce((product, n) => product * n, 1)

/** The axes in another order: axis i of the result is axis order[i] of the operand. */
const permuted = ({ shape, data }: Numbers, order: Sizes): Numbers => {
  const strides = shape.map((_, axis) => size(shape.slice(axis + 1)))
  const target = order.map((axis) => shape[axis] ?? 1)
  const steps = target.map((_, axis) => size(target.slice(axis + 1)))
  const at = (i: number): number =>
    order.reduce((sum, axis, k) => sum + (Math.floor(i / (steps[k] ?? 1)) % (target[k] ?? 1)) * (strides[axis] ?? 1), 0)
  return { shape: target, data: data.map((_, i) => data[at(i)] ?? NaN) }
}

const isImage = (layer: string): boolean => layer.endsWith('2d')
const ours = (layer: string, x: Numbers): Numbers =>
  isImage(layer)
    ? permuted(x, [0, 2, 3, 1])
    : layer === 'Activation' && x.shape.length === 1
      ? { shape: [1, ...x.shape], data: x.data }
      : x
const kernelOf = (layer: string, weight: Numbers): Numbers =>
  layer === 'Conv2d' ? permuted(weight, [2, 3, 1, 0]) : permuted(weight, [1, 0])

// layers

const torchNames: Readonly<Record<string, Parameters<typeof activation>[0]>> = {
  identity: 'identity',
  sigmoid: 'sigmoid',
  tanh: 'tanh',
  relu: 'relu',
  selu: 'selu',
  silu: 'silu',
  softmax: 'softmax',
  log_softmax: 'logSoftmax'
}

const activationFor = (hyper: Hyper): AnyLayer | undefined => {
  const { fn = '', slope = 0.01, alpha = 1, min = -1, max = 1, approximate, axis = -1, beta = 1 } = hyper
  if (axis !== -1) return undefined
  if (fn === 'leaky_relu') return leakyRelu(slope)
  if (fn === 'elu') return elu(alpha)
  if (fn === 'hardtanh') return hardTanh(min, max)
  if (fn === 'gelu') return activation(approximate === 'tanh' ? 'geluTanh' : 'gelu')
  if (fn === 'softplus') return beta === 1 ? activation('softplus') : undefined
  const name = torchNames[fn]
  return name === undefined ? undefined : activation(name)
}

const layerFor = ({ layer, hyper }: Case): AnyLayer | undefined => {
  const { out = 1, kernel = 1, stride = 1, padding = 0, dilation = 1, bias = true, groups = 1, ceil = false } = hyper
  switch (layer) {
    case 'Linear':
      return dense(out, { useBias: bias })
    case 'Conv2d':
      return groups === 1 ? conv2d({ filters: out, kernel, stride, padding, dilation, useBias: bias }) : undefined
    case 'MaxPool2d':
      return ceil ? undefined : maxPool2d(kernel, { stride, padding, dilation })
    case 'AvgPool2d':
      return ceil ? undefined : averagePool2d(kernel, { stride, padding, countPadding: hyper.countIncludePad ?? true })
    case 'Activation':
      return activationFor(hyper)
    default:
      return undefined
  }
}

// comparison

const lift = ({ shape, data }: Numbers): Expr<Shape> => constant(fromArray(data, shape))

const compare = (
  actual: Tensor<Shape>,
  expected: Numbers,
  relative: number,
  absolute: number,
  leaveOut: readonly boolean[] = []
): void => {
  expect(actual.shape).toEqual(expected.shape)
  toFlatArray(actual).forEach((r, i) => {
    const g = expected.data[i] ?? NaN
    if (leaveOut[i] !== true && !(Math.abs(r - g) <= absolute + relative * Math.abs(g)))
      throw new Error(`element ${i}: got ${r}, expected ${g}`)
  })
}

const covered = cases.flatMap((one) => {
  const layer = layerFor(one)
  return layer === undefined ? [] : [{ one, layer }]
})

describe('the golden cases of PyTorch', () => {
  it('cover every layer that both have', () => {
    expect(
      covered.map(({ one }) => one.layer).reduce<Record<string, number>>((n, k) => ({ ...n, [k]: (n[k] ?? 0) + 1 }), {})
    ).toEqual({
      Linear: 4,
      Conv2d: 10,
      MaxPool2d: 5,
      AvgPool2d: 4,
      Activation: 19
    })
  })

  it.each(covered.map(({ one, layer }) => [one.name, one, layer] as const))(
    '%s: output and gradients',
    (_, one, layer) => {
      const x = ours(one.layer, one.inputs.x)
      const net = network(input(...x.shape.slice(1)), layer)
      const { weight, bias } = one.params ?? {}
      const params =
        weight === undefined
          ? {}
          : {
              [`${layer.spec.tag}_0`]: {
                kernel: lift(kernelOf(one.layer, weight)),
                ...(bias === undefined ? {} : { bias: lift(bias) })
              }
            }
      const [y, pullBack] = vjp(
        (tree: { readonly x: Expr<Shape>; readonly params: typeof params }) =>
          applyUntyped(net)(tree.params, {}, tree.x, evaluate)[0]
      )({ x: lift(x), params })
      compare(compute(y), ours(one.layer, one.outputs.y), 1e-5, 1e-6)
      const [gradient] = pullBack(lift(ours(one.layer, one.upstream.y)))
      const kinks = x.data.map((value) => one.kinks?.includes(value) === true)
      compare(compute(gradient.x), ours(one.layer, one.grads.x), 1e-4, 1e-5, kinks)
      const leaves = Object.values(gradient.params)[0]
      if (leaves !== undefined && one.grads.weight !== undefined)
        compare(compute(leaves.kernel), kernelOf(one.layer, one.grads.weight), 1e-4, 1e-5)
      if (leaves !== undefined && 'bias' in leaves && one.grads.bias !== undefined)
        compare(compute(leaves.bias as Expr<Shape>), one.grads.bias, 1e-4, 1e-5)
    }
  )
})
