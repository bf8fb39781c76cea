/**
 * Operators that know their derivatives, on a graph: each records how the gradient of its result becomes those of its
 * operands, and `gradients` runs the records backwards.
 */

/** Operators on a graph; `g` has the plain ones, which record nothing. */
export const differentiable = (g) => {
  const tape = []

  /** Keeps a result with its operands and its rule: from gradients of the results to those of the operands. */
  const recordAll = (results, operands, rule) => {
    tape.push({ results, operands, rule })
    return results
  }
  const record = (result, operands, rule) =>
    recordAll([result], operands, ([gradient], isNeeded) => rule(gradient, isNeeded))[0]

  const turned = (a) => {
    const order = a.shape.map((_, i) => i)
    const last = order.length - 1
    return permuted(a, [...order.slice(0, last - 1), last, last - 1])
  }
  const permuted = (a, perm) =>
    g.operator(
      'Transpose',
      [a],
      perm.map((i) => a.shape[i]),
      { perm }
    )

  const add = (a, b) => record(g.add(a, b), [a, b], (d) => [g.unbroadcast(d, a.shape), g.unbroadcast(d, b.shape)])
  const multiply = (a, b) =>
    record(g.multiply(a, b), [a, b], (d) => [
      g.unbroadcast(g.multiply(d, b), a.shape),
      g.unbroadcast(g.multiply(d, a), b.shape)
    ])
  const scale = (a, factor) => record(g.multiply(a, g.scalar(factor)), [a], (d) => [g.multiply(d, g.scalar(factor))])
  const shift = (a, by) => record(g.add(a, g.scalar(by)), [a], (d) => [d])

  // activations

  const relu = (a) => {
    const y = g.unary('Relu')(a)
    return record(y, [a], (d) => [g.multiply(d, g.unary('Sign')(y))])
  }
  const tanh = (a) => {
    const y = g.unary('Tanh')(a)
    return record(y, [a], (d) => [g.multiply(d, g.subtract(g.scalar(1), g.multiply(y, y)))])
  }
  const sigmoid = (a) => {
    const y = g.unary('Sigmoid')(a)
    return record(y, [a], (d) => [g.multiply(d, g.subtract(y, g.multiply(y, y)))])
  }
  const softmax = (a) => {
    const y = g.operator('Softmax', [a], a.shape, { axis: -1 })
    return record(y, [a], (d) => {
      const product = g.multiply(d, y)
      return [g.subtract(product, g.multiply(y, g.reduceSum(product, [a.shape.length - 1])))]
    })
  }

  // products

  const linear = (x, w, b) => {
    const operands = b === undefined ? [x, w] : [x, w, b]
    const y = g.operator('Gemm', operands, [x.shape[0], w.shape[1]])
    return record(y, operands, (d, isNeeded) => [
      isNeeded(x) ? g.operator('Gemm', [d, w], x.shape, { transB: 1 }) : undefined,
      g.operator('Gemm', [x, d], w.shape, { transA: 1 }),
      b === undefined ? undefined : g.unbroadcast(d, b.shape)
    ])
  }
  const matmul = (a, b) =>
    record(g.operator('MatMul', [a, b], [...a.shape.slice(0, -1), b.shape.at(-1)]), [a, b], (d) => [
      g.operator('MatMul', [d, turned(b)], a.shape),
      g.operator('MatMul', [turned(a), d], b.shape)
    ])

  // movement

  const reshape = (a, shape) => record(g.reshape(a, shape), [a], (d) => [g.reshape(d, a.shape)])
  const transpose = (a, perm) =>
    record(permuted(a, perm), [a], (d) => [
      permuted(
        d,
        perm.map((_, i) => perm.indexOf(i))
      )
    ])
  const parts = (a, count, axis) => {
    const shape = a.shape.map((n, i) => (i === axis ? n / count : n))
    return g.operators('Split', [a], Array(count).fill(shape), { axis, num_outputs: count })
  }
  const joined = (all, axis) =>
    g.operator(
      'Concat',
      all,
      all[0].shape.map((n, i) => (i === axis ? n * all.length : n)),
      { axis }
    )
  const split = (a, count, axis) => recordAll(parts(a, count, axis), [a], (all) => [joined(all, axis)])
  const concat = (all, axis) => record(joined(all, axis), all, (d) => parts(d, all.length, axis))

  // images

  const convolution = (x, w, b) => {
    const [batch, channels, height, width] = x.shape
    const [filters, , rows, columns] = w.shape
    const y = g.operator('Conv', [x, w, b], [batch, filters, height - rows + 1, width - columns + 1])
    const exchanged = (a) => permuted(a, [1, 0, 2, 3])
    return record(y, [x, w, b], (d, isNeeded) => [
      isNeeded(x) ? g.operator('ConvTranspose', [d, w], x.shape) : undefined,
      exchanged(g.operator('Conv', [exchanged(x), exchanged(d)], [channels, filters, rows, columns])),
      g.reshape(g.reduceSum(d, [0, 2, 3]), b.shape)
    ])
  }
  const maxPool = (x) => {
    const [batch, channels, height, width] = x.shape
    const shape = [batch, channels, height / 2, width / 2]
    const window = { kernel_shape: [2, 2], strides: [2, 2] }
    const [y, places] = g.operators('MaxPool', [x], [shape, shape], window)
    return record(y, [x], (d) => [g.operator('MaxUnpool', [d, places, g.ints(x.shape)], x.shape, window)])
  }

  const layerNorm = (x, weight, bias) => {
    const last = x.shape.length - 1
    const folded = [...x.shape.slice(0, -1), 1]
    const attributes = { axis: -1, epsilon: { float: 1e-5 } }
    const [y, mean, inverse] = g.operators(
      'LayerNormalization',
      [x, weight, bias],
      [x.shape, folded, folded],
      attributes
    )
    return record(y, [x, weight, bias], (d, isNeeded) => {
      const normal = g.multiply(g.subtract(x, mean), inverse)
      const ofParams = [g.unbroadcast(g.multiply(d, normal), weight.shape), g.unbroadcast(d, bias.shape)]
      if (!isNeeded(x)) return [undefined, ...ofParams]
      const scaled = g.multiply(d, weight)
      const centred = g.subtract(scaled, g.reduceMean(scaled, [last]))
      const along = g.multiply(normal, g.reduceMean(g.multiply(scaled, normal), [last]))
      return [g.multiply(inverse, g.subtract(centred, along)), ...ofParams]
    })
  }

  // losses, each with the gradient of what was predicted

  const crossEntropy = (logits, labels) => {
    const factor = 1 / logits.shape[0]
    const logs = g.operator('LogSoftmax', [logits], logits.shape, { axis: -1 })
    const total = g.total('ReduceSum', g.multiply(logs, labels))
    const gradient = g.multiply(g.subtract(g.unary('Exp')(logs), labels), g.scalar(factor))
    return { loss: g.multiply(total, g.scalar(-factor)), predicted: logits, gradient }
  }
  const squaredError = (predicted, target) => {
    const difference = g.subtract(predicted, target)
    const loss = g.total('ReduceMean', g.multiply(difference, difference))
    const count = predicted.shape.reduce((product, n) => product * n, 1)
    return { loss, predicted, gradient: g.multiply(difference, g.scalar(2 / count)) }
  }

  /** The gradients of parameters, given that of what was predicted. */
  const gradients = ({ predicted, gradient }, params) => {
    const live = new Set(params.map(({ name }) => name))
    const isNeeded = ({ name }) => live.has(name)
    for (const { results, operands } of tape)
      if (operands.some(isNeeded)) for (const { name } of results) live.add(name)
    const found = new Map([[predicted.name, gradient]])
    const accumulate = ({ name }, term) => {
      if (term === undefined || !live.has(name)) return
      found.set(name, found.has(name) ? g.add(found.get(name), term) : term)
    }
    for (const { results, operands, rule } of tape.toReversed()) {
      if (!operands.some(isNeeded) || !results.some(({ name }) => found.has(name))) continue
      const terms = rule(
        results.map(({ name }) => found.get(name)),
        isNeeded
      )
      operands.forEach((operand, i) => accumulate(operand, terms[i]))
    }
    return params.map(({ name }) => found.get(name))
  }

  return {
    add,
    multiply,
    scale,
    shift,
    relu,
    tanh,
    sigmoid,
    softmax,
    linear,
    matmul,
    reshape,
    transpose,
    split,
    concat,
    convolution,
    maxPool,
    layerNorm,
    crossEntropy,
    squaredError,
    gradients
  }
}
