import type { Either } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expectTypeOf, it } from 'vitest'
import { batches, fromArrays } from 'gradfold/data'
import { dense, input, network, relu } from 'gradfold/network'
import { accuracy, sparseSoftmaxCrossEntropy } from 'gradfold/objective'
import { adam, chain, clipByGlobalNorm } from 'gradfold/optimizer'
import { key } from 'gradfold/random'
import type { Tensor } from 'gradfold/tensor'
import * as Training from 'gradfold/training'

const data = fromArrays(
  [
    [0, 1],
    [1, 0]
  ],
  [0, 1],
  { labels: 'i32' }
)
const training = Training.make({
  network: network(input(2), dense(8), relu, dense(3)),
  loss: sparseSoftmaxCrossEntropy,
  optimizer: chain(clipByGlobalNorm(1), adam({ learningRate: 0.01 })),
  metrics: { accuracy }
})
type State = Training.StateOf<typeof training>

describe('the type of a training', () => {
  it('has the shapes of parameters and optimizer state', () => {
    expectTypeOf<State['params']['dense_1']['kernel']>().toEqualTypeOf<Tensor<[8, 3]>>()
    expectTypeOf<State['optState']['adam']['mu']['dense_0']['bias']>().toEqualTypeOf<Tensor<[8]>>()
    expectTypeOf<State['optState']['adam']['step']>().toEqualTypeOf<Tensor<[], 'i32'>>()
    expectTypeOf(training.init(key(1))).toEqualTypeOf<State>()
  })

  it('goes through every fold', () => {
    const start = training.init(key(1))
    expectTypeOf(pipe(batches(data, { batchSize: 1 }), Training.fold(training, start))).toEqualTypeOf<
      Either<Training.Failure<State>, State>
    >()
    expectTypeOf(
      pipe(batches(data, { batchSize: 1 }), Training.foldWhile(training, start, [Training.maxSteps(3)]))
    ).toEqualTypeOf<Either<Training.Failure<State>, Training.Stopped<State>>>()
    expectTypeOf(pipe(batches(data, { batchSize: 1 }), Training.evaluate(training, start))).toEqualTypeOf<{
      readonly accuracy: number
    }>()
    expectTypeOf(Training.predict(training, start)(data.inputs)).toEqualTypeOf<Tensor<[number, 3]>>()
    expectTypeOf(Training.decodeState(training)).returns.toEqualTypeOf<Either<readonly string[], State>>()
  })

  it('is that of its float type', () => {
    const double = Training.make({ network: training.network, loss: training.loss, optimizer: adam(), dtype: 'f64' })
    expectTypeOf(double.init(key(1)).params.dense_0.kernel).toEqualTypeOf<Tensor<[2, 8], 'f64'>>()
  })
})
