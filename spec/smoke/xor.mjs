// Trains XOR through the packaged entry points, and prints the hash of the parameters and the classes it predicts.
import * as Either from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { batches, fromArrays } from 'gradfold/data'
import { dense, input, network, tanh } from 'gradfold/network'
import { sparseSoftmaxCrossEntropy } from 'gradfold/objective'
import { adam } from 'gradfold/optimizer'
import { key } from 'gradfold/random'
import { hashTree, toArray } from 'gradfold/tensor'
import * as Training from 'gradfold/training'

const corners = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1]
]
const xor = fromArrays(corners, [0, 1, 1, 0], { labels: 'i32' })
const training = Training.make({
  network: network(input(2), dense(8), tanh, dense(2)),
  loss: sparseSoftmaxCrossEntropy,
  optimizer: adam({ learningRate: 0.05 })
})
const outcome = pipe(batches(xor, { batchSize: 4, epochs: 100 }), Training.fold(training, training.init(key(1))))

if (Either.isLeft(outcome)) throw new Error(`the training failed: ${outcome.left._tag}`)
const state = outcome.right
const classes = toArray(Training.predict(training, state)(xor.inputs)).map(([no, yes]) => (yes > no ? 1 : 0))
console.log(JSON.stringify({ hash: hashTree(state.params), classes }))
