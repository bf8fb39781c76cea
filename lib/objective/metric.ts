/**
 * Metrics: what is counted in each batch, and merged over batches by a monoid.
 *
 * @since 0.1.0
 */
import type { Monoid } from 'fp-ts/lib/Monoid.js'
import { evaluate, reference, type Engine } from '../engine/index.ts'
import { constant, type AnyExpr } from '../expr/index.ts'
import { raise } from '../shape/index.ts'
import { isTensor, item, type AnyTensor } from '../tensor/index.ts'

// model

/**
 * What a metric computes of a batch: a record of expressions.
 *
 * @category model
 * @since 0.1.0
 */
export interface Measured {
  readonly [name: string]: AnyExpr | Measured
}

/**
 * What the expressions of a metric evaluate to.
 *
 * @category model
 * @since 0.1.0
 */
export interface MeasuredTensors {
  readonly [name: string]: AnyTensor | MeasuredTensors
}

/**
 * A measurement M of predictions against labels, which a person reads as V.
 *
 * @category model
 * @since 0.1.0
 */
export interface Metric<M, V = number> {
  readonly name: string
  /** the measurement of one batch as expressions: part of the compiled step */
  readonly batch: (predictions: AnyExpr, labels: AnyExpr) => Measured
  /** the measurement, from what the expressions evaluate to */
  readonly read: (tensors: MeasuredTensors) => M
  /** merging, left to right over the batches */
  readonly monoid: Monoid<M>
  readonly value: (measurement: M) => V
}

/**
 * A metric, whatever it measures; it is only ever given its own measurements.
 *
 * @category model
 * @since 0.1.0
 */
export interface AnyMetric {
  readonly name: string
  readonly batch: (predictions: AnyExpr, labels: AnyExpr) => Measured
  readonly read: (tensors: MeasuredTensors) => unknown
  readonly monoid: { readonly concat: (a: never, b: never) => unknown; readonly empty: unknown }
  readonly value: (measurement: never) => unknown
}

/**
 * The measurement of a metric.
 *
 * @category types
 * @since 0.1.0
 */
export type MeasurementOf<X> = X extends { readonly read: (tensors: MeasuredTensors) => infer M } ? M : never

/**
 * What a person reads of a metric.
 *
 * @category types
 * @since 0.1.0
 */
export type ValueOf<X> = X extends { readonly value: (measurement: never) => infer V } ? V : never

// constructors

/**
 * The tensor under a name of what was measured: for those who define their own metrics; throws where there is none.
 *
 * @example
 * import { tensorAt } from 'gradfold/objective'
 * import { tensor } from 'gradfold/tensor'
 * tensorAt('counts')({ counts: tensor([1, 2]) }) // [1, 2]
 * @category constructors
 * @since 0.1.0
 */
export const tensorAt =
  (name: string) =>
  (tensors: MeasuredTensors): AnyTensor => {
    const found = tensors[name]
    return isTensor(found) ? found : raise(`metric: expected a tensor under '${name}', got none`)
  }

/**
 * The number under a name of what was measured, a tensor of shape []; throws where there is none.
 *
 * @example
 * import { numberAt } from 'gradfold/objective'
 * import { tensor } from 'gradfold/tensor'
 * numberAt('total')({ total: tensor(3) }) // 3
 * @category constructors
 * @since 0.1.0
 */
export const numberAt =
  (name: string) =>
  (tensors: MeasuredTensors): number =>
    // `item` checks the shape
    Number(item(tensorAt(name)(tensors) as never))

/** Metrics of which each is only ever given its own measurements. */
type Uniform = Readonly<Record<string, Metric<unknown, unknown>>>

const mapEntries = <A, B>(
  record: Readonly<Record<string, A>>,
  f: (a: A, name: string) => B
): Readonly<Record<string, B>> => Object.fromEntries(Object.entries(record).map(([name, a]) => [name, f(a, name)]))

/**
 * Several metrics as one, under names of their own.
 *
 * @param metrics a record of metrics.
 * @returns the metric of the record of their measurements.
 * @example
 * import { accuracy, allOf, meanLoss, sparseSoftmaxCrossEntropy } from 'gradfold/objective'
 * const both = allOf({ accuracy, loss: meanLoss(sparseSoftmaxCrossEntropy) })
 * @category metrics
 * @since 0.1.0
 */
export const allOf = <Ms extends Readonly<Record<string, AnyMetric>>>(
  metrics: Ms
): Metric<{ readonly [K in keyof Ms]: MeasurementOf<Ms[K]> }, { readonly [K in keyof Ms]: ValueOf<Ms[K]> }> => {
  // each metric meets its own measurement under its own name
  const members = metrics as unknown as Uniform
  const together: Metric<Readonly<Record<string, unknown>>, Readonly<Record<string, unknown>>> = {
    name: Object.keys(members).join(', '),
    batch: (predictions, labels) => mapEntries(members, (metric) => metric.batch(predictions, labels)),
    read: (tensors) => mapEntries(members, (metric, name) => metric.read(branchAt(name)(tensors))),
    monoid: {
      empty: mapEntries(members, ({ monoid }) => monoid.empty),
      concat: (a, b) => mapEntries(members, ({ monoid }, name) => monoid.concat(a[name], b[name]))
    },
    value: (measurements) => mapEntries(members, (metric, name) => metric.value(measurements[name]))
  }
  return Object.freeze(together) as never
}

const branchAt =
  (name: string) =>
  (tensors: MeasuredTensors): MeasuredTensors => {
    const found = tensors[name]
    return found === undefined || isTensor(found) ? raise(`metric: there are no measurements under '${name}'`) : found
  }

// interpretation

/**
 * The measurement of predictions and labels that are there.
 *
 * @param self the metric.
 * @param engine what computes it. Default: `reference`.
 * @returns a function of the predictions and the labels, both with the batch as their first axis.
 * @throws where they do not fit.
 * @example
 * import { accuracy, measure } from 'gradfold/objective'
 * import { tensor } from 'gradfold/tensor'
 * const counted = measure(accuracy)(tensor([[1, 0], [0, 1]]), tensor([0, 0], 'i32')) // { correct: 1, total: 2 }
 * @category interpretation
 * @since 0.1.0
 */
export const measure =
  <M, V>(self: Metric<M, V>, engine: Engine = reference) =>
  (predictions: AnyTensor, labels: AnyTensor): M =>
    // evaluating keeps the structure
    self.read(evaluate(self.batch(constant(predictions), constant(labels)), engine))
