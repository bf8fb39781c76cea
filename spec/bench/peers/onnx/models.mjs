/**
 * The cases as functions of graph values: parameters and data with their first values, and a function from operators,
 * parameters and data to a loss.
 */
import { classes, oneHot, size, values } from '../data.mjs'

const drawn = (name, shape, scale, seed) => ({ name, shape, array: values(size(shape), scale, seed) })
const filled = (name, shape, value = 0) => ({ name, shape, array: new Float32Array(size(shape)).fill(value) })
const labels = (n) => ({ name: 'y', shape: [n, 10], array: oneHot(classes(n, 10, 5), 10) })

const exclusiveOr = () => ({
  optimizer: { tag: 'gradientDescent', rate: 0.1 },
  params: [drawn('w1', [2, 8], 1, 1), filled('b1', [8]), drawn('w2', [8, 1], 1, 3), filled('b2', [1])],
  data: [
    { name: 'x', shape: [4, 2], array: Float32Array.of(0, 0, 0, 1, 1, 0, 1, 1) },
    { name: 'y', shape: [4, 1], array: Float32Array.of(0, 1, 1, 0) }
  ],
  loss: (o, p, d) => o.squaredError(o.sigmoid(o.linear(o.tanh(o.linear(d.x, p.w1, p.b1)), p.w2, p.b2)), d.y)
})

const perceptron = (sizes, batch) => ({
  optimizer: { tag: 'adam', rate: 1e-5 },
  params: sizes
    .slice(1)
    .flatMap((units, i) => [
      drawn(`w${i}`, [sizes[i], units], Math.sqrt(3 / sizes[i]), i + 1),
      filled(`b${i}`, [units])
    ]),
  data: [drawn('x', [batch, sizes[0]], 1, 77), labels(batch)],
  loss: (o, p, d) => {
    const logits = sizes.slice(1).reduce((h, _, i) => {
      const z = o.linear(h, p[`w${i}`], p[`b${i}`])
      return i + 2 < sizes.length ? o.relu(z) : z
    }, d.x)
    return o.crossEntropy(logits, d.y)
  }
})

const convolutions = () => ({
  optimizer: { tag: 'momentum', rate: 0.01 },
  params: [
    drawn('k1', [8, 1, 5, 5], 0.3, 1),
    filled('c1', [8]),
    drawn('k2', [16, 8, 5, 5], 0.1, 3),
    filled('c2', [16]),
    drawn('w', [256, 10], 0.1, 5),
    filled('b', [10])
  ],
  data: [drawn('x', [64, 1, 28, 28], 1, 7), labels(64)],
  loss: (o, p, d) => {
    const first = o.maxPool(o.relu(o.convolution(d.x, p.k1, p.c1)))
    const second = o.maxPool(o.relu(o.convolution(first, p.k2, p.c2)))
    return o.crossEntropy(o.linear(o.reshape(second, [64, 256]), p.w, p.b), d.y)
  }
})

const recurrent = () => {
  const [batch, time, features, units] = [16, 32, 64, 128]
  return {
    optimizer: { tag: 'gradientDescent', rate: 0.1 },
    params: [
      drawn('wx', [features, 4 * units], 0.1, 1),
      drawn('wh', [units, 4 * units], 0.1, 2),
      filled('b', [4 * units])
    ],
    data: [
      drawn('x', [time * batch, features], 1, 7),
      drawn('t', [time * batch, units], 0.5, 8),
      filled('zero', [batch, units])
    ],
    loss: (o, p, d) => {
      const outputs = []
      let [h, c] = [d.zero, d.zero]
      for (const input of o.split(o.linear(d.x, p.wx, p.b), time, 0)) {
        const [i, f, g, out] = o.split(o.add(input, o.linear(h, p.wh)), 4, 1)
        c = o.add(o.multiply(o.sigmoid(f), c), o.multiply(o.sigmoid(i), o.tanh(g)))
        h = o.multiply(o.sigmoid(out), o.tanh(c))
        outputs.push(h)
      }
      return o.squaredError(o.concat(outputs, 0), d.t)
    }
  }
}

const geluTanh = (o, x) => {
  const cubic = o.add(x, o.scale(o.multiply(o.multiply(x, x), x), 0.044715))
  return o.multiply(o.scale(x, 0.5), o.shift(o.tanh(o.scale(cubic, Math.sqrt(2 / Math.PI))), 1))
}

const transformer = () => {
  const [batch, time, width, heads, inner] = [8, 64, 64, 4, 256]
  return {
    optimizer: { tag: 'gradientDescent', rate: 0.01 },
    params: [
      filled('g1', [width], 1),
      filled('o1', [width]),
      drawn('wqkv', [width, 3 * width], 0.15, 2),
      filled('bqkv', [3 * width]),
      drawn('wo', [width, width], 0.15, 4),
      filled('bo', [width]),
      filled('g2', [width], 1),
      filled('o2', [width]),
      drawn('w1', [width, inner], 0.15, 7),
      filled('b1', [inner]),
      drawn('w2', [inner, width], 0.08, 9),
      filled('b2', [width])
    ],
    data: [drawn('x', [batch * time, width], 1, 7), drawn('t', [batch * time, width], 1, 8)],
    loss: (o, p, d) => {
      const apart = (z) => o.transpose(o.reshape(z, [batch, time, heads, width / heads]), [0, 2, 1, 3])
      const qkv = o.linear(o.layerNorm(d.x, p.g1, p.o1), p.wqkv, p.bqkv)
      const [q, k, v] = o.split(qkv, 3, 1).map(apart)
      const scores = o.scale(o.matmul(q, o.transpose(k, [0, 1, 3, 2])), Math.sqrt(heads / width))
      const mixed = o.transpose(o.matmul(o.softmax(scores), v), [0, 2, 1, 3])
      const h = o.add(d.x, o.linear(o.reshape(mixed, [batch * time, width]), p.wo, p.bo))
      const z = geluTanh(o, o.linear(o.layerNorm(h, p.g2, p.o2), p.w1, p.b1))
      return o.squaredError(o.add(h, o.linear(z, p.w2, p.b2)), d.t)
    }
  }
}

/** Functions from nothing to a model, by the names of the cases. */
export const models = {
  a: exclusiveOr,
  b32: () => perceptron([784, 128, 10], 32),
  b128: () => perceptron([784, 128, 10], 128),
  c: () => perceptron([784, 512, 512, 10], 128),
  d: convolutions,
  e: recurrent,
  f: transformer
}
