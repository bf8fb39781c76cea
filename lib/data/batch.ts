/**
 * Batches: a data set cut into pieces whose order is a function of a key and the epoch.
 *
 * @since 0.1.0
 */
import { requireKnown } from '../codec/options.ts'
import { evaluate } from '../engine/index.ts'
import { foldIn, permutation, type KeyLike } from '../random/index.ts'
import { raise, type Shape } from '../shape/index.ts'
import { toFlatArray, type DType, type Tensor } from '../tensor/index.ts'
import { select, size, type AnyDataset, type Dataset } from './dataset.ts'

// model

/**
 * A place in the batches of a data set: everything before it is done. With the same data set, key and batch size it
 * says exactly what is left.
 *
 * @category model
 * @since 0.1.0
 */
export interface Cursor {
  /** from 0 */
  readonly epoch: number
  /** the next batch within the epoch, from 0 */
  readonly batch: number
}

/**
 * The cursor before the first batch.
 *
 * @category constructors
 * @since 0.1.0
 */
export const start: Cursor = Object.freeze({ epoch: 0, batch: 0 })

/**
 * Some examples, and the cursor that follows them.
 *
 * @category model
 * @since 0.1.0
 */
export interface Batch<
  X extends Shape,
  Y extends Shape,
  TX extends DType = 'f32',
  TY extends DType = 'f32'
> extends Dataset<X, Y, TX, TY> {
  readonly cursor: Cursor
}

/**
 * How a data set is cut into batches.
 *
 * @category model
 * @since 0.1.0
 */
export interface BatchOptions {
  /** examples in a batch, from 1; the number of examples for batch descent, 1 for stochastic descent */
  readonly batchSize: number
  /** the key of the order; the order of the data set itself where it is not given */
  readonly key?: KeyLike
  /** epochs in all, counted from epoch 0, from 0, or `Infinity`; default 1 */
  readonly epochs?: number
  /** whether a last batch with fewer examples is dropped; default false: it is kept */
  readonly drop?: boolean
  /** where to begin; default `start` */
  readonly from?: Cursor
}

// destructors

/**
 * The number of batches in an epoch.
 *
 * @param examples the number of examples
 * @param options.batchSize examples in a batch, from 1
 * @param options.drop whether a last batch with fewer examples is dropped. Default false.
 * @returns a whole number; throws one sentence where there would be no batch at all
 * @example
 * import { batchesPerEpoch } from 'gradfold/data'
 * const steps: number = batchesPerEpoch(60000, { batchSize: 32 }) // 1875
 * @category destructors
 * @since 0.1.0
 */
export const batchesPerEpoch = (
  examples: number,
  { batchSize, drop = false }: Pick<BatchOptions, 'batchSize' | 'drop'>
): number => {
  if (!Number.isSafeInteger(batchSize) || batchSize < 1)
    raise(`batches: batchSize has to be a whole number of at least 1, got ${batchSize}`)
  if (examples === 0) raise('batches: expected at least one example, got an empty data set')
  return drop
    ? Math.floor(examples / batchSize) ||
        raise(
          `batches: ${examples} examples give no whole batch of ${batchSize}; take a smaller batchSize or keep the last partial batch`
        )
    : Math.ceil(examples / batchSize)
}

/**
 * The order of the examples in an epoch: `permutation(examples)` with the key `foldIn(foldIn(key, 'data'), epoch)`.
 *
 * @param examples the number of examples
 * @param key the key of the whole run
 * @param epoch from 0
 * @returns the number of the example at each place
 * @example
 * import { epochOrder } from 'gradfold/data'
 * import { key } from 'gradfold/random'
 * const order = epochOrder(10, key(42), 0) // Tensor<[number], 'i32'>
 * @category destructors
 * @since 0.1.0
 */
export const epochOrder = (examples: number, key: KeyLike, epoch: number): Tensor<[number], 'i32'> =>
  evaluate(permutation(examples)(foldIn(key, ['data', epoch])))

// constructors

/**
 * The batches of a data set, epoch after epoch.
 *
 * Batch b of an epoch holds the examples at the places b · batchSize to (b + 1) · batchSize − 1 of the epoch's order:
 * `epochOrder` where there is a key, the order of the data set where there is none. Batches are made when they are
 * asked for; iterating again begins again. From the cursor of any batch, exactly the batches after it follow.
 *
 * @param self the data set, with at least one example
 * @param options see `BatchOptions`
 * @returns an iterable; throws one sentence where an option is out of range
 * @example
 * import { batches, fromArrays } from 'gradfold/data'
 * import { key } from 'gradfold/random'
 * const data = fromArrays([[0, 0], [0, 1], [1, 0], [1, 1]], [0, 1, 1, 0], { labels: 'i32' })
 * const seen: readonly number[] = Array.from(batches(data, { batchSize: 3, key: key(42), epochs: 2 }), (batch) => batch.cursor.batch)
 * // [1, 0, 1, 0]
 * @category constructors
 * @since 0.1.0
 */
export const batches = <X extends Shape, Y extends Shape, TX extends DType, TY extends DType>(
  self: Dataset<X, Y, TX, TY>,
  options: BatchOptions
): Iterable<Batch<X, Y, TX, TY>> => {
  const plan = resolve(self, options)
  return Object.freeze({ [Symbol.iterator]: () => generate(self, plan) })
}

// helpers

interface Plan {
  readonly perEpoch: number
  readonly batchSize: number
  readonly key: KeyLike | undefined
  readonly epochs: number
  readonly from: Cursor
}

const isCount = (n: number): boolean => Number.isSafeInteger(n) && n >= 0

const known: readonly (keyof BatchOptions)[] = ['batchSize', 'key', 'epochs', 'drop', 'from']

/** The options with their defaults, checked. */
const resolve = (self: AnyDataset, options: BatchOptions): Plan => {
  requireKnown('batches', known, options)
  const { batchSize, key, epochs = 1, from = start } = options
  const perEpoch = batchesPerEpoch(size(self), options)
  if (!isCount(epochs) && epochs !== Infinity)
    raise(`batches: epochs has to be a whole number of at least 0, or Infinity, got ${epochs}`)
  if (!isCount(from.epoch) || !isCount(from.batch) || from.batch >= perEpoch)
    raise(
      `batches: a cursor has an epoch from 0 and a batch from 0 to ${perEpoch - 1}, got epoch ${from.epoch}, batch ${from.batch}; was it made with another batchSize?`
    )
  return { perEpoch, batchSize, key, epochs, from }
}

const generate = function* <X extends Shape, Y extends Shape, TX extends DType, TY extends DType>(
  self: Dataset<X, Y, TX, TY>,
  { perEpoch, batchSize, key, epochs, from }: Plan
): Generator<Batch<X, Y, TX, TY>, void, undefined> {
  const n = size(self)
  for (let epoch = from.epoch; epoch < epochs; epoch++) {
    const order = key === undefined ? undefined : toFlatArray(epochOrder(n, key, epoch))
    for (let batch = epoch === from.epoch ? from.batch : 0; batch < perEpoch; batch++) {
      const first = batch * batchSize
      const places = Array.from({ length: Math.min(batchSize, n - first) }, (_, i) => first + i)
      const rows = order === undefined ? places : places.map((place) => order[place] ?? 0)
      const last = batch + 1 === perEpoch
      const cursor: Cursor = Object.freeze(last ? { epoch: epoch + 1, batch: 0 } : { epoch, batch: batch + 1 })
      yield Object.freeze({ ...select(self, rows), cursor })
    }
  }
}
