/**
 * Equality of tensors: exact on bytes, or within a tolerance that is named.
 *
 * @since 0.1.0
 */
import type * as Equality from 'fp-ts/lib/Eq.js'
import { raise } from '../shape/index.ts'
import { sameSlot } from './slot.ts'
import { bufferOf, type AnyTensor } from './tensor.ts'

/** Whether two tensors have the same slot and their elements agree one by one. */
const agree = (a: AnyTensor, b: AnyTensor, same: (x: number, y: number) => boolean): boolean => {
  if (a === b) return true
  if (!sameSlot(a, b)) return false
  const [left, right]: readonly ArrayLike<number>[] = [bufferOf(a), bufferOf(b)]
  if (left === undefined || right === undefined) return false
  for (let i = 0; i < left.length; i++) if (!same(left[i] ?? 0, right[i] ?? 0)) return false
  return true
}

/**
 * Whether two tensors have the same element type, shape and bytes. There is one NaN, whatever its payload, and it
 * equals itself; −0 and 0 differ.
 *
 * @example
 * import { equals, tensor } from 'gradfold/tensor'
 * const yes: boolean = equals(tensor([1, NaN]), tensor([1, NaN]))
 * const no: boolean = equals(tensor([0]), tensor([-0]))
 * @category predicates
 * @since 0.1.0
 */
export const equals = (a: AnyTensor, b: AnyTensor): boolean => agree(a, b, Object.is)

/**
 * Exact equality as an fp-ts instance.
 *
 * @category instances
 * @since 0.1.0
 */
export const Eq: Equality.Eq<AnyTensor> = { equals }

/**
 * How far apart two numbers may be: `|a − b| ≤ absolute + relative · max(|a|, |b|)`.
 *
 * @category model
 * @since 0.1.0
 */
export interface Tolerance {
  readonly relative: number
  readonly absolute: number
}

/**
 * Equality within a tolerance: same element type, same shape, and for every element:
 *
 *     |a − b| ≤ absolute + relative · max(|a|, |b|)
 *
 * NaN is close to NaN only, an infinity to itself only. Closeness is reflexive and symmetric but not transitive, so
 * with a tolerance above 0 this is no lawful equality: it is meant for assertions.
 *
 * @param tolerance both numbers finite and at least 0
 * @example
 * import { getEq, tensor } from 'gradfold/tensor'
 * const close = getEq({ relative: 1e-6, absolute: 0 })
 * const yes: boolean = close.equals(tensor(1), tensor(1.0000001))
 * @category instances
 * @since 0.1.0
 */
export const getEq = ({ relative, absolute }: Tolerance): Equality.Eq<AnyTensor> => {
  if (![relative, absolute].every((bound) => Number.isFinite(bound) && bound >= 0))
    raise(`getEq: a tolerance is a finite number of at least 0, got relative ${relative} and absolute ${absolute}`)
  const close = (x: number, y: number): boolean =>
    Object.is(x, y) ||
    x === y ||
    (Number.isFinite(x) &&
      Number.isFinite(y) &&
      Math.abs(x - y) <= absolute + relative * Math.max(Math.abs(x), Math.abs(y)))
  return { equals: (a, b) => agree(a, b, close) }
}
