/**
 * What the operators share: numbers as constants, broadcasting, and the typed view of functions on values.
 *
 * @internal
 */
import * as Either from 'fp-ts/lib/Either.js'
import { identity } from 'fp-ts/lib/function.js'
import * as Shapes from '../../shape/index.ts'
import { raise, show, type Sizes } from '../../shape/index.ts'
import { fromBuffer, type Buffers } from '../../tensor/internal.ts'
import type { DType, Slot } from '../../tensor/index.ts'
import { applyOne, isExpr, type AnyExpr, type Value } from '../node.ts'

// types

/** The type of a parameter: T, or the sentence where there is one. */
export type Fit<Message, T> = [Message] extends [never] ? T : Message

/** The first of two complaints, or `never`. */
export type First<M, N> = [M] extends [never] ? N : M

/** A list of literals without `readonly`, as shapes are written. */
export type Mutable<L extends readonly unknown[]> = { -readonly [k in keyof L]: L[k] }

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

const buffers: { readonly [T in DType]: (value: number) => Buffers[T] } = {
  f32: (value) => Float32Array.of(value),
  f64: (value) => Float64Array.of(value),
  i32: (value) => Int32Array.of(value),
  u32: (value) => Uint32Array.of(value),
  bool: (value) => Uint8Array.of(value)
}
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
  return applyOne('constant', [], { value: fromBuffer(dtype, [], buffers[dtype](value)) })
}

/** A number in every place of a shape. */
export const filled = (value: number, { shape, dtype }: Slot, what: string): Value =>
  stretch(scalarValue(value, dtype, what), shape)

/** An operand that may be a number, as a value of the given element type. */
export const operandValue = (operand: Value | number, dtype: DType, what: string): Value => {
  if (typeof operand === 'number') return scalarValue(operand, dtype, what)
  return isExpr(operand) ? operand : raise(`${what}: expected an expression or a number, got another value`)
}

// shapes

export const sameSizes = (a: Sizes, b: Sizes): boolean => a.length === b.length && a.every((n, axis) => n === b[axis])

/** Repeats a value to a shape that it broadcasts to; nothing where it has that shape. */
export const stretch = (self: Value, shape: Sizes): Value =>
  sameSizes(self.shape, shape)
    ? self
    : applyOne('broadcast', [self], {
        shape,
        axes: self.shape.map((_, axis) => shape.length - self.shape.length + axis)
      })

/** Another shape for the same elements; nothing where it is the shape already. */
export const reshaped = (self: Value, shape: Sizes): Value =>
  sameSizes(self.shape, shape) ? self : applyOne('reshape', [self], { shape })

/** Another order of the axes; nothing where it is the order already. */
export const permuted = (self: Value, permutation: Sizes): Value =>
  permutation.every((axis, i) => axis === i) ? self : applyOne('transpose', [self], { permutation })

/** Another element type; nothing where it is the type already. */
export const converted = (self: Value, dtype: DType): Value =>
  self.dtype === dtype ? self : applyOne('convert', [self], { dtype })

/** Values stretched to their common shape. */
export const aligned = (what: string, values: readonly Value[]): readonly Value[] => {
  const [first, ...rest] = values
  const shape = rest.reduce<Sizes>(
    (common, value) => (sameSizes(common, value.shape) ? common : orRaise(Shapes.broadcast(common, value.shape, what))),
    first?.shape ?? []
  )
  return values.map((value) => stretch(value, shape))
}

/** The axis counted from the front. */
export const frontAxis = (self: Slot, axis: number, what: string): number =>
  orRaise(Shapes.normaliseAxis(self.shape, axis, what))

/** The size of an axis. */
export const sizeAt = (shape: Sizes, axis: number): number =>
  shape[axis] ?? raise(`shape: ${show(shape)} has no axis ${axis}`)
