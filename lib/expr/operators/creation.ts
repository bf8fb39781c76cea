/**
 * Expressions from nothing: constants, filled shapes and counting.
 *
 * @since 0.1.0
 */
import { isNatural, raise, show, type Mutable, type Shape, type Sizes } from '../../shape/index.ts'
import { isTensor, type AnyTensor, type DType, type Slot, type Tensor } from '../../tensor/index.ts'
import { applyOne, typed, type Expr, type Value } from '../node.ts'
import { filled, frontAxis, scalarValue } from './internal.ts'

// types

/** The shape of a scalar, a list of sizes, or one size. */
type Made<S extends Sizes | number> = S extends Sizes ? Mutable<S> : S extends number ? [S] : never

/**
 * What `iota` counts along, and in what.
 *
 * @category model
 * @since 0.1.0
 */
export interface IotaOptions<T extends Exclude<DType, 'bool'>> {
  readonly axis?: number
  readonly dtype?: T
}

// constructors

// NoInfer: the element type is the one that is named, or f32, and never what the place of the call would take

const checkedSizes = (what: string, shape: Sizes): Sizes =>
  shape.every(isNatural) ? shape : raise(`${what}: expected whole sizes from 0, got ${show(shape)}`)

/**
 * A tensor as an expression: its elements become part of the program.
 *
 * @param tensor any shape and element type.
 * @returns the same shape and element type.
 * @example
 * import { constant } from 'gradfold/expr'
 * import { tensor } from 'gradfold/tensor'
 * constant(tensor([[1, 2], [3, 4]])).shape // [2, 2]
 * @category constructors
 * @since 0.1.0
 */
export const constant = <S extends Shape, T extends DType>(tensor: Tensor<S, T>): Expr<S, T> =>
  isTensor(tensor) ? typed<S, T>(constantValue(tensor)) : raise(`constant: expected a tensor, got ${String(tensor)}`)

const constantValue = (value: AnyTensor): Value => applyOne('constant', [], { value })

/**
 * A number as an expression without axes.
 *
 * @param value for i32 and u32 a whole number in range; f32 rounds to the nearest.
 * @param dtype the element type. Default f32.
 * @returns shape [].
 * @throws where the element type cannot hold the number.
 * @example
 * import { scalar } from 'gradfold/expr'
 * scalar(0.5).shape // []
 * @category constructors
 * @since 0.1.0
 */
export const scalar = <T extends DType = 'f32'>(value: number, dtype?: T): Expr<[], NoInfer<T>> =>
  typed(scalarValue(value, dtype ?? 'f32', 'scalar'))

/**
 * One number in every place of a shape.
 *
 * @param value for i32 and u32 a whole number in range; f32 rounds to the nearest; for bool 0 or 1.
 * @param shape whole sizes from 0, `[]` for a scalar.
 * @param dtype the element type. Default f32.
 * @returns the shape.
 * @throws where a size is not whole, or the element type cannot hold the number.
 * @example
 * import { full } from 'gradfold/expr'
 * full(7, [2, 3]).shape // [2, 3]
 * @category constructors
 * @since 0.1.0
 */
export const full = <const S extends Sizes, T extends DType = 'f32'>(
  value: number,
  shape: S,
  dtype?: T
): Expr<Mutable<S>, NoInfer<T>> =>
  typed(filled(value, { shape: checkedSizes('full', shape), dtype: dtype ?? 'f32' }, 'full'))

/**
 * Zeros (false, of bool) in every place of a shape.
 *
 * @param shape whole sizes from 0, `[]` for a scalar.
 * @param dtype the element type. Default f32.
 * @returns the shape.
 * @throws where a size is not whole.
 * @example
 * import { zeros } from 'gradfold/expr'
 * zeros([2, 3]).shape // [2, 3]
 * @category constructors
 * @since 0.1.0
 */
export const zeros = <const S extends Sizes, T extends DType = 'f32'>(
  shape: S,
  dtype?: T
): Expr<Mutable<S>, NoInfer<T>> =>
  typed(filled(0, { shape: checkedSizes('zeros', shape), dtype: dtype ?? 'f32' }, 'zeros'))

/**
 * Ones (true, of bool) in every place of a shape.
 *
 * @param shape whole sizes from 0, `[]` for a scalar.
 * @param dtype the element type. Default f32.
 * @returns the shape.
 * @throws where a size is not whole.
 * @example
 * import { ones } from 'gradfold/expr'
 * ones([2, 3]).shape // [2, 3]
 * @category constructors
 * @since 0.1.0
 */
export const ones = <const S extends Sizes, T extends DType = 'f32'>(
  shape: S,
  dtype?: T
): Expr<Mutable<S>, NoInfer<T>> =>
  typed(filled(1, { shape: checkedSizes('ones', shape), dtype: dtype ?? 'f32' }, 'ones'))

/**
 * Zeros (false, of bool) in the shape and element type of an expression.
 *
 * @param self any shape and element type; only these two are used.
 * @returns the same shape and element type.
 * @example
 * import { ones, zerosLike } from 'gradfold/expr'
 * zerosLike(ones([2, 3])).shape // [2, 3]
 * @category constructors
 * @since 0.1.0
 */
export const zerosLike = <S extends Shape, T extends DType>(self: Expr<S, T>): Expr<S, T> =>
  typed(filled(0, self, 'zerosLike'))

/**
 * Ones (true, of bool) in the shape and element type of an expression.
 *
 * @param self any shape and element type; only these two are used.
 * @returns the same shape and element type.
 * @example
 * import { onesLike, zeros } from 'gradfold/expr'
 * onesLike(zeros([2, 3])).shape // [2, 3]
 * @category constructors
 * @since 0.1.0
 */
export const onesLike = <S extends Shape, T extends DType>(self: Expr<S, T>): Expr<S, T> =>
  typed(filled(1, self, 'onesLike'))

/**
 * Counts 0, 1, 2 … along one axis; the other axes repeat it.
 *
 *     iota(n)[i] = i        iota([n, m], { axis: 1 })[i, j] = j
 *
 * @param shape a length, or whole sizes.
 * @param options.axis the axis to count along; negative ones count from the end. Default 0.
 * @param options.dtype a number type. Default i32. f32 is exact up to 2²⁴.
 * @returns the shape.
 * @throws where a size is not whole or the shape has no such axis.
 * @example
 * import { evaluate } from 'gradfold/engine'
 * import { iota } from 'gradfold/expr'
 * import { toArray } from 'gradfold/tensor'
 * toArray(evaluate(iota([2, 3], { axis: 1 }))) // [[0, 1, 2], [0, 1, 2]]
 * @category constructors
 * @since 0.1.0
 */
export const iota = <const S extends Sizes | number, T extends Exclude<DType, 'bool'> = 'i32'>(
  shape: S,
  { axis = 0, dtype }: IotaOptions<T> = {}
): Expr<Made<S>, NoInfer<T>> => {
  const sizes = checkedSizes('iota', typeof shape === 'number' ? [shape] : shape)
  const slot: Slot = { shape: sizes, dtype: dtype ?? 'i32' }
  return typed(applyOne('iota', [], { ...slot, axis: frontAxis(slot, axis, 'iota') }))
}
