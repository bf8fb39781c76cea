/**
 * The text of shapes, for messages: `[28, 28, 1]`, `[batch, 10]`, `[?, 10]`.
 *
 * @since 0.1.0
 */
import type { Dim, Open, Shape } from './dimension.ts'

/**
 * The text of a dimension; `?` where it is not known.
 *
 * @category show
 * @since 0.1.0
 */
export type ShowDim<A extends Dim> = Open<A> extends true ? '?' : `${A}`

/**
 * The text of a shape; `[...]` where the rank is not known.
 *
 * @example
 * import type { Show } from 'gradfold/shape'
 * const texts: [Show<['batch', 28, 28]>, Show<[number, 10]>, Show<readonly number[]>] = ['[batch, 28, 28]', '[?, 10]', '[...]']
 * @category show
 * @since 0.1.0
 */
export type Show<S extends Shape> = number extends S['length'] ? '[...]' : `[${ShowDims<S>}]`
type ShowDims<S extends Shape, Out extends string = ''> = S extends readonly [
  infer H extends Dim,
  ...infer T extends Shape
]
  ? ShowDims<T, Out extends '' ? ShowDim<H> : `${Out}, ${ShowDim<H>}`>
  : Out

/**
 * The text of a dimension: the run-time twin of `ShowDim`.
 *
 * @example
 * import { showDim } from 'gradfold/shape'
 * showDim('batch') // 'batch'
 * @category show
 * @since 0.1.0
 */
export const showDim = (dim: Dim): string => `${dim}`

/**
 * The text of a shape: the run-time twin of `Show`.
 *
 * @example
 * import { show } from 'gradfold/shape'
 * show(['batch', 28, 28]) // '[batch, 28, 28]'
 * @category show
 * @since 0.1.0
 */
export const show = (shape: Shape): string => `[${shape.map(showDim).join(', ')}]`
