/**
 * Other element types: by value, and by bits.
 *
 * @since 0.1.0
 */
import { raise, type Fit, type Shape } from '../../shape/index.ts'
import { bytesPerElement, type DType } from '../../tensor/index.ts'
import { converted } from '../build.ts'
import { applyOne, type Expr } from '../node.ts'
import { operator } from './internal.ts'

// model

/**
 * The elements as values of the type T.
 *
 * @category model
 * @since 0.1.0
 */
export interface ConvertTo<T extends DType> {
  <S extends Shape>(self: Expr<S, DType>): Expr<S, T>
}

/**
 * The bits of the elements, read as the type T.
 *
 * @category model
 * @since 0.1.0
 */
export interface BitcastTo<T extends DType> {
  <S extends Shape, U extends DType>(self: Fit<WidthMessage<U, T>, Expr<S, U>>): Expr<S, T>
}

type Widths = { readonly f32: 4; readonly f64: 8; readonly i32: 4; readonly u32: 4; readonly bool: 1 }
type WidthMessage<U extends DType, T extends DType> = [Widths[U]] extends [Widths[T]]
  ? never
  : [Widths[T]] extends [Widths[U]]
    ? never
    : WidthsDiffer<U, T>
type WidthsDiffer<U extends string, T extends string> = `bitcast: ${U} and ${T} have different widths`
const widthsDiffer = <U extends string, T extends string>(from: U, to: T): WidthsDiffer<U, T> =>
  `bitcast: ${from} and ${to} have different widths`

// constructors

/**
 * The elements as another type. Floats to integers truncate and saturate, NaN gives 0; anything but 0 is true; true is 1.
 *
 * @param dtype the element type wanted.
 * @param self any shape and element type.
 * @returns the same shape.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { evaluate } from 'gradfold/engine'
 * import { constant, convert } from 'gradfold/expr'
 * import { tensor, toArray } from 'gradfold/tensor'
 * toArray(evaluate(pipe(constant(tensor([1.5, -1.5])), convert('i32')))) // [1, -1]
 * @category element types
 * @since 0.1.0
 */
export const convert = <const T extends DType>(dtype: T): ConvertTo<T> => operator((self) => converted(self, dtype))

/**
 * The same bits read as another type of the same width.
 *
 * @param dtype one of f32, i32 and u32 for one of them; f64 and bool only as themselves.
 * @param self any shape.
 * @returns the same shape.
 * @throws where the widths differ.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { evaluate } from 'gradfold/engine'
 * import { bitcast, scalar } from 'gradfold/expr'
 * import { toArray } from 'gradfold/tensor'
 * toArray(evaluate(pipe(scalar(1), bitcast('u32')))) // 0x3f800000
 * @category element types
 * @since 0.1.0
 */
export const bitcast = <const T extends DType>(dtype: T): BitcastTo<T> =>
  operator((self) => {
    if (bytesPerElement(self.dtype) !== bytesPerElement(dtype)) raise(widthsDiffer(self.dtype, dtype))
    return self.dtype === dtype ? self : applyOne('bitcast', [self], { dtype })
  })
