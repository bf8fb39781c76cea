/**
 * Values side by side.
 *
 * @since 0.1.0
 */
import * as Shapes from '../../shape/index.ts'
import {
  raise,
  show,
  type ConcatAll,
  type ConcatAllMessage,
  type Dim,
  type First,
  type Fit,
  type Shape,
  type Show
} from '../../shape/index.ts'
import type { DType } from '../../tensor/index.ts'
import { reshaped } from '../build.ts'
import { checkSame, type DTypeMessage, type MeetDType } from '../kind.ts'
import { applyOne, typed, type AnyExpr, type Expr, type Value } from '../node.ts'
import type { InsertAxis } from './axes.ts'
import { frontAxis, operator, orRaise } from './internal.ts'

// model

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

// constructors

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
  rest.forEach((value) => {
    checkSame(what, first, value)
  })
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
