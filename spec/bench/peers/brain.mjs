/**
 * brain.js: plain JavaScript, one pattern at a time. A step is as many patterns as the case has in its batch; it is not the
 * same algorithm as that of the others (an update for each pattern, by momentum).
 */
import { load, measureAll } from './common.mjs'
import { classes, oneHot, values } from './data.mjs'

const brain = load('brain.js')

const patterns = (sizes, batch, inputs, outputs) => {
  const [width, height] = [sizes[0], sizes.at(-1)]
  const net = new brain.NeuralNetwork({
    hiddenLayers: sizes.slice(1, -1),
    activation: 'sigmoid',
    learningRate: 0.01
  })
  const sets = Array.from({ length: batch }, (_, i) => ({
    input: Array.from(inputs).slice(i * width, (i + 1) * width),
    output: Array.from(outputs).slice(i * height, (i + 1) * height)
  }))
  // builds the network and makes typed arrays of the patterns
  const { data } = net.prepTraining(sets, { iterations: 1 })
  return {
    step: () => {
      for (const pattern of data) net.trainPattern(pattern)
    }
  }
}

const digits = (batch) => patterns([784, 128, 10], batch, values(batch * 784, 1, 77), oneHot(classes(batch, 10, 5), 10))

await measureAll('brain.js', {
  a: () => patterns([2, 8, 1], 4, [0, 0, 0, 1, 1, 0, 1, 1], [0, 1, 1, 0]),
  b32: () => digits(32),
  b128: () => digits(128)
})
