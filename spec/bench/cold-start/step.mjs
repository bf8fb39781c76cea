/**
 * One step of case b32 with the packaged build, in plain Node: cold-start.ts takes the time until it writes its first line, and
 * until it ends. The argument is the name of the engine.
 */
import { writeSync } from 'node:fs'
import * as engines from 'gradfold/engine'
import { dense, input, network, relu } from 'gradfold/network'
import { sparseSoftmaxCrossEntropy } from 'gradfold/objective'
import { adam } from 'gradfold/optimizer'
import { key } from 'gradfold/random'
import { fromArray } from 'gradfold/tensor'
import * as Training from 'gradfold/training'

const [, , name = 'reference'] = process.argv
const made = engines[name]
const engine = typeof made === 'function' ? made() : made
if (typeof engine?.compile !== 'function') throw new Error(`cold-start: the build has no engine '${name}'`)

const training = Training.make({
  network: network(input(784), dense(128), relu, dense(10)),
  loss: sparseSoftmaxCrossEntropy,
  optimizer: adam({ learningRate: 1e-5 }),
  engine
})
const inputs = Float32Array.from({ length: 32 * 784 }, (_, i) => ((i * 7919) % 2048) / 1024 - 1)
const labels = Int32Array.from({ length: 32 }, (_, i) => i % 10)
const outcome = training.step(training.init(key(1)), {
  inputs: fromArray(inputs, [32, 784]),
  labels: fromArray(labels, [32], 'i32')
})
if (outcome._tag === 'Left') throw new Error(`cold-start: ${outcome.left.message}`)
// the console of Node takes ten milliseconds to set up, which are not ours
writeSync(1, `loss ${outcome.right.loss}\n`)
writeSync(1, `peak of memory ${Math.round(process.resourceUsage().maxRSS / 1024)} MB\n`)
