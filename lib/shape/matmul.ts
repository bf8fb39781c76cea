/**
 * The matrix product of the last two axes; the axes before them are batches and broadcast.
 *
 *     [...batch, n, k] x [...batch, k, m] = [...batch, n, m]
 *
 * @since 0.1.0
 */
import * as Either from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { Broadcast } from './broadcast.ts'
import { broadcast } from './broadcast.ts'
import type { Dim, Same, Shape, Sizes } from './dimension.ts'
import { sameDim } from './dimension.ts'
import type { Unranked } from './shape.ts'
import type { Show, ShowDim } from './show.ts'
import { show, showDim } from './show.ts'

// sentences

type NoMatrix<
  What extends string,
  Side extends string,
  S extends string
> = `${What}: ${Side} side has to be a matrix, got ${S}`
const noMatrix = <What extends string, Side extends string, S extends string>(
  what: What,
  side: Side,
  s: S
): NoMatrix<What, Side, S> => `${what}: ${side} side has to be a matrix, got ${s}`

type InnerDiffer<
  What extends string,
  K extends string,
  L extends string,
  A extends string,
  B extends string
> = `${What}: inner sizes differ, ${K} and ${L}, in ${A} x ${B}`
const innerDiffer = <What extends string, K extends string, L extends string, A extends string, B extends string>(
  what: What,
  k: K,
  l: L,
  a: A,
  b: B
): InnerDiffer<What, K, L, A, B> => `${what}: inner sizes differ, ${k} and ${l}, in ${a} x ${b}`

type BatchesDiffer<
  What extends string,
  A extends string,
  B extends string
> = `${What}: batch axes of ${A} and ${B} do not broadcast`
const batchesDiffer = <What extends string, A extends string, B extends string>(
  what: What,
  a: A,
  b: B
): BatchesDiffer<What, A, B> => `${what}: batch axes of ${a} and ${b} do not broadcast`

// types

type MayBeMatrix<S extends Shape> = S extends readonly [...Shape, Dim, Dim] ? true : Unranked<S>

/**
 * The shape of a matrix product, or `never`.
 *
 * @example
 * import type { MatMul } from 'gradfold/shape'
 * const scores: MatMul<['batch', 12, 'time', 64], ['batch', 12, 64, 'time']> = ['batch', 12, 'time', 'time']
 * @category matmul
 * @since 0.1.0
 */
export type MatMul<A extends Shape, B extends Shape> = [MatMulMessage<A, B>] extends [never]
  ? A extends readonly [...infer ab extends Shape, infer n extends Dim, Dim]
    ? B extends readonly [...infer bb extends Shape, Dim, infer m extends Dim]
      ? Broadcast<ab, bb> extends infer batch extends Shape
        ? [...batch, n, m]
        : never
      : readonly Dim[]
    : readonly Dim[]
  : never

/**
 * The complaint that two shapes have no matrix product, or `never`.
 *
 * @example
 * import type { MatMulMessage } from 'gradfold/shape'
 * const complaint: MatMulMessage<[3], [3, 4]> = 'matmul: left side has to be a matrix, got [3]'
 * @category matmul
 * @since 0.1.0
 */
export type MatMulMessage<A extends Shape, B extends Shape, What extends string = 'matmul'> =
  MayBeMatrix<A> extends false
    ? NoMatrix<What, 'left', Show<A>>
    : MayBeMatrix<B> extends false
      ? NoMatrix<What, 'right', Show<B>>
      : A extends readonly [...infer ab extends Shape, Dim, infer k extends Dim]
        ? B extends readonly [...infer bb extends Shape, infer l extends Dim, Dim]
          ? Same<k, l> extends true
            ? [Broadcast<ab, bb>] extends [never]
              ? BatchesDiffer<What, Show<A>, Show<B>>
              : never
            : InnerDiffer<What, ShowDim<k>, ShowDim<l>, Show<A>, Show<B>>
          : never
        : never

// value

/**
 * The shape of a matrix product: the run-time twin of `MatMul` and `MatMulMessage`.
 *
 * @param a [...batch, n, k]
 * @param b [...batch, k, m]
 * @param what who asks, the first word of the complaint.
 * @returns [...batch, n, m]
 * @example
 * import { matmul } from 'gradfold/shape'
 * matmul(['batch', 784], [784, 128]) // right(['batch', 128])
 * matmul(['batch', 784], [100, 128]) // left('matmul: inner sizes differ, 784 and 100, in [batch, 784] x [100, 128]')
 * @category matmul
 * @since 0.1.0
 */
export function matmul(a: Sizes, b: Sizes, what?: string): Either.Either<string, Sizes>
export function matmul(a: Shape, b: Shape, what?: string): Either.Either<string, Shape>
export function matmul(a: Shape, b: Shape, what = 'matmul'): Either.Either<string, Shape> {
  const [n, k] = a.slice(-2)
  const [l, m] = b.slice(-2)
  if (n === undefined || k === undefined) return Either.left(noMatrix(what, 'left', show(a)))
  if (l === undefined || m === undefined) return Either.left(noMatrix(what, 'right', show(b)))
  if (!sameDim(k, l)) return Either.left(innerDiffer(what, showDim(k), showDim(l), show(a), show(b)))
  return pipe(
    broadcast(a.slice(0, -2), b.slice(0, -2)),
    Either.bimap(
      () => batchesDiffer(what, show(a), show(b)),
      (batch) => [...batch, n, m]
    )
  )
}
