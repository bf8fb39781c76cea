/**
 * Rules of the transformations: one for each primitive, or the reason why there is none.
 *
 * @since 0.1.0
 */
import type { ApplyNode, Parameters, Primitive, Value } from '../expr/internal.ts'
import type { Slot } from '../tensor/index.ts'
import type { Tangent } from './build.ts'

/** Why a primitive has no rule; a sentence that a user may get to read. */
export interface Reason {
  readonly reason: string
}

export const because = (reason: string): Reason => ({ reason })

export const isReason = (u: object): u is Reason => 'reason' in u

// forward derivatives

/** `linear`: the tangents' part must come out apart from the primals' part, so that it can be transposed. */
type Mode = 'forward' | 'linear'

/** A function's outputs and their tangents at some inputs with tangents. */
export interface Dual {
  readonly primals: readonly Value[]
  readonly tangents: readonly Tangent[]
}

/** The derivative of a graph: what rules with programs inside call. */
export type Differentiate = (
  inputs: readonly Value[],
  tangents: readonly Tangent[],
  results: readonly Value[],
  mode: Mode
) => Dual

export interface JvpContext<Q> {
  readonly operands: readonly Value[]
  readonly tangents: readonly Tangent[]
  readonly parameters: Q
  /** the outputs at the operands */
  readonly outputs: readonly Value[]
  readonly mode: Mode
  readonly differentiate: Differentiate
}

/** Tangents of the outputs, and the outputs anew where the rule computes them together with something else. */
export interface JvpResult {
  readonly tangents: readonly Tangent[]
  readonly outputs?: readonly Value[]
}

export type JvpRule<Q> = (context: JvpContext<Q>) => JvpResult

// transposition

export interface TransposeContext<Q> {
  readonly operands: readonly Value[]
  /** which operands the outputs are linear in */
  readonly linear: readonly boolean[]
  readonly parameters: Q
  readonly outputs: readonly Slot[]
  /** one for each output */
  readonly cotangents: readonly Tangent[]
  readonly transposeGraph: TransposeGraph
}

/** Cotangents of the linear inputs of some results, given cotangents of the results. */
export type TransposeGraph = (
  inputs: readonly Value[],
  results: readonly Tangent[],
  cotangents: readonly Tangent[]
) => readonly Tangent[]

export type TransposeRule<Q> = (context: TransposeContext<Q>) => readonly Tangent[]

// batching

/** A value that has, or has not, the batch as an axis before its own. */
export interface Batched {
  readonly value: Value
  readonly batched: boolean
}

/** The batched form of a graph: what rules with programs inside call. */
export type BatchGraph = (
  inputs: readonly Value[],
  images: readonly Batched[],
  results: readonly Value[],
  size: number
) => readonly Batched[]

export interface BatchContext<Q> {
  readonly operands: readonly Batched[]
  readonly parameters: Q
  /** the outputs of one example */
  readonly outputs: readonly Slot[]
  readonly size: number
  readonly batchGraph: BatchGraph
}

export type BatchRule<Q> = (context: BatchContext<Q>) => readonly Batched[]

// tables

export type JvpRules<P extends Primitive = Primitive> = { readonly [Q in P]: JvpRule<Parameters[Q]> }
export type TransposeRules<P extends Primitive = Primitive> = {
  readonly [Q in P]: TransposeRule<Parameters[Q]> | Reason
}
export type BatchRules<P extends Primitive = Primitive> = { readonly [Q in P]: BatchRule<Parameters[Q]> }

/** A node's own rule, to be applied to its own parameters. */
export const jvpRuleOf = (rules: JvpRules, node: ApplyNode): JvpRule<unknown> =>
  // a node's primitive and parameters belong together, which the index loses
  rules[node.primitive] as JvpRule<unknown>

/** A node's own transpose, or the reason why it has none. */
export const transposeRuleOf = (rules: TransposeRules, node: ApplyNode): TransposeRule<unknown> | Reason =>
  // as above
  rules[node.primitive] as TransposeRule<unknown> | Reason

/** A node's own batching. */
export const batchRuleOf = (rules: BatchRules, node: ApplyNode): BatchRule<unknown> =>
  // as above
  rules[node.primitive] as BatchRule<unknown>
