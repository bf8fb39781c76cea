/**
 * TensorFlow.js on its WebAssembly backend. It has one thread in Node, where the package switches threads off, and it cannot
 * train convolutions: the gradient of a kernel is not among its kernels.
 */
import { load, measureAll } from './common.mjs'
import { classes, size, values } from './data.mjs'

// the CommonJS builds of both packages share one tfjs-core
const tf = load('@tensorflow/tfjs')
load('@tensorflow/tfjs-backend-wasm')

await tf.setBackend('wasm')
await tf.ready()
// where a backend does not start, tfjs falls back to its slow one without a word
if (tf.getBackend() !== 'wasm') throw new Error(`the backend wasm did not start, tfjs runs on ${tf.getBackend()}`)

const drawn = (shape, scale, seed) => tf.tensor(values(size(shape), scale, seed), shape)
const variable = (shape, scale, seed) => tf.variable(drawn(shape, scale, seed))
const zeros = (shape) => tf.variable(tf.zeros(shape))
const ones = (shape) => tf.variable(tf.ones(shape))
const labels = (n, seed) => tf.oneHot(tf.tensor1d(classes(n, 10, seed), 'int32'), 10).toFloat()
const squaredError = (a, b) => a.sub(b).square().mean()

const training = (optimizer, loss) => ({
  step: () => {
    tf.tidy(() => {
      optimizer.minimize(loss)
    })
  },
  dispose: () => {
    tf.disposeVariables()
  }
})

// cases

const exclusiveOr = () => {
  const x = tf.tensor2d([0, 0, 0, 1, 1, 0, 1, 1], [4, 2])
  const y = tf.tensor2d([0, 1, 1, 0], [4, 1])
  const [w1, b1, w2, b2] = [variable([2, 8], 1, 1), zeros([8]), variable([8, 1], 1, 3), zeros([1])]
  return training(tf.train.sgd(0.1), () => squaredError(x.matMul(w1).add(b1).tanh().matMul(w2).add(b2).sigmoid(), y))
}

const perceptron = (sizes, batch) => {
  const layers = sizes
    .slice(1)
    .map((units, i) => [variable([sizes[i], units], Math.sqrt(3 / sizes[i]), i + 1), zeros([units])])
  const [x, y] = [drawn([batch, sizes[0]], 1, 77), labels(batch, 5)]
  return training(tf.train.adam(1e-5), () =>
    tf.losses.softmaxCrossEntropy(
      y,
      layers.reduce((h, [w, b], i) => {
        const z = h.matMul(w).add(b)
        return i + 1 < layers.length ? z.relu() : z
      }, x)
    )
  )
}

const convolutions = () => {
  const [x, y] = [drawn([64, 28, 28, 1], 1, 7), labels(64, 5)]
  const [k1, c1] = [variable([5, 5, 1, 8], 0.3, 1), zeros([8])]
  const [k2, c2] = [variable([5, 5, 8, 16], 0.1, 3), zeros([16])]
  const [w, b] = [variable([256, 10], 0.1, 5), zeros([10])]
  const block = (h, kernel, bias) => tf.conv2d(h, kernel, 1, 'valid').add(bias).relu().maxPool(2, 2, 'valid')
  return training(tf.train.momentum(0.01, 0.9), () =>
    tf.losses.softmaxCrossEntropy(
      y,
      block(block(x, k1, c1), k2, c2)
        .reshape([64, 256])
        .matMul(w)
        .add(b)
    )
  )
}

const recurrent = () => {
  const [batch, time, features, units] = [16, 32, 64, 128]
  const x = drawn([time * batch, features], 1, 7)
  const target = drawn([time, batch, units], 0.5, 8)
  const wx = variable([features, 4 * units], 0.1, 1)
  const wh = variable([units, 4 * units], 0.1, 2)
  const b = zeros([4 * units])
  return training(tf.train.sgd(0.1), () => {
    const inputs = x.matMul(wx).add(b)
    const outputs = []
    let [h, c] = [tf.zeros([batch, units]), tf.zeros([batch, units])]
    for (let t = 0; t < time; t++) {
      const gates = inputs.slice([t * batch, 0], [batch, 4 * units]).add(h.matMul(wh))
      const [i, f, g, o] = tf.split(gates, 4, 1)
      c = f.sigmoid().mul(c).add(i.sigmoid().mul(g.tanh()))
      h = o.sigmoid().mul(c.tanh())
      outputs.push(h)
    }
    return squaredError(tf.stack(outputs), target)
  })
}

const transformer = () => {
  const [batch, time, width, heads, inner] = [8, 64, 64, 4, 256]
  const [x, target] = [drawn([batch * time, width], 1, 7), drawn([batch * time, width], 1, 8)]
  const [g1, o1, g2, o2] = [ones([width]), zeros([width]), ones([width]), zeros([width])]
  const [wqkv, bqkv] = [variable([width, 3 * width], 0.15, 2), zeros([3 * width])]
  const [wo, bo] = [variable([width, width], 0.15, 4), zeros([width])]
  const [w1, b1] = [variable([width, inner], 0.15, 7), zeros([inner])]
  const [w2, b2] = [variable([inner, width], 0.08, 9), zeros([width])]
  const norm = (h, scale, shift) => {
    const centred = h.sub(h.mean(-1, true))
    const variance = centred.square().mean(-1, true)
    return centred.mul(variance.add(1e-5).rsqrt()).mul(scale).add(shift)
  }
  const gelu = (h) =>
    h.mul(0.5).mul(
      h
        .mul(h)
        .mul(h)
        .mul(0.044715)
        .add(h)
        .mul(Math.sqrt(2 / Math.PI))
        .tanh()
        .add(1)
    )
  const apart = (z) => z.reshape([batch, time, heads, width / heads]).transpose([0, 2, 1, 3])
  return training(tf.train.sgd(0.01), () => {
    const qkv = norm(x, g1, o1).matMul(wqkv).add(bqkv)
    const [q, k, v] = tf.split(qkv, 3, 1).map(apart)
    const weights = tf.softmax(q.matMul(k, false, true).mul(Math.sqrt(heads / width)))
    const mixed = weights
      .matMul(v)
      .transpose([0, 2, 1, 3])
      .reshape([batch * time, width])
    const h = x.add(mixed.matMul(wo).add(bo))
    const z = gelu(norm(h, g2, o2).matMul(w1).add(b1))
      .matMul(w2)
      .add(b2)
    return squaredError(h.add(z), target)
  })
}

const product = (n) => {
  const [a, b] = [drawn([n, n], 1, 1), drawn([n, n], 1, 2)]
  return {
    step: () => {
      a.matMul(b).dispose()
    }
  }
}

await measureAll(
  'tfjs',
  {
    a: exclusiveOr,
    b32: () => perceptron([784, 128, 10], 32),
    b128: () => perceptron([784, 128, 10], 128),
    c: () => perceptron([784, 512, 512, 10], 128),
    d: convolutions,
    e: recurrent,
    f: transformer
  },
  product
)
