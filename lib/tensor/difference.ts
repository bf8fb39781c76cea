/**
 * Where two trees of tensors differ, as a type: the text of the sentences that refuse the wrong one.
 *
 * @since 0.1.0
 */
import type { Show } from '../shape/index.ts'
import type { Tensor } from './tensor.ts'

/**
 * Every place where tree Q is not what tree P asks for, as a union of texts; `never` where Q fits.
 *
 *     'dense_0.kernel has to be f32[784, 128], got f32[784, 64]' | 'dense_1 is missing'
 *
 * @category type functions
 * @since 0.1.0
 */
export type TensorDifference<P, Q, At extends string = ''> = {
  [K in keyof P & string]: K extends keyof Q
    ? P[K] extends Tensor<infer A, infer T>
      ? Q[K] extends Tensor<infer B, infer U>
        ? Q[K] extends P[K]
          ? never
          : `${At}${K} has to be ${T}${Show<A>}, got ${U}${Show<B>}`
        : `${At}${K} is missing`
      : TensorDifference<P[K], Q[K], `${At}${K}.`>
    : `${At}${K} is missing`
}[keyof P & string]
