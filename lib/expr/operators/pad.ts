/**
 * Values with something around them.
 *
 * @since 0.1.0
 */
import {
  isNatural,
  raise,
  show,
  type Add,
  type Dim,
  type Fit,
  type Shape,
  type Show,
  type Sizes
} from '../../shape/index.ts'
import type { DType } from '../../tensor/index.ts'
import { applyOne, type Expr } from '../node.ts'
import { operator, scalarValue } from './internal.ts'

// model

/**
 * The value with other elements around it, W of them before and after on each axis.
 *
 * @category model
 * @since 0.1.0
 */
export interface PadBy<W extends readonly PadWidth[], I extends boolean> {
  <A extends Shape, T extends DType>(self: Fit<PadMessage<A, W>, Expr<A, T>>): Expr<Padded<A, W, I>, T>
}

/**
 * How many elements to put before and after the others on one axis.
 *
 * @category model
 * @since 0.1.0
 */
export type PadWidth = readonly [before: number, after: number]

/**
 * What is put around a value, and between its elements.
 *
 * @category model
 * @since 0.1.0
 */
export interface PadOptions<I extends Sizes | undefined> {
  readonly value?: number
  readonly between?: I
}

// types

type OnePerAxis<
  S extends string,
  N extends string
> = `pad: expected one [before, after] for each axis of ${S}, got ${N}`
const onePerAxis = <S extends string, N extends string>(shape: S, count: N): OnePerAxis<S, N> =>
  `pad: expected one [before, after] for each axis of ${shape}, got ${count}`
type PadMessage<A extends Shape, W extends readonly PadWidth[]> = number extends A['length'] | W['length']
  ? never
  : A['length'] extends W['length']
    ? never
    : OnePerAxis<Show<A>, `${W['length']}`>

/** With elements in between (I) the sizes are left to run time. */
type Padded<A extends Shape, W extends readonly PadWidth[], I extends boolean> = I extends true
  ? { -readonly [k in keyof A]: number }
  : PaddedDims<A, W>
type PaddedDims<A extends Shape, W extends readonly PadWidth[], Out extends Shape = []> = A extends readonly [
  infer H extends Dim,
  ...infer R extends Shape
]
  ? W extends readonly [
      readonly [infer B extends number, infer C extends number],
      ...infer V extends readonly PadWidth[]
    ]
    ? PaddedDims<R, V, [...Out, Add<Add<H, B>, C>]>
    : readonly Dim[]
  : number extends A['length']
    ? readonly Dim[]
    : Out

// constructors

/**
 * A value with elements of one number around it, and between its elements.
 *
 * @param widths `[before, after]` for each axis, whole, ≥ 0.
 * @param options.value the number to put there. Default 0.
 * @param options.between how many to put between neighbours, for each axis, whole, ≥ 0. Default 0.
 * @param self any shape and element type.
 * @returns before + n + (n − 1) · between + after on each axis.
 * @throws where there is not one pair for each axis, or an amount is not whole.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { ones, pad } from 'gradfold/expr'
 * pipe(ones([2, 3]), pad([[0, 0], [1, 2]])).shape // [2, 6]
 * @category movement
 * @since 0.1.0
 */
export const pad = <const W extends readonly PadWidth[], const I extends Sizes | undefined = undefined>(
  widths: W,
  options: PadOptions<I> = {}
): PadBy<W, I extends undefined ? false : true> =>
  operator((self) => {
    const low = widths.map(([before]) => before)
    const high = widths.map(([, after]) => after)
    const interior = options.between ?? self.shape.map(() => 0)
    if (widths.length !== self.shape.length) raise(onePerAxis(show(self.shape), `${widths.length}`))
    if (interior.length !== self.shape.length)
      raise(`pad: expected one number between for each axis of ${show(self.shape)}, got ${interior.length}`)
    if (![...low, ...high, ...interior].every(isNatural))
      raise(`pad: expected whole amounts from 0, got ${show([...low, ...high, ...interior])}`)
    return [...low, ...high, ...interior].every((amount) => amount === 0)
      ? self
      : applyOne('pad', [self, scalarValue(options.value ?? 0, self.dtype, 'pad')], { low, high, interior })
  })
