/**
 * Residual: layers around which the input is carried and added, `y = x + f(x)`.
 *
 * @since 0.1.0
 */
import * as Either from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { list, taggedRecord } from '../../codec/index.ts'
import { add } from '../../expr/index.ts'
import { sameShape, show, type First, type SameShape, type Shape, type Show } from '../../shape/index.ts'
import { defineLayer } from '../definition.ts'
import { applyList, inside, labelsOf, planList, ruleList } from '../fold.ts'
import { layer, specsOf } from '../layers.ts'
import type { AnyLayer, Layer, Specs } from '../model.ts'
import type { CountList, FirstMessage, Inside, OrNull, ParamsList, Run, Spec, StateList } from '../rules.ts'

// model

/**
 * The description of layers around which the input is added.
 *
 * @category model
 * @since 0.1.0
 */
export interface Residual<Ls extends readonly Spec[]> extends Spec {
  readonly tag: 'residual'
  readonly layers: Readonly<Ls>
}

// sentences

type NoSum<
  A extends string,
  B extends string
> = `residual: cannot add ${B} to ${A}; the layers inside have to keep the shape`
const noSum = <A extends string, B extends string>(x: A, y: B): NoSum<A, B> =>
  `residual: cannot add ${y} to ${x}; the layers inside have to keep the shape`

// rule

declare module '../rules.ts' {
  interface Rules<S, O extends Shape> {
    readonly residual: S extends Residual<infer Ls>
      ? {
          message: First<
            Inside<'residual', FirstMessage<O, Ls>>,
            SameShape<O, Run<O, Ls>> extends true ? never : NoSum<Show<O>, Show<Run<O, Ls>>>
          >
          output: O
          params: OrNull<ParamsList<O, Ls>>
          state: OrNull<StateList<O, Ls>>
          count: CountList<O, Ls>
        }
      : never
  }
}

// interpretation

/**
 * The definition of residual.
 *
 * @category definitions
 * @since 0.1.0
 */
export const residualDefinition = defineLayer<Residual<readonly Spec[]>>({
  tag: 'residual',
  documentation: `Residual: y = x + f(x), f the layers inside one after the other; they have to keep the shape.

Parameters and state: those of the layers, by their names, counted anew inside.`,
  label: (spec, within) => `residual(${labelsOf(within, spec.layers)})`,
  rule: (spec, shape, within) =>
    pipe(
      inside('residual')(ruleList(within, spec.layers, shape)),
      Either.flatMap((after) =>
        sameShape(shape, after) ? Either.right(shape) : Either.left(noSum(show(shape), show(after)))
      )
    ),
  params: (spec, shape, within) => planList('params', within, spec.layers, shape),
  state: (spec, shape, within) => planList('state', within, spec.layers, shape),
  apply: (spec, context) => {
    const [y, state] = applyList(spec.layers, context)
    return [pipe(context.x, add(y)), state]
  },
  codec: (anyLayer) => taggedRecord('residual', { layers: list(anyLayer) })
})

// constructors

/**
 * Layers around which the input is carried and added.
 *
 *     y = x + f(x)
 *
 * @param layers f, in order; together they have to keep the shape.
 * @returns a layer that keeps the shape; its parameters are those of the layers, by their names, counted anew inside.
 * @see He et al. 2015, arXiv 1512.03385
 * @example
 * import { dense, input, network, relu, residual } from 'gradfold/network'
 * network(input(64), residual(dense(256), relu, dense(64)))
 * @category combinators
 * @since 0.1.0
 */
export const residual = <const Ls extends readonly AnyLayer[]>(...layers: Ls): Layer<Residual<Specs<Ls>>> =>
  layer(residualDefinition, { tag: 'residual', layers: specsOf(layers) }, layers)
