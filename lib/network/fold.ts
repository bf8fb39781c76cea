/**
 * The interpretation of lists of layers, which networks and the layers that hold others share.
 *
 * @since 0.1.0
 */
import * as Either from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { Expr } from '../expr/index.ts'
import { foldIn } from '../random/index.ts'
import type { Shape } from '../shape/index.ts'
import {
  definitionFor,
  type AnyContext,
  type Applied,
  type Branch,
  type Definitions,
  type LayerMode,
  type Plan
} from './definition.ts'
import { nameComplaint, namesOf } from './names.ts'
import type { Spec } from './rules.ts'

// one layer

/** The shape after a layer, or its complaint: the run-time twin of `Output` and `Message`. */
export const ruleOf = (within: Definitions, spec: Spec, shape: Shape): Either.Either<string, Shape> =>
  definitionFor(within, spec).rule(spec, shape, within)

/** The text of a layer, as one would write it. */
export const labelOf = (within: Definitions, spec: Spec): string => definitionFor(within, spec).label(spec, within)

/** The two kinds of tree that a layer may bring. */
export type Kind = 'params' | 'state'

/** The plan of a layer's parameters or of its state. */
export const planOf = (kind: Kind, within: Definitions, spec: Spec, shape: Shape): Plan | null =>
  definitionFor(within, spec)[kind](spec, shape, within)

/** A layer applied to a batch. */
export const applyLayer = (spec: Spec, context: AnyContext): Applied =>
  definitionFor(context.within, spec).apply(spec, context)

// lists

/** The texts of several layers, with commas between. */
export const labelsOf = (within: Definitions, specs: readonly Spec[]): string =>
  specs.map((spec) => labelOf(within, spec)).join(', ')

/** The shapes before each layer of a list and after the last, or the first complaint: the twin of `Run` and `FirstMessage`. */
export const shapesAlong = (
  within: Definitions,
  specs: readonly Spec[],
  shape: Shape
): Either.Either<string, readonly Shape[]> =>
  specs.reduce<Either.Either<string, readonly Shape[]>>(
    (before, spec, i) =>
      pipe(
        before,
        Either.flatMap((shapes) =>
          pipe(
            ruleOf(within, spec, shapes[i] ?? shape),
            Either.flatMap((next) => {
              const complaint = nameComplaint(specs.slice(0, i), spec, within)
              return complaint === undefined ? Either.right([...shapes, next]) : Either.left(complaint)
            })
          )
        )
      ),
    Either.right([shape])
  )

/** The shape after all layers of a list, or the first complaint. */
export const ruleList = (within: Definitions, specs: readonly Spec[], shape: Shape): Either.Either<string, Shape> =>
  pipe(
    shapesAlong(within, specs, shape),
    Either.map((shapes) => shapes[specs.length] ?? shape)
  )

/** A complaint from inside a layer, with the place in front. */
export const inside =
  (where: string) =>
  <A>(result: Either.Either<string, A>): Either.Either<string, A> =>
    pipe(
      result,
      Either.mapLeft((sentence) => `${where} > ${sentence}`)
    )

/** The plan of a list of layers: one entry for each that has one, `null` where none has. */
export const planList = (kind: Kind, within: Definitions, specs: readonly Spec[], shape: Shape): Plan | null => {
  const shapes = pipe(
    shapesAlong(within, specs, shape),
    Either.getOrElse((): readonly Shape[] => [])
  )
  const names = namesOf(specs)
  const entries = specs.flatMap((spec, i): readonly (readonly [string, Plan])[] => {
    const plan = planOf(kind, within, spec, shapes[i] ?? shape)
    return plan === null ? [] : [[names[i] ?? spec.tag, plan]]
  })
  return entries.length === 0 ? null : Object.fromEntries(entries)
}

const branch = (tree: Branch, name: string): Branch => {
  const child = tree[name]
  // a name leads to a branch wherever the plan has one; a layer without an entry gets the empty tree
  return child === undefined ? {} : (child as Branch)
}

const entered = (mode: LayerMode, name: string): LayerMode =>
  mode.tag === 'evaluate' ? mode : { tag: 'train', key: () => foldIn(mode.key(), name) }

/** The layers of a list applied one after the other; each name is folded into the key. */
export const applyList = (specs: readonly Spec[], context: AnyContext): Applied => {
  const names = namesOf(specs)
  const [output, states] = specs.reduce<readonly [Expr<Shape>, readonly (readonly [string, object])[]]>(
    ([x, done], spec, i) => {
      const name = names[i] ?? spec.tag
      const [y, state] = applyLayer(spec, {
        params: branch(context.params, name),
        state: branch(context.state, name),
        x,
        mode: entered(context.mode, name),
        within: context.within
      })
      return [y, name in context.state ? [...done, [name, state]] : done]
    },
    [context.x, []]
  )
  return [output, Object.fromEntries(states)]
}
