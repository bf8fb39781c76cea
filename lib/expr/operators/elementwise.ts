/**
 * The types of operators that work element by element: of one value, and of several that broadcast to one shape.
 *
 * Their call signatures have names, so that a message prints `Combine<"add", …>` and not a whole signature; where
 * something does not fit, the type of the last parameter is the sentence that says so.
 *
 * @since 0.1.0
 */
import type { Broadcast, BroadcastMessage, Dim, First, Fit, Shape } from '../../shape/index.ts'
import type { DType } from '../../tensor/index.ts'
import { checkKind, checkSame, type Accepts, type Box, type DTypeMessage, type Kind, type MeetDType } from '../kind.ts'
import { applyOne, type AnyExpr, type Expr, type Value } from '../node.ts'
import type { Binary, Unary } from '../primitive/parameters.ts'
import { aligned, operandValue, operator } from './internal.ts'

// model

/**
 * An operator on each element of one value.
 *
 * @category model
 * @since 0.1.0
 */
export interface Elementwise<What extends string, K extends Kind> {
  <A extends Shape, T extends DType>(self: Expr<A, T> & Accepts<What, K>[T]): Expr<A, T>
}

/**
 * An operator on two values, the other one, Y, given: `pipe(x, add(y))` is x + y.
 *
 * @category model
 * @since 0.1.0
 */
export interface Combine<What extends string, K extends Kind, Y extends AnyExpr | number> {
  <A extends Shape, T extends DType>(
    self: Fit<CombineMessage<What, A, T, Y>, Expr<A, T>> & Accepts<What, K>[T]
  ): Expr<Combined<A, Y>, Mixed<T, Y>>
}

/**
 * An operator on two values that waits for the other one: an expression, or a number, which gets the element type of the
 * value that is piped in.
 *
 * @category model
 * @since 0.1.0
 */
export interface BinaryOperator<What extends string, K extends Kind> {
  <Y extends AnyExpr | number>(other: Y): Combine<What, K, Y>
}

// types

/** The common shape of A and B; of one shape it is that shape, in generic functions too. */
type Common<A extends Shape, B extends Shape> =
  Box<A> extends Box<B> ? (Box<B> extends Box<A> ? A : Broadcast<A, B>) : Broadcast<A, B>
type CommonMessage<A extends Shape, B extends Shape, What extends string> =
  Box<A> extends Box<B> ? (Box<B> extends Box<A> ? never : BroadcastMessage<A, B, What>) : BroadcastMessage<A, B, What>

// An operand is matched with its shape and its element type inferred, both: in functions generic over one of them,
// TypeScript decides no other match. What is inferred is then compared by names of its own, never by indexing a type.

/** The shape of a value of shape A together with an operand. */
export type Combined<A extends Shape, Y> = [Y] extends [number]
  ? A
  : [Y] extends [Expr<infer B, infer _U>]
    ? Common<A, B>
    : readonly Dim[]

/** The element type of a value of T together with an operand. */
export type Mixed<T extends DType, Y> = [Y] extends [number]
  ? T
  : [Y] extends [Expr<infer _B, infer U>]
    ? MeetDType<T, U>
    : T

/** The complaint that a shape does not broadcast with that of an operand, or `never`. */
export type CombinedMessage<A extends Shape, Y, What extends string> = [Y] extends [number]
  ? never
  : [Y] extends [Expr<infer B, infer _U>]
    ? CommonMessage<A, B, What>
    : never

/** The complaint that a value does not go together with an operand, or `never`. */
export type CombineMessage<What extends string, A extends Shape, T extends DType, Y> = [Y] extends [number]
  ? never
  : [Y] extends [Expr<infer B, infer U>]
    ? First<DTypeMessage<T, U, What>, CommonMessage<A, B, What>>
    : never

/** The element type of an operand; of a number it is T. */
type DTypeOf<Y, T extends DType> = [Y] extends [number] ? T : [Y] extends [Expr<infer _B, infer U>] ? U : DType

/** The element type of the two branches of a choice; of two numbers f32. */
export type Chosen<Y, Z> = [Y] extends [number]
  ? DTypeOf<Z, 'f32'>
  : [Y] extends [Expr<infer _B, infer T>]
    ? Mixed<T, Z>
    : DTypeOf<Z, DType>

/** The complaint that the two branches of a choice have different element types, or `never`. */
export type ChosenMessage<Y, Z, What extends string> = [Y] extends [number]
  ? never
  : [Y] extends [Expr<infer _B, infer T>]
    ? [Z] extends [number]
      ? never
      : [Z] extends [Expr<infer _C, infer U>]
        ? DTypeMessage<T, U, What>
        : never
    : never

// constructors

/** The operator of a primitive on one value. */
export const unaryOperator = <P extends Unary, K extends Kind>(primitive: P, kind: K): Elementwise<P, K> =>
  operator((self) => {
    checkKind(primitive, kind, self)
    return applyOne<Unary>(primitive, [self], {})
  })

/** A value and an operand, checked and stretched to one shape. */
export const together = (what: string, kind: Kind, self: Value, other: Value | number): readonly [Value, Value] => {
  const operand = operandValue(other, self.dtype, what)
  checkSame(what, self, operand)
  checkKind(what, kind, self)
  const [a = self, b = operand] = aligned(what, [self, operand])
  return [a, b]
}

/** The operator of a primitive on two values. */
export const binaryOperator =
  <P extends Binary, K extends Kind>(primitive: P, kind: K): BinaryOperator<P, K> =>
  (other) =>
    operator((self) => applyOne<Binary>(primitive, together(primitive, kind, self, other), {}))
