/**
 * One step of a transform: from gradients and state to updates and the next state.
 *
 * @since 0.1.0
 */
import { raise } from '../shape/index.ts'
import { pathsAndLeaves, showSlot, type FloatDType } from '../tensor/index.ts'
import type { AtomSpec, NeedsOf } from './atom.ts'
import { initTree, keepsState, namedAtoms, type FloatIn, type StateFor } from './state.ts'
import type { AnyTransform, Transform } from './transform.ts'
import { addTrees, asParameterTree, type ParameterTree } from './tree.ts'

// model

/**
 * What all the atoms of a transform need besides updates and parameters, in floats F.
 *
 * @category model
 * @since 0.1.0
 */
export type Needs<A extends readonly AtomSpec[], F extends FloatDType = 'f32'> = A extends readonly [
  infer H extends AtomSpec,
  ...infer R extends readonly AtomSpec[]
]
  ? NeedsOf<H['tag'], F> & Needs<R, F>
  : unknown

/**
 * What an update is given besides gradients and state: the parameters, and what the atoms need.
 *
 * @category model
 * @since 0.1.0
 */
export type Context<A extends readonly AtomSpec[], E> = { readonly params: E } & Needs<A, FloatIn<E>>

type AnyState = Readonly<Record<string, unknown>>

// interpretation

/** A line for each leaf of a tree. */
const structureOf = (tree: unknown): readonly string[] =>
  pathsAndLeaves(tree).map(([path, leaf]) => `${path.join('.')} ${showSlot(leaf)}`)

/** Throws where two trees differ in structure: what has to be, and what is, at the first difference. */
const requireSame = (what: string, expected: unknown, got: unknown): void => {
  const [has, is] = [structureOf(expected), structureOf(got)]
  const at = Array.from({ length: Math.max(has.length, is.length) }, (_, i) => i).find((i) => has[i] !== is[i])
  if (at !== undefined) raise(`${what}: expected ${has[at] ?? 'no more leaves'}, got ${is[at] ?? 'none'}`)
}

/** One step, of trees whose types are not known. */
export const updateTree = (
  self: AnyTransform,
  updates: ParameterTree,
  state: AnyState,
  context: { readonly params: ParameterTree }
): readonly [updates: ParameterTree, state: AnyState] => {
  requireSame('update: the updates do not have the structure of the parameters', context.params, updates)
  requireSame(
    'update: this is the state of another optimizer or of other parameters',
    initTree(self, context.params),
    state
  )
  const [final, entries] = namedAtoms(self).reduce<readonly [ParameterTree, readonly (readonly [string, unknown])[]]>(
    ([current, done], { name, spec, definition }) => {
      const missing = definition.needs?.find((need) => !(need in context))
      if (missing !== undefined)
        raise(
          `update: ${name} needs '${missing}' besides the parameters; give it in the context, { params, ${missing} }`
        )
      const [next, after] = definition.update(spec, current, state[name] ?? {}, context)
      return [next, keepsState(after) ? [...done, [name, after]] : done]
    },
    [updates, []]
  )
  return [final, Object.freeze(Object.fromEntries(entries))]
}

/**
 * One step of a transform, as expressions.
 *
 * @param self the transform.
 * @returns a function of
 *   - updates: the gradients, a tree of the parameters' structure;
 *   - state: of the step before, from `init` at first;
 *   - context: the parameters, and what else the atoms need, such as the loss as `value`.
 *
 *   It gives the updates, to be added to the parameters by `applyUpdates`, and the next state.
 * @throws where the updates do not have the parameters' structure, or the state is one of another transform.
 * @example
 * import { evaluate } from 'gradfold/engine'
 * import { constant } from 'gradfold/expr'
 * import { applyUpdates, gradientDescent, init, update } from 'gradfold/optimizer'
 * import { tensor } from 'gradfold/tensor'
 * const optimizer = gradientDescent({ learningRate: 0.5 })
 * const params = { weight: constant(tensor([1, 2])) }
 * const gradient = { weight: constant(tensor([2, -2])) }
 * const [updates] = update(optimizer)(gradient, init(optimizer)(params), { params })
 * const next = evaluate(applyUpdates(params, updates)) // { weight: [0, 3] }
 * @category interpretation
 * @since 0.1.0
 */
export const update =
  <const A extends readonly AtomSpec[]>(self: Transform<A>) =>
  <E>(updates: E, state: StateFor<A, E>, context: Context<A, E>): readonly [updates: E, state: StateFor<A, E>] =>
    // the structure in is the structure out, which trees whose types are not known cannot say
    updateTree(self, asParameterTree('update')(updates), state as AnyState, {
      ...context,
      params: asParameterTree('update')(context.params)
    }) as unknown as readonly [updates: E, state: StateFor<A, E>]

/**
 * The parameters after an update: θ + u, leaf by leaf.
 *
 * @param params any tree of f32 or of f64 expressions.
 * @param updates a tree of the same structure.
 * @throws where the structures differ.
 * @example
 * import { evaluate } from 'gradfold/engine'
 * import { constant } from 'gradfold/expr'
 * import { applyUpdates } from 'gradfold/optimizer'
 * import { tensor } from 'gradfold/tensor'
 * const next = evaluate(applyUpdates({ bias: constant(tensor([1])) }, { bias: constant(tensor([-0.5])) })) // { bias: [0.5] }
 * @category interpretation
 * @since 0.1.0
 */
export const applyUpdates = <E>(params: E, updates: E): E => {
  const [before, change] = [asParameterTree('applyUpdates')(params), asParameterTree('applyUpdates')(updates)]
  requireSame('applyUpdates: the updates do not have the structure of the parameters', before, change)
  // adding keeps the structure
  return addTrees(before, change) as unknown as E
}
