/**
 * Parts of values, values side by side, and values with something around them.
 *
 * @since 0.1.0
 */
import * as Shapes from '../../shape/index.ts'
import {
  isNatural,
  raise,
  show,
  type Add,
  type ConcatAll,
  type ConcatAllMessage,
  type Dim,
  type ReduceMessage,
  type Shape,
  type Show,
  type Sizes,
  type Slice,
  type SliceMessage,
  type Stop
} from '../../shape/index.ts'
import type { DType } from '../../tensor/index.ts'
import { applyOne, typed, type AnyExpr, type Expr, type Value } from '../node.ts'
import type { InsertAxis } from './axes.ts'
import type { First, Fit, Mutable } from './internal.ts'
import { frontAxis, operator, orRaise, reshaped, scalarValue } from './internal.ts'
import { checkSame, type DTypeMessage, type MeetDType } from './kind.ts'

// model

/**
 * The part from Starts to Stops by Strides.
 *
 * @category model
 * @since 0.1.0
 */
export interface SliceBy<Starts extends Sizes, Stops extends readonly Stop[], Strides extends Sizes | undefined> {
  <A extends Shape, T extends DType>(
    self: Fit<SliceMessage<A, Starts, Stops, Strides>, Expr<A, T>>
  ): Expr<Slice<A, Starts, Stops, Strides>, T>
}

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

/**
 * The value with a value of shape B behind it along the axis X.
 *
 * @category model
 * @since 0.1.0
 */
export interface ConcatWith<B extends Shape, U extends DType, X extends number> {
  <A extends Shape, T extends DType>(
    self: Fit<ConcatWithMessage<A, T, B, U, X>, Expr<A, T>>
  ): Expr<Shapes.Concat<A, B, X>, MeetDType<T, U>>
}

/**
 * The elements along the axes X in opposite order.
 *
 * @category model
 * @since 0.1.0
 */
export interface ReverseAlong<X extends Sizes | undefined> {
  <A extends Shape, T extends DType>(self: Fit<ReduceMessage<A, X, 'reverse'>, Expr<A, T>>): Expr<A, T>
}

// types

type ConcatWithMessage<A extends Shape, T extends DType, B extends Shape, U extends DType, X extends number> = First<
  DTypeMessage<T, U, 'concat'>,
  Shapes.ConcatMessage<A, B, X>
>

type ShapesOf<Xs extends readonly AnyExpr[]> = {
  -readonly [k in keyof Xs]: Xs[k] extends Expr<infer S, DType> ? S : never
}
type DTypeOf<Xs extends readonly AnyExpr[]> = Xs[number] extends Expr<Shape, infer T> ? T : never
/** The list itself, or the sentence in place of it. */
type Joinable<Xs extends readonly AnyExpr[], X extends number> = Fit<ConcatAllMessage<ShapesOf<Xs>, X>, Xs>
type Stackable<Xs extends readonly AnyExpr[]> = Fit<StackMessage<ShapesOf<Xs>>, Xs>

type StackMessage<S extends readonly Shape[]> = S extends readonly [infer A extends Shape, ...infer R extends Shape[]]
  ? FirstOther<A, R>
  : never
type FirstOther<A extends Shape, R extends readonly Shape[]> = R extends readonly [
  infer B extends Shape,
  ...infer Q extends Shape[]
]
  ? Shapes.SameShape<A, B> extends true
    ? FirstOther<A, Q>
    : ShapesDiffer<Show<A>, Show<B>>
  : never
type ShapesDiffer<A extends string, B extends string> = `stack: shapes ${A} and ${B} differ`
const shapesDiffer = <A extends string, B extends string>(a: A, b: B): ShapesDiffer<A, B> =>
  `stack: shapes ${a} and ${b} differ`

type Stacked<S extends readonly Shape[], X extends number> = S extends readonly [infer A extends Shape, ...Shape[]]
  ? InsertAxis<A, X, S['length']>
  : readonly Dim[]

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
 * The part from a start up to a stop that is left out, on each axis, every stride-th element.
 *
 * @param starts one first index for each axis; negative ones count from the end.
 * @param stops one index for each axis; negative ones count from the end, `null` is the end.
 * @param strides one step for each axis, whole, ≥ 1. Default 1.
 * @param self any shape and element type.
 * @returns ⌈(stop − start) / stride⌉ on each axis.
 * @throws where the part reaches beyond the value.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { ones, slice } from 'gradfold/expr'
 * pipe(ones([4, 9]), slice([0, 1], [2, null], [1, 2])).shape // [2, 4]
 * @category movement
 * @since 0.1.0
 */
export const slice = <
  const Starts extends Sizes,
  const Stops extends readonly Stop[],
  const Strides extends Sizes | undefined = undefined
>(
  starts: Starts,
  stops: Stops,
  strides?: Strides
): SliceBy<Mutable<Starts>, Mutable<Stops>, Strides> =>
  operator((self) => {
    const shape = orRaise(Shapes.slice(self.shape, starts, stops, strides, 'slice'))
    const front = (index: number, axis: number): number => (index < 0 ? (self.shape[axis] ?? 0) + index : index) + 0
    const start = starts.map(front)
    const stop = stops.map((index, axis) => (index === null ? (self.shape[axis] ?? 0) : front(index, axis)))
    const isWhole = shape.every((n, axis) => n === self.shape[axis])
    return isWhole ? self : applyOne('slice', [self], { start, stop, stride: strides ?? self.shape.map(() => 1) })
  })

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

