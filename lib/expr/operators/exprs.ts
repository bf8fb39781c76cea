/**
 * Trees of expressions: from trees of slots.
 *
 * @since 0.1.0
 */
import type { DType, FloatDType, TypedSlot } from '../../tensor/index.ts'
import type { Expr } from '../node.ts'

/**
 * The tree of expressions that a tree of slots P describes, its floats of type F.
 *
 * @example
 * import type { Expr, Exprs } from 'gradfold/expr'
 * import type { TypedSlot } from 'gradfold/tensor'
 * type Params = Exprs<{ kernel: TypedSlot<[784, 10]>; step: TypedSlot<[], 'i32'> }, 'f64'>
 * type Kernel = Params['kernel'] // Expr<[784, 10], 'f64'>
 * @category trees
 * @since 0.1.0
 */
export type Exprs<P, F extends FloatDType = 'f32'> =
  P extends TypedSlot<infer S, infer T> ? Expr<S, T extends DType ? T : F> : { readonly [k in keyof P]: Exprs<P[k], F> }
