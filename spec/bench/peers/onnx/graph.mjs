/**
 * Graphs of ONNX operators, as they are built: values are `{ name, shape }`, all of them f32.
 */
import { elementTypes, encodeModel } from './protobuf.mjs'

const isSame = (a, b) => a.length === b.length && a.every((n, i) => n === b[i])

/** The shape of two values that are broadcast. */
const broadcast = (a, b) =>
  Array.from({ length: Math.max(a.length, b.length) }, (_, i, rank = Math.max(a.length, b.length)) =>
    Math.max(a.at(i - rank) ?? 1, b.at(i - rank) ?? 1)
  )

export const graph = () => {
  const [nodes, inputs, outputs, constants] = [[], [], [], new Map()]
  let names = 0
  const fresh = () => `v${names++}`

  const interned = (key, shape, type, array) => {
    if (!constants.has(key)) constants.set(key, { name: fresh(), shape, type, array })
    const { name } = constants.get(key)
    return { name, shape }
  }
  const scalar = (x) => interned(`f${x}`, [], elementTypes.float, Float32Array.of(x))
  const ints = (list) =>
    interned(
      `i${list}`,
      [list.length],
      elementTypes.int64,
      BigInt64Array.from(list, (n) => BigInt(n))
    )

  /** The outputs of an operator, of given shapes. */
  const operators = (type, operands, shapes, attributes = {}) => {
    const results = shapes.map((shape) => ({ name: fresh(), shape }))
    nodes.push({
      type,
      inputs: operands.map(({ name }) => name),
      outputs: results.map(({ name }) => name),
      attributes
    })
    return results
  }
  const operator = (type, operands, shape, attributes) => operators(type, operands, [shape], attributes)[0]

  const unary = (type) => (a) => operator(type, [a], a.shape)
  const binary = (type) => (a, b) => operator(type, [a, b], broadcast(a.shape, b.shape))
  const reshape = (a, shape) =>
    isSame(a.shape, shape) ? a : operator('Reshape', [a, ints(shape.length === 0 ? [1] : shape)], shape)
  const reduced = (type) => (a, axes) =>
    operator(
      type,
      [a, ints(axes)],
      a.shape.map((n, i) => (axes.includes(i) ? 1 : n)),
      { keepdims: 1 }
    )
  const [reduceSum, reduceMean] = [reduced('ReduceSum'), reduced('ReduceMean')]
  /** Over all axes, to a value without axes. */
  const total = (type, a) => operator(type, [a, ints(a.shape.map((_, i) => i))], [], { keepdims: 0 })

  /** A gradient summed down to the shape that was broadcast to it. */
  const unbroadcast = (gradient, shape) => {
    if (isSame(gradient.shape, shape)) return gradient
    const lead = gradient.shape.length - shape.length
    const axes = gradient.shape.flatMap((n, i) => (i < lead || (shape[i - lead] === 1 && n !== 1) ? [i] : []))
    return reshape(reduceSum(gradient, axes), shape)
  }

  return {
    input: (name, shape) => {
      inputs.push({ name, shape })
      return { name, shape }
    },
    output: (value) => {
      outputs.push(value)
      return value.name
    },
    encode: () => encodeModel({ nodes, constants: [...constants.values()], inputs, outputs }),
    scalar,
    ints,
    operator,
    operators,
    unary,
    add: binary('Add'),
    subtract: binary('Sub'),
    multiply: binary('Mul'),
    divide: binary('Div'),
    reshape,
    reduceSum,
    reduceMean,
    total,
    unbroadcast
  }
}
