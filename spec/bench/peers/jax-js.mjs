/**
 * jax-js on its WebAssembly backend; every step is jitted as a whole. In Node it has one thread: its workers need the global
 * `Worker` of browsers.
 */
import { load, measureAll } from './common.mjs'
import { classes, oneHot, size, values } from './data.mjs'

const { blockUntilReady, defaultDevice, init, jit, lax, nn, numpy: np, tree, valueAndGrad } = load('@jax-js/jax')

await init('wasm')
defaultDevice('wasm')

const drawn = (shape, scale, seed) => np.array(values(size(shape), scale, seed)).reshape(shape)
const zeros = (shape) => np.zeros(shape)
const labels = (n, seed) => np.array(oneHot(classes(n, 10, seed), 10)).reshape([n, 10])
const crossEntropy = (logits, y) => nn.logSoftmax(logits, -1).mul(y).sum(-1).mean().mul(-1)
const squaredError = (a, b) => np.square(a.sub(b)).mean()

// optimizers: from parameters, gradients and state to parameters and state; values are consumed by what uses them

const zerosLike = (params) => tree.map((p) => np.zerosLike(p.ref), params)

const gradientDescent = (rate) => ({
  init: () => [],
  update: (params, gradients, state) => [tree.map((p, g) => p.sub(g.mul(rate)), params, gradients), state]
})

const momentum = (rate) => ({
  init: (params) => [zerosLike(params)],
  update: (params, gradients, [velocity]) => {
    const next = tree.map((v, g) => v.mul(0.9).add(g), velocity, gradients)
    return [tree.map((p, v) => p.sub(v.ref.mul(rate)), params, tree.ref(next)), [next]]
  }
})

const adam = (rate) => ({
  init: (params) => [zerosLike(params), zerosLike(params), np.array(0)],
  update: (params, gradients, [mu, nu, step]) => {
    const t = step.add(1)
    const first = np.subtract(1, np.power(0.9, t.ref))
    const second = np.subtract(1, np.power(0.999, t.ref))
    const nextMu = tree.map((m, g) => m.mul(0.9).add(g.mul(0.1)), mu, tree.ref(gradients))
    const nextNu = tree.map((v, g) => v.mul(0.999).add(np.square(g).mul(0.001)), nu, gradients)
    const next = tree.map(
      (p, m, v) =>
        p.sub(
          m
            .div(first.ref)
            .mul(rate)
            .div(np.sqrt(v.div(second.ref)).add(1e-8))
        ),
      params,
      tree.ref(nextMu),
      tree.ref(nextNu)
    )
    first.dispose()
    second.dispose()
    return [next, [nextMu, nextNu, t]]
  }
})

const training = (loss, start, optimizer, data) => {
  const whole = jit((params, state, ...batch) => {
    const [value, gradients] = valueAndGrad(loss)(tree.ref(params), ...batch)
    const [nextParams, nextState] = optimizer.update(params, gradients, state)
    return [value, nextParams, nextState]
  })
  let [params, state] = [start, optimizer.init(start)]
  return {
    step: () => {
      const [value, nextParams, nextState] = whole(params, state, ...data.map((part) => part.ref))
      value.dispose()
      params = nextParams
      state = nextState
    },
    settle: () => blockUntilReady(tree.ref(params))
  }
}

// cases

const perceptron = (sizes, batch) => {
  const layers = sizes.slice(1).map((units, i) => ({
    w: drawn([sizes[i], units], Math.sqrt(3 / sizes[i]), i + 1),
    b: zeros([units])
  }))
  const loss = (params, x, y) =>
    crossEntropy(
      params.reduce((h, { w, b }, i) => {
        const z = np.matmul(h, w).add(b)
        return i + 1 < params.length ? nn.relu(z) : z
      }, x),
      y
    )
  return training(loss, layers, adam(1e-5), [drawn([batch, sizes[0]], 1, 77), labels(batch, 5)])
}

const exclusiveOr = () => {
  const inputs = np.array([
    [0, 0],
    [0, 1],
    [1, 0],
    [1, 1]
  ])
  const params = { w1: drawn([2, 8], 1, 1), b1: zeros([8]), w2: drawn([8, 1], 1, 3), b2: zeros([1]) }
  const loss = (p, x, y) => {
    const h = np.tanh(np.matmul(x, p.w1).add(p.b1))
    return squaredError(nn.sigmoid(np.matmul(h, p.w2).add(p.b2)), y)
  }
  return training(loss, params, gradientDescent(0.1), [inputs, np.array([[0], [1], [1], [0]])])
}

