/**
 * Bringing inputs to a common scale.
 *
 * @since 0.1.0
 */
import { requireKnown } from '../codec/options.ts'
import { raise, show, type Shape } from '../shape/index.ts'
import type { DType, FloatDType, Tensor } from '../tensor/index.ts'
import { allocate, bufferOf, fromBuffer, type Buffers } from '../tensor/internal.ts'
import type { Dataset } from './dataset.ts'

// model

/**
 * A number for all inputs, or one for each feature (place on the last axis).
 *
 * @category model
 * @since 0.1.0
 */
export type PerFeature = number | readonly number[]

const features = (shape: readonly number[]): number => (shape.length < 2 ? 1 : (shape.at(-1) ?? 1))

/** One number for each feature, rounded to the type of the inputs. */
const spread = (name: string, given: PerFeature, shape: readonly number[], dtype: FloatDType): readonly number[] => {
  const count = features(shape)
  const numbers = typeof given === 'number' ? Array.from({ length: count }, () => given) : given
  if (numbers.length !== count)
    raise(
      `normalise: ${name} has to be one number or ${count}, one for each feature of ${show(shape)}, got ${numbers.length}`
    )
  const rounded = dtype === 'f32' ? numbers.map(Math.fround) : numbers
  const bad = rounded.find((x) => !Number.isFinite(x) || (name === 'divide' && x === 0))
  return bad === undefined
    ? rounded
    : raise(`normalise: ${name} has to be finite${name === 'divide' ? ' and not 0' : ''}, got ${bad}`)
}

// combinators

/**
 * The data set with every input shifted and scaled; labels stay as they are.
 *
 *     x ← (x − subtract) / divide
 *
 * Subtraction and division are each rounded once to the type of the inputs.
 *
 * @param options.subtract finite; one number, or one for each feature. Default 0.
 * @param options.divide finite and not 0; likewise. Default 1.
 * @returns a function of a data set of float inputs; throws one sentence where the numbers do not fit
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { fromArrays, normalise } from 'gradfold/data'
 * const pixels = pipe(fromArrays([[0, 255], [51, 102]], [0, 1], { labels: 'i32' }), normalise({ divide: 255 }))
 * @category combinators
 * @since 0.1.0
 */
export const normalise = (options: { readonly subtract?: PerFeature; readonly divide?: PerFeature }) => {
  requireKnown('normalise', ['subtract', 'divide'], options)
  const { subtract = 0, divide = 1 } = options
  return <X extends Shape, Y extends Shape, TX extends FloatDType, TY extends DType>(
    self: Dataset<X, Y, TX, TY>
  ): Dataset<X, Y, TX, TY> => {
    const { shape, dtype } = self.inputs
    const [shift, scale] = [spread('subtract', subtract, shape, dtype), spread('divide', divide, shape, dtype)]
    const source: ArrayLike<number> = bufferOf(self.inputs)
    const target = allocate<FloatDType>(dtype, source.length)
    const round = dtype === 'f32' ? Math.fround : (x: number): number => x
    for (let i = 0; i < source.length; i++) {
      const feature = i % shift.length
      // eslint-disable-next-line functional/immutable-data -- filling the buffer allocated above
      target[i] = round((source[i] ?? 0) - (shift[feature] ?? 0)) / (scale[feature] ?? 1)
    }
    // the buffer was allocated for the type of the inputs
    const inputs: Tensor<[number, ...X], TX> = fromBuffer(dtype, shape, target as Buffers[TX])
    return Object.freeze({ inputs, labels: self.labels })
  }
}

// destructors

/**
 * Mean and standard deviation (of the population) of each feature over all examples, in float64 and ascending order:
 * what `normalise` takes to standardise. A feature that never varies has deviation 0, by which nothing can be divided.
 *
 * Take them from the training data and use them for the test data too.
 *
 * @returns as many means and deviations as the last axis has places; NaN where there are no examples
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { fromArrays, moments, normalise } from 'gradfold/data'
 * const train = fromArrays([[1, 10], [3, 30]], [0, 1], { labels: 'i32' })
 * const { mean, deviation } = moments(train)
 * const standard = pipe(train, normalise({ subtract: mean, divide: deviation }))
 * @category destructors
 * @since 0.1.0
 */
export const moments = <X extends Shape, Y extends Shape, TX extends FloatDType, TY extends DType>(
  self: Dataset<X, Y, TX, TY>
): { readonly mean: readonly number[]; readonly deviation: readonly number[] } => {
  const buffer: ArrayLike<number> = bufferOf(self.inputs)
  const count = features(self.inputs.shape)
  const rows = buffer.length / count
  const average = (feature: number, term: (x: number) => number): number => {
    const sums = new Float64Array(1)
    // eslint-disable-next-line functional/immutable-data -- a sum over a data set, kept in the array allocated above
    for (let i = feature; i < buffer.length; i += count) sums[0] = (sums[0] ?? 0) + term(buffer[i] ?? 0)
    return (sums[0] ?? 0) / rows
  }
  const mean = Array.from({ length: count }, (_, feature) => average(feature, (x) => x))
  const variance = mean.map((m, feature) => average(feature, (x) => (x - m) * (x - m)))
  return { mean, deviation: variance.map(Math.sqrt) }
}
