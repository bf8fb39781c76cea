import type { Either } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { describe, expectTypeOf, it } from 'vitest'
import {
  batches,
  dataset,
  fromArrays,
  normalise,
  parseCsv,
  parseIdx,
  shuffle,
  split,
  type Batch,
  type DataErrors,
  type Dataset
} from '../../lib/data/index.ts'
import { mnist, type Mnist } from '../../lib/data/node/index.ts'
import { key } from '../../lib/random/index.ts'
import { tensor, zeros, type Tensor } from '../../lib/tensor/index.ts'

describe('data sets', () => {
  it('know the shapes of one input and one label', () => {
    expectTypeOf(dataset(zeros([3, 28, 28, 1]), zeros([3], 'i32'))).toEqualTypeOf<
      Dataset<[28, 28, 1], [], 'f32', 'i32'>
    >()
    expectTypeOf(dataset(zeros([3, 2], 'f64'), zeros([3, 1], 'f64'))).toEqualTypeOf<Dataset<[2], [1], 'f64', 'f64'>>()
    expectTypeOf(
      fromArrays(
        [
          [0, 1],
          [1, 0]
        ],
        [1, 0],
        { labels: 'i32' }
      )
    ).toEqualTypeOf<Dataset<[2], [], 'f32', 'i32'>>()
    const symbolic = null as unknown as Tensor<['batch', 4]>
    expectTypeOf(dataset(symbolic, tensor([1, 2]))).toEqualTypeOf<Dataset<[4], []>>()
  })

  it('keep them through pipes and in batches', () => {
    const data = dataset(zeros([3, 2]), zeros([3], 'i32'))
    const parts = (): readonly [Dataset<[2], [], 'f32', 'i32'>, Dataset<[2], [], 'f32', 'i32'>] =>
      pipe(data, normalise({ divide: 2 }), shuffle(key(1)), split(2))
    expectTypeOf(parts).toBeFunction()
    expectTypeOf(batches(data, { batchSize: 2 })).toEqualTypeOf<Iterable<Batch<[2], [], 'f32', 'i32'>>>()
    expectTypeOf<Batch<[2], [], 'f32', 'i32'>['inputs']>().toEqualTypeOf<Tensor<[number, 2]>>()
  })

  it('do not compile with options that there are not', () => {
    const data = dataset(zeros([3, 2]), zeros([3], 'i32'))
    // @ts-expect-error the option is called batchSize
    const size = (): unknown => batches(data, { size: 2 })
    // @ts-expect-error a key is no number
    const seed = (): unknown => batches(data, { batchSize: 2, key: 42 })
    expectTypeOf([size, seed]).toBeArray()
  })
})

describe('readers', () => {
  it('know the data set from the options', () => {
    expectTypeOf(parseCsv({ inputs: ['a', 'b'], labels: { column: 'c', classes: ['x', 'y'] } })('')).toEqualTypeOf<
      Either<DataErrors, Dataset<[2], [], 'f32', 'i32'>>
    >()
    expectTypeOf(parseCsv({ inputs: ['a'], labels: { columns: ['c', 'd'] }, dtype: 'f64' })('')).toEqualTypeOf<
      Either<DataErrors, Dataset<[1], [2], 'f64', 'f64'>>
    >()
    expectTypeOf(parseCsv({ inputs: ['a'], labels: { column: 'c' } })('')).toEqualTypeOf<
      Either<DataErrors, Dataset<[1], []>>
    >()
    expectTypeOf(parseIdx({ dtype: 'f32' })(Uint8Array.of())).toEqualTypeOf<Either<DataErrors, Tensor<number[]>>>()
    expectTypeOf(mnist()).toEqualTypeOf<TaskEither<DataErrors, Mnist>>()
  })
})
