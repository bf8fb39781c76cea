/**
 * Choosing between values, element by element.
 *
 * @since 0.1.0
 */
import { raise, type First, type Fit, type Shape } from '../../shape/index.ts'
import type { DType } from '../../tensor/index.ts'
import { checkKind, checkSame, type Accepts } from '../kind.ts'
import { applyOne, type AnyExpr, type Expr } from '../node.ts'
import type { Chosen, ChosenMessage, Combined, CombinedMessage, CombineMessage } from './elementwise.ts'
import { aligned, operandValue, operator } from './internal.ts'

// model

/**
 * The choice between two values by a condition.
 *
 * @category model
 * @since 0.1.0
 */
export interface Select<Y extends AnyExpr | number, Z extends AnyExpr | number> {
  <A extends Shape, T extends DType>(
    self: Fit<SelectMessage<A, Y, Z>, Expr<A, T>> & Accepts<'select', 'bool'>[T]
  ): Expr<Combined<Combined<A, Y>, Z>, Chosen<Y, Z>>
}

/**
 * Keeping values between two bounds.
 *
 * @category model
 * @since 0.1.0
 */
export interface Clip<Y extends AnyExpr | number, Z extends AnyExpr | number> {
  <A extends Shape, T extends DType>(
    self: Fit<First<CombineMessage<'clip', A, T, Y>, CombineMessage<'clip', Combined<A, Y>, T, Z>>, Expr<A, T>> &
      Accepts<'clip', 'number'>[T]
  ): Expr<Combined<Combined<A, Y>, Z>, T>
}

// types

type SelectMessage<A extends Shape, Y, Z> = First<
  ChosenMessage<Y, Z, 'select'>,
  First<CombinedMessage<A, Y, 'select'>, CombinedMessage<Combined<A, Y>, Z, 'select'>>
>

// constructors

/**
 * One of two values for each element, by a condition; the one that is not chosen leaves no trace, not even NaN.
 *
 *     pipe(condition, select(a, b)) = a where the condition holds, b elsewhere
 *
 * The derivative flows to the chosen value only. It is 0 for the other one, but 0 · ∞ is NaN inside of it: where a
 * function is not defined, choose its argument as well.
 *
 * @param whenTrue an expression or a number; two numbers are f32.
 * @param whenFalse an expression of the same element type, or a number.
 * @param self the condition, bool; all three broadcast.
 * @returns the common shape, the element type of the two.
 * @throws where the shapes do not broadcast or the element types differ.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { evaluate } from 'gradfold/engine'
 * import { constant, less, select } from 'gradfold/expr'
 * import { tensor, toArray } from 'gradfold/tensor'
 * const x = constant(tensor([-1, 2]))
 * toArray(evaluate(pipe(x, less(0), select(0, x)))) // [0, 2]
 * @category comparison
 * @since 0.1.0
 */
export const select = <Y extends AnyExpr | number, Z extends AnyExpr | number>(
  whenTrue: Y,
  whenFalse: Z
): Select<Y, Z> =>
  operator((self) => {
    checkKind('select', 'bool', self)
    const dtype =
      typeof whenTrue !== 'number' ? whenTrue.dtype : typeof whenFalse !== 'number' ? whenFalse.dtype : 'f32'
    const a = operandValue(whenTrue, dtype, 'select')
    const b = operandValue(whenFalse, dtype, 'select')
    checkSame('select', a, b)
    return applyOne('select', aligned('select', [self, a, b]), {})
  })

/**
 * Each element, or the bound that it is beyond; NaN stays NaN.
 *
 *     clip(low, high)(x) = low where x < low, high where x > high, x elsewhere
 *
 * The derivative is 1 between the bounds and on them, 0 beyond.
 *
 * @param low an expression of the same element type that broadcasts with it, or a number.
 * @param high the same, low ≤ high.
 * @param self f32, f64, i32 or u32.
 * @returns the common shape.
 * @throws where the shapes do not broadcast, the element types differ, or the numbers low > high.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { evaluate } from 'gradfold/engine'
 * import { clip, constant } from 'gradfold/expr'
 * import { tensor, toArray } from 'gradfold/tensor'
 * toArray(evaluate(pipe(constant(tensor([-3, 0.5, 3])), clip(-1, 1)))) // [-1, 0.5, 1]
 * @category comparison
 * @since 0.1.0
 */
export const clip = <Y extends AnyExpr | number, Z extends AnyExpr | number>(low: Y, high: Z): Clip<Y, Z> => {
  if (typeof low === 'number' && typeof high === 'number' && !(low <= high))
    raise(`clip: the lower bound has to be at most the upper one, got ${low} and ${high}`)
  return operator((self) => {
    checkKind('clip', 'number', self)
    const operands = [self, operandValue(low, self.dtype, 'clip'), operandValue(high, self.dtype, 'clip')] as const
    checkSame('clip', self, operands[1])
    checkSame('clip', self, operands[2])
    const [x = self, least = operands[1], greatest = operands[2]] = aligned('clip', operands)
    const below = applyOne('select', [applyOne('less', [greatest, x], {}), greatest, x], {})
    return applyOne('select', [applyOne('less', [x, least], {}), least, below], {})
  })
}
