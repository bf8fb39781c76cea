// Wrong trainings: states and batches that do not belong to a training, and options that do not exist.
import { pipe } from 'fp-ts/lib/function.js'
import { batches, dataset } from '../../lib/data/index.ts'
import { dense, input, network, relu } from '../../lib/network/index.ts'
import { meanSquaredError, softmaxCrossEntropy, sparseSoftmaxCrossEntropy, withReduction } from '../../lib/objective/index.ts'
import { adam, gradientDescent } from '../../lib/optimizer/index.ts'
import { key } from '../../lib/random/index.ts'
import { zeros } from '../../lib/tensor/index.ts'
import * as Training from '../../lib/training/index.ts'

const net = network(input(4), dense(8), relu, dense(3))
const wider = network(input(4), dense(16), relu, dense(3))
const optimizer = adam({ learningRate: 1e-3 })
const training = Training.make({ network: net, loss: sparseSoftmaxCrossEntropy, optimizer })
const soft = Training.make({ network: net, loss: softmaxCrossEntropy, optimizer })
const wide = Training.make({ network: wider, loss: sparseSoftmaxCrossEntropy, optimizer })
const plain = Training.make({ network: net, loss: sparseSoftmaxCrossEntropy, optimizer: gradientDescent({ learningRate: 0.1 }) })
const double = Training.make({ network: net, loss: sparseSoftmaxCrossEntropy, optimizer, dtype: 'f64' })
const state = training.init(key(1))
const inputs = zeros([5, 4])
const labels = zeros([5], 'i32')


// a batch of another feature shape
export const e01 = training.step(state, { inputs: zeros([5, 3]), labels })
// a batch without its batch axis
export const e02 = training.step(state, { inputs: zeros([4]), labels })
// labels that are probabilities where class numbers are asked for
export const e03 = training.step(state, { inputs, labels: zeros([5, 3]) })
// labels of the wrong shape
export const e04 = soft.step(soft.init(key(1)), { inputs, labels: zeros([5, 4]) })
// fewer labels than examples
export const e05 = training.step(state, { inputs, labels: zeros([4], 'i32') })
// the state of another network
export const e06 = training.step(wide.init(key(1)), { inputs, labels })
// the state of another optimizer
export const e07 = plain.step(state, { inputs, labels })
// a state in another float type
export const e08 = training.step(double.init(key(1)), { inputs, labels })
// a batch in another float type
export const e09 = double.step(double.init(key(1)), { inputs, labels })
// a fold over batches of another feature shape
export const e10 = pipe(batches(dataset(zeros([9, 5]), zeros([9], 'i32')), { batchSize: 3 }), Training.fold(training, state))
// a fold over labels of another type
export const e11 = pipe(batches(dataset(zeros([9, 4]), zeros([9, 3])), { batchSize: 3 }), Training.fold(training, state))
// a fold from the state of another network
export const e12 = Training.fold(training, wide.init(key(1)))
// a loss that gives no scalar
export const e13 = Training.make({ network: net, loss: pipe(meanSquaredError, withReduction('none')), optimizer })
// an option that does not exist
export const e14 = Training.make({ network: net, loss: meanSquaredError, optimizer, metric: {} })
// an optimizer option that does not exist
export const e15 = adam({ learningrate: 1e-3 })
// a training without an optimizer
export const e16 = Training.make({ network: net, loss: meanSquaredError })
// predictions for inputs of another shape
export const e17 = Training.predict(training, state)(zeros([5, 3]))
// parameters that are not those of the state
export const e18 = pipe(state, Training.withParams(wide.init(key(1)).params))