const convolutions = () => {
  const params = {
    k1: drawn([8, 1, 5, 5], 0.3, 1),
    c1: zeros([8, 1, 1]),
    k2: drawn([16, 8, 5, 5], 0.1, 3),
    c2: zeros([16, 1, 1]),
    w: drawn([256, 10], 0.1, 5),
    b: zeros([10])
  }
  const pool = (h) => lax.reduceWindow(h, np.max, [2, 2], [2, 2])
  const block = (x, kernel, bias) => pool(nn.relu(lax.convGeneralDilated(x, kernel, [1, 1], 'VALID').add(bias)))
  const loss = (p, x, y) => {
    const h = block(block(x, p.k1, p.c1), p.k2, p.c2)
    return crossEntropy(np.matmul(h.reshape([64, 256]), p.w).add(p.b), y)
  }
  return training(loss, params, momentum(0.01), [drawn([64, 1, 28, 28], 1, 7), labels(64, 5)])
}

const recurrent = () => {
  const [batch, time, features, units] = [16, 32, 64, 128]
  const params = {
    wx: drawn([features, 4 * units], 0.1, 1),
    wh: drawn([units, 4 * units], 0.1, 2),
    b: zeros([4 * units])
  }
  const loss = (p, x, target) => {
    const inputs = np.split(np.matmul(x, p.wx).add(p.b), time, 0)
    const outputs = []
    let [h, c] = [zeros([batch, units]), zeros([batch, units])]
    for (const input of inputs) {
      const [i, f, g, o] = np.split(input.add(np.matmul(h, p.wh.ref)), 4, 1)
      c = nn
        .sigmoid(f)
        .mul(c)
        .add(nn.sigmoid(i).mul(np.tanh(g)))
      h = nn.sigmoid(o).mul(np.tanh(c.ref))
      outputs.push(h.ref)
    }
    h.dispose()
    c.dispose()
    p.wh.dispose()
    return squaredError(np.stack(outputs), target)
  }
  return training(loss, params, gradientDescent(0.1), [
    drawn([time * batch, features], 1, 7),
    drawn([time, batch, units], 0.5, 8)
  ])
}

const transformer = () => {
  const [batch, time, width, heads, inner] = [8, 64, 64, 4, 256]
  const params = {
    g1: np.ones([width]),
    o1: zeros([width]),
    wqkv: drawn([width, 3 * width], 0.15, 2),
    bqkv: zeros([3 * width]),
    wo: drawn([width, width], 0.15, 4),
    bo: zeros([width]),
    g2: np.ones([width]),
    o2: zeros([width]),
    w1: drawn([width, inner], 0.15, 7),
    b1: zeros([inner]),
    w2: drawn([inner, width], 0.08, 9),
    b2: zeros([width])
  }
  const norm = (h, scale, shift) => nn.standardize(h, -1).mul(scale).add(shift)
  const apart = (z) => z.reshape([batch, time, heads, width / heads]).transpose([0, 2, 1, 3])
  const loss = (p, x, target) => {
    const qkv = np.matmul(norm(x.ref, p.g1, p.o1), p.wqkv).add(p.bqkv)
    const [q, k, v] = np.split(qkv, 3, 1).map(apart)
    const weights = nn.softmax(np.matmul(q, k.transpose([0, 1, 3, 2])).mul(Math.sqrt(heads / width)), -1)
    const mixed = np
      .matmul(weights, v)
      .transpose([0, 2, 1, 3])
      .reshape([batch * time, width])
    const h = x.add(np.matmul(mixed, p.wo).add(p.bo))
    const z = nn.gelu(np.matmul(norm(h.ref, p.g2, p.o2), p.w1).add(p.b1))
    return squaredError(h.add(np.matmul(z, p.w2).add(p.b2)), target)
  }
  return training(loss, params, gradientDescent(0.01), [
    drawn([batch * time, width], 1, 7),
    drawn([batch * time, width], 1, 8)
  ])
}

const product = (n) => {
  const [a, b] = [drawn([n, n], 1, 1), drawn([n, n], 1, 2)]
  const multiply = jit((x, y) => np.matmul(x, y))
  // results are lazy: a product that nobody reads may never be computed
  return { step: () => void multiply(a.ref, b.ref).dataSync() }
}

await measureAll(
  'jax-js',
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
