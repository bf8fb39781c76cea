/**
 * A value that derivatives take for a constant.
 *
 * @internal
 */
import type { Shape } from '../../shape/index.ts'
import type { DType } from '../../tensor/index.ts'
import { applyOne, typed, type Expr } from '../node.ts'

/** The same value; its derivative is 0. */
export const stopGradient = <S extends Shape, T extends DType>(self: Expr<S, T>): Expr<S, T> =>
  typed(applyOne('stopGradient', [self], {}))
