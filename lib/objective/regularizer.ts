/**
 * Regularisers: penalties on the parameters, added to a loss.
 *
 * @since 0.1.0
 */
import { pipe } from 'fp-ts/lib/function.js'
import { build, nonNegative, taggedRecord, taggedUnion, type Codec } from '../codec/index.ts'
import { abs, add, multiply, scalar, square, sum, type Expr } from '../expr/index.ts'
import { chooses, everything, type FloatIn, type PathFilter } from '../optimizer/index.ts'
import {
  asParameterTree,
  floatTypeOf,
  leavesWithPaths,
  pathFilter,
  type Leaf,
  type Scalar
} from '../optimizer/internal.ts'

// model

/**
 * A penalty on some of the parameters, as data.
 *
 * @category model
 * @since 0.1.0
 */
export type Regularizer = L1 | L2

/**
 * A multiple of the sum of absolute values.
 *
 * @category model
 * @since 0.1.0
 */
export interface L1 {
  readonly tag: 'l1'
  readonly strength: number
  readonly only: PathFilter
}

/**
 * A multiple of half the sum of squares.
 *
 * @category model
 * @since 0.1.0
 */
export interface L2 {
  readonly tag: 'l2'
  readonly strength: number
  readonly only: PathFilter
}

/**
 * Which parameters a penalty is on.
 *
 * @category model
 * @since 0.1.0
 */
export interface RegularizerOptions {
  readonly only?: PathFilter
}

// codec

const l1Codec: Codec<L1> = taggedRecord<L1>('l1', { strength: nonNegative, only: pathFilter })
const l2Codec: Codec<L2> = taggedRecord<L2>('l2', { strength: nonNegative, only: pathFilter })

/**
 * From and to plain data: `{ tag: 'l2', strength: 1e-4, only: { tag: 'everything' } }`.
 *
 * @category codecs
 * @since 0.1.0
 */
export const regularizer: Codec<Regularizer> = taggedUnion<Regularizer>('regularizer', () => ({
  l1: l1Codec,
  l2: l2Codec
}))

// constructors

/**
 * The penalty that makes parameters sparse.
 *
 *     λ Σ |θ|,   with the gradient λ sign(θ), 0 at 0
 *
 * @param strength λ ≥ 0.
 * @param options.only the parameters it is on: `named('kernel')` spares the biases. Default everything.
 * @example
 * import { l1 } from 'gradfold/objective'
 * const penalty = l1(1e-4)
 * @category regularizers
 * @since 0.1.0
 */
export const l1 = (strength: number, options: RegularizerOptions = {}): L1 =>
  build<L1>('l1', l1Codec, { strength, only: everything })(options)

/**
 * The penalty that keeps parameters small.
 *
 *     ½ λ Σ θ²,   with the gradient λ θ
 *
 * With the half, λ is what PyTorch calls `weight_decay`; Keras has no half, so its l2(λ) is l2(2λ) here.
 *
 * @param strength λ ≥ 0.
 * @param options.only the parameters it is on: `named('kernel')` spares the biases. Default everything.
 * @see `adamW` and `addDecayedWeights`, which decay without going through the loss
 * @example
 * import { l2 } from 'gradfold/objective'
 * import { named } from 'gradfold/optimizer'
 * const penalty = l2(1e-4, { only: named('kernel') })
 * @category regularizers
 * @since 0.1.0
 */
export const l2 = (strength: number, options: RegularizerOptions = {}): L2 =>
  build<L2>('l2', l2Codec, { strength, only: everything })(options)

// interpretation

/** The penalty on one parameter, without the strength. */
const measure = (self: Regularizer, leaf: Leaf): Scalar => {
  switch (self.tag) {
    case 'l1':
      return pipe(leaf, abs, sum())
    case 'l2':
      return pipe(leaf, square, sum())
  }
}

const factorOf = (self: Regularizer): number => (self.tag === 'l2' ? 0.5 * self.strength : self.strength)

const total = (terms: readonly Scalar[]): Scalar | undefined =>
  terms.reduce<Scalar | undefined>((before, term) => (before === undefined ? term : pipe(before, add(term))), undefined)

const penaltyOf = (self: Regularizer, leaves: ReturnType<typeof leavesWithPaths>): Scalar | undefined => {
  const chosen = chooses(self.only)
  const measured = total(leaves.filter(([path]) => chosen(path)).map(([, leaf]) => measure(self, leaf)))
  return measured === undefined ? undefined : pipe(measured, multiply(factorOf(self)))
}

/**
 * The sum of some penalties on a tree of parameters: each over its parameters in the order of the tree, then the
 * penalties in theirs.
 *
 * @param regularizers any number of them; none, or none that chooses a parameter, is 0.
 * @returns a function of the parameters, a tree of f32 or of f64 expressions.
 * @example
 * import { evaluate } from 'gradfold/engine'
 * import { constant } from 'gradfold/expr'
 * import { l2, penalty } from 'gradfold/objective'
 * import { item, tensor } from 'gradfold/tensor'
 * const two = item(evaluate(penalty([l2(1)])({ kernel: constant(tensor([2])) })))
 * @category interpretation
 * @since 0.1.0
 */
export const penalty =
  (regularizers: readonly Regularizer[]) =>
  <E>(params: E): Expr<[], FloatIn<E>> => {
    const tree = asParameterTree('penalty')(params)
    const leaves = leavesWithPaths(tree)
    const terms = regularizers.map((self) => penaltyOf(self, leaves)).filter((term) => term !== undefined)
    // written in the types of f32; of the float type of the tree
    return (total(terms) ?? scalar(0, floatTypeOf(tree))) as unknown as Expr<[], FloatIn<E>>
  }