/** Values side by side along an axis. */
const joined = (values: readonly Value[], axis: number, what: string): Value => {
  orRaise(
    Shapes.concatAll(
      values.map((value) => value.shape),
      axis,
      what
    )
  )
  const [first = raise(`${what}: expected at least one value, got none`), ...rest] = values
  rest.forEach((value) => checkSame(what, first, value))
  return rest.length === 0 ? first : applyOne('concat', values, { axis: frontAxis(first, axis, what) })
}

/**
 * The value piped in, and another behind it along an axis.
 *
 * @param other of the same element type, and of the same shape off the axis.
 * @param axis negative axes count from the end.
 * @param self any shape and element type.
 * @returns the sizes along the axis added.
 * @throws where there is no such axis, or the two differ off it.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { concat, ones, zeros } from 'gradfold/expr'
 * pipe(ones([2, 3]), concat(zeros([2, 4]), 1)).shape // [2, 7]
 * @category movement
 * @since 0.1.0
 */
export const concat = <B extends Shape, U extends DType, const X extends number>(
  other: Expr<B, U>,
  axis: X
): ConcatWith<B, U, X> => operator((self) => joined([self, other], axis, 'concat'))

/**
 * The values of a list side by side along an axis.
 *
 * @param values at least one, all of one element type, and of one shape off the axis.
 * @param axis negative axes count from the end.
 * @returns the sizes along the axis added.
 * @throws where there is no such axis, or two differ off it.
 * @example
 * import { concatAll, ones, zeros } from 'gradfold/expr'
 * concatAll([ones([2, 3]), zeros([2, 4]), ones([2, 1])], 1).shape // [2, 8]
 * @category movement
 * @since 0.1.0
 */
export const concatAll = <const Xs extends readonly AnyExpr[], const X extends number>(
  values: Joinable<Xs, X>,
  axis: X
): Expr<ConcatAll<ShapesOf<Xs>, X>, DTypeOf<Xs>> =>
  // the parameter is the list, or there is no call that type-checks
  joinedList(values as Xs, axis)

const joinedList = <S extends Shape, T extends DType>(values: readonly Value[], axis: number): Expr<S, T> =>
  typed<S, T>(joined(values, axis, 'concat'))

/**
 * The values of a list along a new axis.
 *
 * @param values at least one, all of one shape and element type.
 * @param axis where the new axis is in the result; negative ones count from the end of the result. Default 0.
 * @returns the shape with the length of the list inserted.
 * @throws where the shapes or the element types differ.
 * @example
 * import { ones, stack, zeros } from 'gradfold/expr'
 * stack([ones([3]), zeros([3])]).shape // [2, 3]
 * @category movement
 * @since 0.1.0
 */
export const stack = <const Xs extends readonly AnyExpr[], const X extends number = 0>(
  values: Stackable<Xs>,
  axis?: X
): Expr<Stacked<ShapesOf<Xs>, X>, DTypeOf<Xs>> =>
  // the parameter is the list, or there is no call that type-checks
  stackedList(values as Xs, axis ?? 0)

const stackedList = <S extends Shape, T extends DType>(values: readonly Value[], axis: number): Expr<S, T> => {
  const [first = raise('stack: expected at least one value, got none')] = values
  const place = axis < 0 ? first.shape.length + 1 + axis : axis
  if (!Number.isInteger(axis) || place < 0 || place > first.shape.length)
    raise(`stack: ${show(first.shape)} has no place ${axis} for an axis`)
  const wider = values.map((value) =>
    Shapes.sameShape(first.shape, value.shape)
      ? reshaped(value, [...value.shape.slice(0, place), 1, ...value.shape.slice(place)])
      : raise(shapesDiffer(show(first.shape), show(value.shape)))
  )
  return typed<S, T>(joined(wider, place, 'stack'))
}

/**
 * The elements in opposite order along some axes; without one, along all.
 *
 * @param axes each at most once, negative ones count from the end; none for all.
 * @param self any shape and element type.
 * @returns the same shape.
 * @throws where there is no such axis.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { evaluate } from 'gradfold/engine'
 * import { constant, reverse } from 'gradfold/expr'
 * import { tensor, toArray } from 'gradfold/tensor'
 * toArray(evaluate(pipe(constant(tensor([[1, 2], [3, 4]])), reverse(-1)))) // [[2, 1], [4, 3]]
 * @category movement
 * @since 0.1.0
 */
export const reverse = <const X extends Sizes>(...axes: X): ReverseAlong<X extends readonly [] ? undefined : X> =>
  operator((self) => {
    const front = orRaise(Shapes.normaliseAxes(self.shape, axes.length === 0 ? undefined : axes, 'reverse'))
    return front.length === 0 ? self : applyOne('reverse', [self], { axes: front })
  })
