/**
 * Over axes: a layer lifted over leading axes, which it treats as a larger batch.
 *
 * @since 0.1.0
 */
import * as Either from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { count, number, parseWith, record, taggedRecord } from '../../codec/index.ts'
import { isWhole, show, size, type Dim, type Shape, type Show, type Unranked, type Whole } from '../../shape/index.ts'
import { batchOf, exampleOf, reshaped } from '../batch.ts'
import { defineLayer } from '../definition.ts'
import { applyLayer, inside, labelOf, planOf, ruleOf } from '../fold.ts'
import { layer } from '../layers.ts'
import type { Layer } from '../model.ts'
import type { CountAt, Inside, Message, Output, ParamsAt, Spec, StateAt } from '../rules.ts'

// model

/**
 * The description of a layer S lifted over N leading axes.
 *
 * @category model
 * @since 0.1.0
 */
export interface OverAxes<S extends Spec, N extends number> extends Spec {
  readonly tag: 'overAxes'
  readonly layer: S
  readonly axes: N
}

// sentences

type NoCount<N extends number> = `overAxes: the number of axes has to be positive and whole, got ${N}`
const noCount = <N extends number>(axes: N): NoCount<N> =>
  `overAxes: the number of axes has to be positive and whole, got ${axes}`

type TooFew<N extends number, O extends string> = `overAxes(${N}): expected at least ${N} leading axes, got ${O}`
const tooFew = <N extends number, O extends string>(axes: N, shape: O): TooFew<N, O> =>
  `overAxes(${axes}): expected at least ${axes} leading axes, got ${shape}`

// rule

/** A shape cut in two behind its first N axes; `null` where it has fewer. */
type Cut<O extends Shape, N extends number, Lead extends Shape = []> = Lead['length'] extends N
  ? Halves<Lead, O>
  : O extends readonly [infer H extends Dim, ...infer R extends Shape]
    ? Cut<R, N, [...Lead, H]>
    : null
interface Halves<Lead extends Shape, Rest extends Shape> {
  readonly lead: Lead
  readonly rest: Rest
}
/** The axes that the layer itself sees. */
type Rest<O extends Shape, N extends number> =
  Unranked<O> extends true
    ? readonly Dim[]
    : number extends N
      ? readonly Dim[]
      : Cut<O, N> extends Halves<Shape, infer R>
        ? R
        : readonly Dim[]
type Lifted<S extends Spec, O extends Shape, N extends number> =
  Unranked<O> extends true
    ? readonly Dim[]
    : number extends N
      ? readonly Dim[]
      : Cut<O, N> extends Halves<infer L, infer R>
        ? [...L, ...Output<S, R>]
        : readonly Dim[]
type OverMessage<S extends Spec, O extends Shape, N extends number> =
  Whole<N> extends true
    ? Unranked<O> extends true
      ? never
      : number extends N
        ? never
        : Cut<O, N> extends Halves<Shape, infer R>
          ? Inside<'overAxes', Message<S, R>>
          : TooFew<N, Show<O>>
    : NoCount<N>

declare module '../rules.ts' {
  interface Rules<S, O extends Shape> {
    readonly overAxes: S extends OverAxes<infer L, infer N>
      ? {
          message: OverMessage<L, O, N>
          output: Lifted<L, O, N>
          params: ParamsAt<L, Rest<O, N>>
          state: StateAt<L, Rest<O, N>>
          count: CountAt<L, Rest<O, N>>
        }
      : never
  }
}

// interpretation

/**
 * The definition of overAxes.
 *
 * @category definitions
 * @since 0.1.0
 */
export const overAxesDefinition = defineLayer<OverAxes<Spec, number>>({
  tag: 'overAxes',
  documentation: `Over axes: a layer lifted over leading axes of an example, which it treats as a larger batch.

Parameters and state: those of the layer.`,
  label: (spec, within) => `overAxes(${labelOf(within, spec.layer)}, { axes: ${spec.axes} })`,
  rule: ({ layer: inner, axes }, shape, within) =>
    !isWhole(axes)
      ? Either.left(noCount(axes))
      : shape.length < axes
        ? Either.left(tooFew(axes, show(shape)))
        : pipe(
            inside('overAxes')(ruleOf(within, inner, shape.slice(axes))),
            Either.map((after) => [...shape.slice(0, axes), ...after])
          ),
  params: (spec, shape, within) => planOf('params', within, spec.layer, shape.slice(spec.axes)),
  state: (spec, shape, within) => planOf('state', within, spec.layer, shape.slice(spec.axes)),
  apply: ({ layer: inner, axes }, context) => {
    const shape = exampleOf(context.x)
    const lead = [batchOf(context.x), ...shape.slice(0, axes)]
    const flat = reshaped(context.x, [size(lead), ...shape.slice(axes)])
    const [y, state] = applyLayer(inner, { ...context, x: flat })
    return [reshaped(y, [...lead, ...exampleOf(y)]), state]
  },
  codec: (anyLayer) => taggedRecord('overAxes', { layer: anyLayer, axes: count })
})

// constructors

/**
 * A layer lifted over leading axes of an example, which it treats as a larger batch.
 *
 *     overAxes(dense(8), { axes: 2 }) takes [3, 4, 16] to [3, 4, 8], one kernel [16, 8] for all
 *
 * @param inner the layer.
 * @param options.axes how many leading axes it is lifted over, whole, ≥ 1.
 * @returns a layer with the parameters of `inner`.
 * @example
 * import { dense, input, network, overAxes } from 'gradfold/network'
 * network(input(28, 28, 3), overAxes(dense(8), { axes: 2 }))
 * @category combinators
 * @since 0.1.0
 */
export const overAxes = <S extends Spec, const N extends number>(
  inner: Layer<S>,
  options: { readonly axes: N }
): Layer<OverAxes<S, N>> => {
  parseWith('overAxes', record('overAxes', { axes: number }))(options)
  return layer(overAxesDefinition, { tag: 'overAxes', layer: inner.spec, axes: options.axes }, [inner])
}
