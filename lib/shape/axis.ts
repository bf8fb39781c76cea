/**
 * Axes: counted from the front, 0, 1, …, or from the back, −1, −2, ….
 *
 * @since 0.1.0
 */
import * as Either from 'fp-ts/lib/Either.js'
import type { SubN } from './arithmetic.ts'
import type { Dim, Open, Shape } from './dimension.ts'
import type { Unknowns, Unranked } from './shape.ts'
import type { Show } from './show.ts'
import { show } from './show.ts'

// sentence

type NoAxis<What extends string, S extends string, A extends string> = `${What}: ${S} has no axis ${A}`
const noAxis = <What extends string, S extends string, A extends string>(what: What, s: S, a: A): NoAxis<What, S, A> =>
  `${what}: ${s} has no axis ${a}`

// types

/**
 * An axis counted from the front; `never` where the shape has no such axis, `number` where that is not known.
 *
 * @example
 * import type { NormalAxis } from 'gradfold/shape'
 * const axes: [NormalAxis<[4, 5, 6], -1>, NormalAxis<[4, 5, 6], 0>] = [2, 0]
 * @category axes
 * @since 0.1.0
 */
export type NormalAxis<S extends Shape, A extends number> =
  Unranked<S> extends true
    ? number
    : Open<A> extends true
      ? number
      : `${A}` extends `-${infer Back extends number}`
        ? `${Back}` extends `${string}.${string}` | `${string}e${string}`
          ? never
          : FromBack<SubN<S['length'], Back>>
        : `${A}` extends keyof S
          ? A
          : never
type FromBack<I extends number> = I extends -1 ? never : I

/**
 * The complaint that a shape has no such axis, or `never`.
 *
 * @example
 * import type { AxisMessage } from 'gradfold/shape'
 * const complaint: AxisMessage<['batch', 784], 2, 'sum'> = 'sum: [batch, 784] has no axis 2'
 * @category axes
 * @since 0.1.0
 */
export type AxisMessage<S extends Shape, A extends number, What extends string = 'axis'> = [NormalAxis<S, A>] extends [
  never
]
  ? NoAxis<What, Show<S>, `${A}`>
  : never

/**
 * The dimension of a normal axis; `number` where the axis or the rank is not known.
 *
 * @internal
 */
export type DimAt<S extends Shape, I extends number> = number extends I
  ? number
  : I extends keyof S
    ? Extract<S[I], Dim>
    : number

/**
 * A shape with another dimension at some normal axes; all unknown where the axes are not known.
 *
 * @internal
 */
export type WithAxes<S extends Shape, I extends number, D extends Dim> = number extends I
  ? Unknowns<S>
  : { -readonly [k in keyof S]: k extends `${I}` ? D : S[k] }

/**
 * A shape without some normal axes.
 *
 * @internal
 */
export type WithoutAxes<
  S extends Shape,
  I extends number,
  Out extends Shape = [],
  At extends readonly 0[] = []
> = S extends readonly [infer H extends Dim, ...infer T extends Shape]
  ? WithoutAxes<T, I, At['length'] extends I ? Out : [...Out, H], [...At, 0]>
  : Out

// value

/**
 * An axis counted from the front, or the complaint that the shape has none such: the run-time twin of `NormalAxis` and
 * `AxisMessage`.
 *
 * @param shape the shape whose axis is meant.
 * @param axis whole, −rank ≤ axis < rank.
 * @param what who asks, the first word of the complaint.
 * @returns 0 ≤ axis < rank.
 * @example
 * import { normaliseAxis } from 'gradfold/shape'
 * normaliseAxis([4, 5, 6], -1) // right(2)
 * normaliseAxis([4, 5, 6], 3, 'sum') // left('sum: [4, 5, 6] has no axis 3')
 * @category axes
 * @since 0.1.0
 */
export const normaliseAxis = (shape: Shape, axis: number, what = 'axis'): Either.Either<string, number> => {
  const front = axis < 0 ? shape.length + axis : axis
  return Number.isInteger(axis) && front >= 0 && front < shape.length
    ? // + 0, so that −0 is the axis 0
      Either.right(front + 0)
    : Either.left(noAxis(what, show(shape), `${axis}`))
}
