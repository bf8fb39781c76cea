/**
 * onnxruntime-node: whole training steps as graphs of plain ONNX operators, one run of a session for each step. The state
 * goes to and fro between two sets of tensors that are allocated once.
 */
import { load, measureAll, threads } from './common.mjs'
import { values } from './data.mjs'
import { graph } from './onnx/graph.mjs'
import { models } from './onnx/models.mjs'
import { differentiable } from './onnx/operators.mjs'

const ort = load('onnxruntime-node')

const sessionOf = (g) =>
  ort.InferenceSession.create(g.encode(), {
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    graphOptimizationLevel: 'all',
    logSeverityLevel: 3
  })
const tensorOf = ({ shape, array }) => new ort.Tensor('float32', array.slice(), shape)

// optimizers: the moments that each keeps of a parameter, and the update as operators

const averaged = (g, decay, old, term) => g.add(g.multiply(old, g.scalar(decay)), g.multiply(term, g.scalar(1 - decay)))

const optimizers = {
  gradientDescent: {
    moments: [],
    update: (g, p, d, _, rate) => [g.subtract(p, g.multiply(d, rate))]
  },
  momentum: {
    moments: ['velocity'],
    update: (g, p, d, [velocity], rate) => {
      const next = g.add(g.multiply(velocity, g.scalar(0.9)), d)
      return [g.subtract(p, g.multiply(next, rate)), next]
    }
  },
  // the rate comes with its correction of the bias
  adam: {
    moments: ['mu', 'nu'],
    update: (g, p, d, [mu, nu], rate) => {
      const nextMu = averaged(g, 0.9, mu, d)
      const nextNu = averaged(g, 0.999, nu, g.multiply(d, d))
      const step = g.divide(nextMu, g.add(g.unary('Sqrt')(nextNu), g.scalar(1e-8)))
      return [g.subtract(p, g.multiply(step, rate)), nextMu, nextNu]
    }
  }
}

const corrected = ({ tag, rate }, step) =>
  tag === 'adam' ? (rate * Math.sqrt(1 - 0.999 ** step)) / (1 - 0.9 ** step) : rate

// steps

const training = async ({ optimizer, params, data, loss }) => {
  const { moments, update } = optimizers[optimizer.tag]
  const g = graph()
  const operators = differentiable(g)
  const inputs = (list) => Object.fromEntries(list.map(({ name, shape }) => [name, g.input(name, shape)]))
  const [p, d] = [inputs(params), inputs(data)]
  const rate = g.input('rate', [])
  const result = loss(operators, p, d)
  const gradients = operators.gradients(
    result,
    params.map(({ name }) => p[name])
  )
  /** For each part of the state: its name, its first value, and the name of its next value. */
  const state = params.flatMap(({ name, shape, array }, i) => {
    const kept = moments.map((moment) => g.input(`${name}.${moment}`, shape))
    const next = update(g, p[name], gradients[i], kept, rate).map((value) => g.output(value))
    return [
      { name, shape, array, next: next[0] },
      ...kept.map((moment, j) => ({
        name: moment.name,
        shape,
        array: new Float32Array(array.length),
        next: next[j + 1]
      }))
    ]
  })
  const lossName = g.output(result.loss)
  const session = await sessionOf(g)

  const batch = Object.fromEntries(data.map((part) => [part.name, tensorOf(part)]))
  const scalar = () => new ort.Tensor('float32', new Float32Array(1), [])
  const [rateTensor, lossTensor] = [scalar(), scalar()]
  const sets = [0, 1].map(() => state.map(tensorOf))
  let steps = 0
  return {
    step: async () => {
      const [now, next] = [sets[steps % 2], sets[(steps + 1) % 2]]
      steps++
      rateTensor.data[0] = corrected(optimizer, steps)
      await session.run(
        { ...batch, rate: rateTensor, ...Object.fromEntries(state.map(({ name }, i) => [name, now[i]])) },
        { [lossName]: lossTensor, ...Object.fromEntries(state.map(({ next: name }, i) => [name, next[i]])) }
      )
    },
    loss: () => lossTensor.data[0]
  }
}

const product = async (n) => {
  const g = graph()
  const shape = [n, n]
  const out = g.output(g.operator('MatMul', [g.input('a', shape), g.input('b', shape)], shape))
  const session = await sessionOf(g)
  const matrix = (seed) => tensorOf({ shape, array: values(n * n, 1, seed) })
  const [feeds, fetches] = [{ a: matrix(1), b: matrix(2) }, { [out]: matrix(3) }]
  return { step: () => session.run(feeds, fetches) }
}

await measureAll(
  'ort',
  Object.fromEntries(Object.entries(models).map(([name, model]) => [name, () => training(model())])),
  product
)
