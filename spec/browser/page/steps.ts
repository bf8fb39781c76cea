/**
 * Some steps of the main job's network on made-up images: the same in a browser and in Node, on any engine.
 */
import * as Either from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { batches, dataset } from 'gradfold/data'
import type { Engine } from 'gradfold/engine'
import { dense, flatten, input, network, relu } from 'gradfold/network'
import { sparseSoftmaxCrossEntropy } from 'gradfold/objective'
import { adam } from 'gradfold/optimizer'
import { key } from 'gradfold/random'
import { fromTypedArray, hashTree } from 'gradfold/tensor'
import * as Training from 'gradfold/training'

const batchSize = 32

/** Images whose pixels are nearly random, each near its class's own. */
const madeUp = (examples: number) => {
  const pixel = (_: unknown, i: number): number => {
    const image = Math.floor(i / 784)
    return ((Math.imul(i % 784, 7919 * ((image % 10) + 1)) + image) & 255) / 255
  }
  const labels = Int32Array.from({ length: examples }, (_, i) => i % 10)
  return dataset(
    fromTypedArray([examples, 28, 28, 1])(Float32Array.from({ length: examples * 784 }, pixel)),
    fromTypedArray([examples])(labels)
  )
}

/** The hash of the parameters after so many steps. */
export const hashAfter = (count: number, engine: Engine): string => {
  const training = Training.make({
    network: network(input(28, 28, 1), flatten, dense(128), relu, dense(10)),
    loss: sparseSoftmaxCrossEntropy,
    optimizer: adam({ learningRate: 1e-3 }),
    engine
  })
  return pipe(
    batches(madeUp(batchSize * count), { batchSize, key: key(42) }),
    Training.fold(training, training.init(key(42))),
    Either.match(
      (failure) => {
        throw new Error(failure.message)
      },
      ({ params }) => hashTree(params)
    )
  )
}
