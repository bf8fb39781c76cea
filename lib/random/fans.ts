/**
 * Fans: how many inputs and outputs a unit of a layer has.
 *
 * @since 0.1.0
 */
import { raise, size, type Sizes } from '../shape/index.ts'

/**
 * The numbers of inputs and outputs of a unit.
 *
 * @category model
 * @since 0.1.0
 */
export interface Fans {
  readonly fanIn: number
  readonly fanOut: number
}

/**
 * The fans of a kernel by its shape.
 *
 *     dense          [in, out]                      in and out
 *     convolution    [height, width, in, out]       height · width · in and height · width · out
 *     vector         [n]                            n and n; a scalar has 1 and 1
 *
 * The last axis counts outputs, the one before it inputs, all others are positions. In a convolution with groups the
 * third axis has the inputs of one group, which is what a unit sees.
 *
 * @param shape the shape of the kernel
 * @returns both numbers
 * @see `jax.nn.initializers.variance_scaling`, `keras.initializers.VarianceScaling`
 * @example
 * import { fansOf } from 'gradfold/random'
 * console.log(fansOf([5, 5, 8, 16])) // { fanIn: 200, fanOut: 400 }
 * @category destructors
 * @since 0.1.0
 */
export const fansOf = (shape: Sizes): Fans => {
  const positions = size(shape.slice(0, -2))
  const fanOut = shape.at(-1) ?? 1
  return { fanIn: positions * (shape.at(-2) ?? fanOut), fanOut: positions * fanOut }
}

/** Fans that a caller gives. */
export const checkedFans = ({ fanIn, fanOut }: Fans): Fans =>
  fanIn >= 0 && fanOut >= 0 && Number.isFinite(fanIn + fanOut)
    ? { fanIn, fanOut }
    : raise(`initialise: the fans have to be numbers from 0, got ${fanIn} and ${fanOut}`)
