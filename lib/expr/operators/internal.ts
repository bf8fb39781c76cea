/**
 * What the operators share: numbers as constants, broadcasting, and the typed view of functions on values.
 *
 * @internal
 */
import * as Either from 'fp-ts/lib/Either.js'
import { identity } from 'fp-ts/lib/function.js'
import * as Shapes from '../../shape/index.ts'
import { raise, sameShape, type Sizes } from '../../shape/index.ts'
import type { DType, Slot } from '../../tensor/index.ts'
import { scalar, stretched } from '../build.ts'
import { isExpr, type AnyExpr, type Value } from '../node.ts'

// views

/**
 * The typed view of a function on values. The function computes shapes by the run-time twins of the rules in its type,
 * which TypeScript cannot follow: the one cast of the operators.
 */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- F is the type of the place it stands in
export const operator = <F>(f: (self: AnyExpr) => Value): F => f as unknown as F

/** The right of an Either, or its sentence thrown. */
export const orRaise: <A>(self: Either.Either<string, A>) => A = Either.match(raise, identity)

// numbers

const ranges: Readonly<Partial<Record<DType, readonly [least: number, greatest: number]>>> = {
  i32: [-2147483648, 2147483647],
  u32: [0, 4294967295],
  bool: [0, 1]
}

/** A number as a constant of no axes; a number that the element type cannot hold is refused, floats round. */
export const scalarValue = (value: number, dtype: DType, what: string): Value => {
  const range = ranges[dtype]
  if (range !== undefined && !(Number.isInteger(value) && value >= range[0] && value <= range[1]))
    raise(`${what}: a number for ${dtype} has to be whole and from ${range[0]} to ${range[1]}, got ${value}`)
  return scalar(value, dtype)
}

/** A number in every place of a shape. */
export const filled = (value: number, { shape, dtype }: Slot, what: string): Value =>
  stretched(scalarValue(value, dtype, what), shape)

/** An operand that may be a number, as a value of the given element type. */
export const operandValue = (operand: Value | number, dtype: DType, what: string): Value => {
  if (typeof operand === 'number') return scalarValue(operand, dtype, what)
  return isExpr(operand) ? operand : raise(`${what}: expected an expression or a number, got another value`)
}

// shapes

/** Values stretched to their common shape. */
export const aligned = (what: string, values: readonly Value[]): readonly Value[] => {
  const [first, ...rest] = values
  const shape = rest.reduce<Sizes>(
    (common, value) => (sameShape(common, value.shape) ? common : orRaise(Shapes.broadcast(common, value.shape, what))),
    first?.shape ?? []
  )
  return values.map((value) => stretched(value, shape))
}

/** The axis counted from the front. */
export const frontAxis = (self: Slot, axis: number, what: string): number =>
  orRaise(Shapes.normaliseAxis(self.shape, axis, what))
