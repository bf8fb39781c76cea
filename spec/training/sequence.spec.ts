import * as Either from 'fp-ts/lib/Either.js'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { dense, input, network, predict, tanh } from 'gradfold/network'
import { accuracy, meanSquaredError, softmaxCrossEntropy, sparseSoftmaxCrossEntropy } from 'gradfold/objective'
import { adam } from 'gradfold/optimizer'
import { key } from 'gradfold/random'
import { full, zeros, type Tensor } from 'gradfold/tensor'
import * as Training from 'gradfold/training'
import { right } from './fixtures.ts'

const sequences = network(input('time', 3), dense(4), tanh, dense(2))
const parts = { network: sequences, optimizer: adam({ learningRate: 0.01 }) }

describe('a network whose input has a name', () => {
  it('is trained with any size in its place, another one in each batch', () => {
    const trained = (loss: typeof meanSquaredError | typeof softmaxCrossEntropy) => {
      const training = Training.make({ ...parts, loss: loss as typeof meanSquaredError })
      return [3, 5, 3].reduce(
        ({ state, losses }, time) => {
          const batch = { inputs: full([2, time, 3], 0.5), labels: full([2, time, 2], 0.5) }
          const next = right(training.step(state, batch))
          return { state: next.state, losses: [...losses, next.loss] }
        },
        { state: training.init(key(1)), losses: [] as readonly number[] }
      )
    }
    for (const loss of [meanSquaredError, softmaxCrossEntropy]) {
      const { state, losses } = trained(loss)
      expect(state.step).toBe(3)
      expect(losses[2]).toBeLessThan(losses[0]!)
    }
  })

  it('takes class numbers for each place of a sequence', () => {
    const training = Training.make({ ...parts, loss: sparseSoftmaxCrossEntropy, metrics: { accuracy } })
    const batch = { inputs: full([2, 3, 3], 0.5), labels: full([2, 3], 1, 'i32') }
    expect(right(training.step(training.init(key(1)), batch)).metrics.accuracy.total).toBe(6)
  })

  it('refuses labels of another length than the inputs, and says which', () => {
    const training = Training.make({ ...parts, loss: meanSquaredError })
    const failed = training.step(training.init(key(1)), { inputs: zeros([2, 3, 3]), labels: zeros([2, 4, 2]) })
    expect(Either.isLeft(failed) && failed.left.message).toBe(
      'meanSquaredError: the network gives [batch, 3, 2], so labels have to be [2, 3, 2], got [2, 4, 2]'
    )
  })

  it('refuses two sizes for one name', () => {
    const square = network(input('side', 'side'), tanh)
    const training = Training.make({ network: square, loss: meanSquaredError, optimizer: adam() })
    const failed = training.step(training.init(key(1)), { inputs: zeros([1, 2, 3]), labels: zeros([1, 2, 3]) })
    expect(Either.isLeft(failed) && failed.left.message).toBe(
      'step: the network takes a batch [batch, side, side], got [1, 2, 3]'
    )
  })

  it('predicts for inputs of known length, whose outputs have a length that is not known to the compiler', () => {
    const training = Training.make({ ...parts, loss: meanSquaredError })
    const state = training.init(key(1))
    const [a, b] = [
      predict(sequences)(state.params)(zeros([1, 7, 3])),
      Training.predict(training, state)(zeros([1, 7, 3]))
    ]
    expectTypeOf(a).toEqualTypeOf<Tensor<[1, number, 2]>>()
    expectTypeOf(b).toEqualTypeOf<Tensor<[1, number, 2]>>()
    expect([a.shape, b.shape]).toEqual([
      [1, 7, 2],
      [1, 7, 2]
    ])
    // @ts-expect-error -- apply: the network takes a batch [batch, time, 3], got [1, 7, 4]
    expect(() => predict(sequences)(state.params)(zeros([1, 7, 4]))).toThrow(
      'apply: the network takes a batch [batch, time, 3], got [1, 7, 4]'
    )
  })
})
