/**
 * The program of a step: forward pass, loss, gradient, update and metrics in one.
 *
 * @since 0.1.0
 */
import { pipe } from 'fp-ts/lib/function.js'
import { reference, type Engine, type Executable } from '../engine/index.ts'
import { add, all, equal, scalar, sqrt, square, subtract, sum, type AnyExpr } from '../expr/index.ts'
import { traceValues, typed, type Expr, type Value } from '../expr/internal.ts'
import { applyUntyped } from '../network/internal.ts'
import { train, type AnyNetwork } from '../network/index.ts'
import { penalty, reducedLoss, type AnyLoss, type Metric } from '../objective/index.ts'
import type { AnyTransform } from '../optimizer/index.ts'
import { addTrees, type ParameterTree } from '../optimizer/tree.ts'
import { updateTree } from '../optimizer/update.ts'
import { foldIn } from '../random/index.ts'
import { raise, type Shape } from '../shape/index.ts'
import { fromArray, leavesOf, pathsAndLeaves, withLeaves, type FloatDType, type Slot } from '../tensor/index.ts'
import type { AnyState } from './state.ts'
import type { AnyBatch } from './step.ts'
import { simplify, valueAndGradWithAux } from '../transform/index.ts'

// model

/** What the step is made of. */
export interface Parts {
  readonly network: AnyNetwork
  readonly loss: AnyLoss
  readonly optimizer: AnyTransform
  readonly metric: Metric<unknown, unknown>
  readonly dtype: FloatDType
  readonly engine: Engine
}

/** What is computed only where somebody asks for it. */
export interface Extras {
  readonly gradientNorm: boolean
}

// the step as expressions

/** The results of a step, as expressions or as tensors. */
export interface Results<A> {
  readonly loss: A
  readonly params: unknown
  readonly netState: unknown
  readonly optState: unknown
  /** the number of updates, this one included */
  readonly step: A
  readonly measured: unknown
  /** one bool for each of `checkedLeaves`: whether all of it is finite */
  readonly finite: readonly A[]
  /** of the gradient before the optimizer; empty where nobody asked for it */
  readonly gradientNorm: readonly A[]
}

/** What a step takes, as expressions. */
interface Given {
  readonly params: ParameterTree
  readonly netState: unknown
  readonly optState: Readonly<Record<string, unknown>>
  readonly rootKey: Expr<[2], 'u32'>
  readonly step: Expr<[], 'i32'>
  readonly inputs: Expr<Shape>
  readonly labels: AnyExpr
}

/** x − x is zero for every finite x and for no other. */
const isFinite = (x: Expr<Shape>): AnyExpr => pipe(x, subtract(x), equal(0), all())

const norm = (leaves: readonly Expr<Shape>[], dtype: FloatDType): AnyExpr =>
  sqrt(
    leaves.reduce<Expr<[]>>(
      (total, leaf) => pipe(total, add(pipe(leaf, square, sum()))),
      // written in the types of f32
      scalar(0, dtype) as unknown as Expr<[]>
    )
  )

/** What has to be finite after a step: the floats among the parameters and in the network's state. */
export const checkedLeaves = ({ params, netState }: Pick<Results<unknown>, 'params' | 'netState'>) =>
  pathsAndLeaves({ params, netState }).filter(([, leaf]) => leaf.dtype === 'f32' || leaf.dtype === 'f64')

/** The leaves of a tree of floats, written in the types of f32. */
const floatLeaves = (tree: unknown): readonly Expr<Shape>[] =>
  leavesOf(tree) as readonly unknown[] as readonly Expr<Shape>[]

/** The penalties of a loss. */
const penaltyOf = (loss: AnyLoss, params: ParameterTree): Expr<[]> =>
  // of the float type of the parameters; written in the types of f32
  penalty(loss.regularizers)(params) as unknown as Expr<[]>

const stepOf =
  ({ network, loss, optimizer, metric, dtype }: Parts, extras: Extras) =>
  ({ params, netState, optState, rootKey, step, inputs, labels }: Given): Results<AnyExpr> => {
    const mode = train(foldIn(rootKey, ['train', step]))
    const objective = (
      theta: ParameterTree
    ): readonly [Expr<[]>, { readonly netState: unknown; readonly measured: unknown }] => {
      const [predictions, after] = applyUntyped(network)(theta, netState, inputs, mode)
      const data = typed<[], 'f32'>(reducedLoss(loss, predictions, labels))
      const whole = loss.regularizers.length === 0 ? data : pipe(data, add(penaltyOf(loss, theta)))
      return [whole, { netState: after, measured: metric.batch(predictions, labels) }]
    }
    const [value, auxiliary, gradient] = valueAndGradWithAux(objective)(params)
    // the loss is there for atoms that need it
    const context = { params, value }
    const [updates, nextOptState] = updateTree(optimizer, gradient, optState, context)
    const next = addTrees(params, updates)
    return {
      loss: value,
      params: next,
      netState: auxiliary.netState,
      optState: nextOptState,
      step: add(1)(step),
      measured: auxiliary.measured,
      finite: checkedLeaves({ params: next, netState: auxiliary.netState }).map(([, leaf]) =>
        // the leaves of what is traced are expressions
        isFinite(leaf as Expr<Shape>)
      ),
      gradientNorm: extras.gradientNorm ? [norm(floatLeaves(gradient), dtype)] : []
    }
  }

// interpretation

/** What the program of a step takes. */
export const argumentsOf = (state: AnyState, { inputs, labels }: AnyBatch) => ({
  params: state.params,
  netState: state.netState,
  optState: state.optState,
  rootKey: state.rootKey,
  step: fromArray([state.step], [], 'i32'),
  inputs,
  labels
})

export interface Compiled {
  readonly executable: Executable
  /** the results as they were traced: a tree to put the tensors in */
  readonly results: Results<AnyExpr>
}

/** The executable of a step for arguments of given shapes: traced, `simplify` applied, compiled. */
export const compile = (parts: Parts, extras: Extras, args: unknown): Compiled => {
  // tensors have the slots' shapes and types
  const slots = leavesOf(args).map(({ shape, dtype }) => ({ shape, dtype }) as Slot)
  const traced: { results?: Results<AnyExpr> } = {}
  const program = traceValues(slots, (values) => {
    // the tree of values has the structure of the tree of tensors
    const results = stepOf(parts, extras)(withLeaves(args, values) as Given)
    // eslint-disable-next-line functional/immutable-data -- the structure of the results is kept beside the program
    traced.results = results
    // every leaf of the results is an expression
    return leavesOf(results) as readonly unknown[] as readonly Value[]
  })
  // what is folded is small: compiling it would take longer than computing it
  const simpler = simplify((constant) => reference.compile(constant).run([]))(program)
  return {
    executable: parts.engine.compile(simpler),
    results: traced.results ?? raise('step: the function was not traced')
  }
}
