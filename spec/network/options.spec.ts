import { describe, expect, it } from 'vitest'
import {
  averagePool2d,
  conv2d,
  dense,
  encode,
  input,
  maxPool2d,
  network,
  overAxes,
  relu,
  type AnyLayer
} from '../../lib/network/index.ts'
import { glorotUniform } from '../../lib/random/index.ts'

describe('the options of a layer', () => {
  it('that are misspelt where the compiler did not see it are refused, with the one that was meant', () => {
    const convolving = { filters: 2, kernel: 3, strides: 2 } as const
    expect(() => conv2d(convolving)).toThrow("conv2d: there is no option 'strides'; did you mean 'stride'?")
    const plain = { useBias: true, usebias: false } as const
    expect(() => dense(3, plain)).toThrow("dense: there is no option 'usebias'; did you mean 'useBias'?")
    const pooling = { stride: 1, paddings: 'same' } as const
    expect(() => maxPool2d(2, pooling)).toThrow("maxPool2d: there is no option 'paddings'; did you mean 'padding'?")
    expect(() => averagePool2d(2, pooling)).toThrow(
      "averagePool2d: there is no option 'paddings'; did you mean 'padding'?"
    )
    const lifting = { axes: 1, axis: 2 } as const
    expect(() => overAxes(relu, lifting)).toThrow("overAxes: there is no option 'axis'")
  })

  it('that are of another kind are refused, in one sentence', () => {
    const [anyDense, anyConv2d] = [
      dense as (...options: unknown[]) => unknown,
      conv2d as (options?: unknown) => unknown
    ]
    expect(() => anyDense(3, { useBias: 'no' })).toThrow("dense: useBias has to be true or false, got 'no'")
    expect(() => anyDense(3, { kernelInitialiser: glorotUniform })).toThrow(
      'dense: kernelInitialiser has to be an initialiser'
    )
    expect(() => anyConv2d({ filters: 1, kernel: 3, padding: 'Same' })).toThrow(
      "conv2d: padding has to be 'valid', 'same', a number, or [height, width] of these, got 'Same'"
    )
    expect(() => anyConv2d({ filters: 1, kernel: [3, 3, 3] })).toThrow(
      'conv2d: kernel has to be a number or [height, width], got [3, 3, 3]'
    )
    expect(() => anyConv2d()).toThrow('conv2d')
  })

  it('that are undefined have their defaults', () => {
    const pooling = maxPool2d as (window: number, options?: object) => AnyLayer
    const written = (layer: AnyLayer) => encode(network(input(8, 8, 1), layer))
    expect(written(pooling(2, { padding: undefined }))).toEqual(written(pooling(2)))
  })
})
