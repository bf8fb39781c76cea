/**
 * Batching: a function of one example made a function of many.
 *
 * @since 0.1.0
 */
import { requireKnown } from '../codec/options.ts'
import { inputValue, type Expr, type Value } from '../expr/internal.ts'
import { raise, show, type Dim } from '../shape/index.ts'
import { close, treeOf, valuesOf, type Lift } from './arguments.ts'
import { batchGraph } from './batching.ts'
import type { Batched } from './rule.ts'
import { withBatch } from './vmap/unify.ts'

// types

/**
 * Whether an argument has the batch as its first axis (0), or is the same for all examples (null).
 *
 * @category model
 * @since 0.1.0
 */
export type BatchAxis = 0 | null

type Lifted<A extends readonly unknown[], X extends readonly BatchAxis[], N extends Dim> = {
  readonly [K in keyof A]: K extends keyof X ? (X[K] extends null ? A[K] : Lift<A[K], N>) : Lift<A[K], N>
}

/** The first dimension of the first expression that has the batch. */
type BatchOf<A> = A extends
  Expr<infer S> | Expr<infer S, 'f64'> | Expr<infer S, 'i32'> | Expr<infer S, 'u32'> | Expr<infer S, 'bool'>
  ? S extends readonly [infer N extends Dim, ...(readonly Dim[])]
    ? N
    : never
  : A extends readonly [infer H, ...infer R]
    ? [BatchOf<H>] extends [never]
      ? BatchOf<R>
      : BatchOf<H>
    : A extends readonly []
      ? never
      : BatchOf<A[keyof A]>

type Mapped<A extends readonly unknown[], X extends readonly BatchAxis[]> = {
  [K in keyof A]: K extends keyof X ? (X[K] extends null ? never : A[K]) : A[K]
}

// combinators

/**
 * A function of one example applied to a batch of them at once.
 *
 *     vmap(f)(xs)[i] = f(xs[i]), byte for byte
 *
 * @param f a function of trees of expressions to a tree of expressions.
 * @param options.axes one entry for each argument: 0 (default) where its leaves have the batch as first axis, null
 * where the argument is the same for all examples.
 * @returns a function of the batched arguments; every result has the batch as first axis. Throws one sentence where
 * batches have different sizes or there is none.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { evaluate } from 'gradfold/engine'
 * import { constant, multiply, sum, type Expr } from 'gradfold/expr'
 * import { tensor } from 'gradfold/tensor'
 * import { grad, vmap } from 'gradfold/transform'
 *
 * const f = (x: Expr<[2]>) => pipe(x, multiply(x), sum())
 * const perExample = vmap(grad(f))
 * console.log(evaluate(perExample(constant(tensor([[1, 2], [3, 4]]))))) // [[2, 4], [6, 8]]
 * @category batching
 * @since 0.1.0
 */
export const vmap =
  <A extends readonly unknown[], R, const X extends readonly BatchAxis[] = readonly []>(
    f: (...args: A) => R,
    options: { readonly axes?: X } = {}
  ) =>
  <B extends Lifted<A, X, Dim>>(...args: B): Lift<R, BatchOf<Mapped<B, X>>> => {
    requireKnown('vmap', ['axes'], options)
    const axes: readonly BatchAxis[] = options.axes ?? []
    const strange = axes.find((axis) => axis !== null && !Object.is(axis, 0))
    if (strange !== undefined)
      raise(
        `vmap: axes are 0 or null, one for each argument, got ${String(strange)}; bring the batch to the front first`
      )
    const flags = args.map((_, i) => axes[i] !== null)
    const leaves = args.map((arg) => valuesOf('vmap', arg))
    const size = batchSize(leaves.filter((_, i) => flags[i] === true).flat())
    const inputs = leaves.map((values, i) =>
      values.map((value) => inputValue(flags[i] === true ? { ...value, shape: value.shape.slice(1) } : value))
    )
    // each argument keeps its structure; its leaves lose the batch axis
    const result = f(...(args.map((arg, i) => treeOf<unknown>(arg, inputs[i] ?? [])) as unknown as A))
    const images = leaves.flatMap((values, i) =>
      values.map((value): Batched => ({ value: inputValue(value), batched: flags[i] === true }))
    )
    const results = batchGraph(inputs.flat(), images, valuesOf('vmap', result), size).map((image) =>
      withBatch(image, size)
    )
    const closed = close(
      images.map((image) => image.value),
      leaves.flat(),
      results
    )
    // every leaf of the result got the batch as first axis
    return treeOf<unknown>(result, closed) as Lift<R, BatchOf<Mapped<B, X>>>
  }

const batchSize = (values: readonly Value[]): number => {
  const [first] = values
  if (first === undefined) return raise('vmap: at least one argument has to have the batch as its first axis, got none')
  const size = first.shape[0] ?? raise(`vmap: the batch is the first axis, got a scalar ${show(first.shape)}`)
  const other = values.find((value) => value.shape[0] !== size)
  return other === undefined
    ? size
    : raise(`vmap: batches have to be of one size, got ${show(first.shape)} and ${show(other.shape)}`)
}
