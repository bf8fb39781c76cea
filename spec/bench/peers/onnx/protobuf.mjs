/**
 * ONNX models as bytes, by as much of protocol buffers as they need.
 *
 * @see onnx.proto3 of the ONNX project for the numbers of the fields, and the encoding guide of protocol buffers
 */

export const elementTypes = { float: 1, int64: 7 }

/** The types of attributes: one float, one int, one text, a list of ints. */
const attributeTypes = { float: 1, int: 2, text: 3, ints: 7 }

// messages

const utf8 = new TextEncoder()

/** A message that grows by fields: each method writes one field, and gives back the message. */
const message = () => {
  const bytes = []
  const varint = (value) => {
    let rest = BigInt.asUintN(64, BigInt(value))
    while (rest > 127n) {
      bytes.push(Number(rest & 127n) | 128)
      rest >>= 7n
    }
    bytes.push(Number(rest))
  }
  const self = {
    bytes,
    int: (field, value) => {
      varint(field << 3)
      varint(value)
      return self
    },
    float: (field, value) => {
      varint((field << 3) | 5)
      bytes.push(...new Uint8Array(Float32Array.of(value).buffer))
      return self
    },
    data: (field, content) => {
      varint((field << 3) | 2)
      varint(content.length)
      for (const byte of content) bytes.push(byte)
      return self
    },
    text: (field, content) => self.data(field, utf8.encode(content)),
    nested: (field, inner) => self.data(field, inner.bytes),
    each: (items, write) => {
      for (const item of items) write(self, item)
      return self
    }
  }
  return self
}

// parts of a model

const constant = ({ name, shape, type, array }) =>
  message()
    .each(shape, (self, n) => self.int(1, n))
    .int(2, type)
    .text(8, name)
    .data(9, new Uint8Array(array.buffer, array.byteOffset, array.byteLength))

const value = ({ name, shape }) => {
  const dimensions = message().each(shape, (self, n) => self.nested(1, message().int(1, n)))
  const tensor = message().int(1, elementTypes.float).nested(2, dimensions)
  return message().text(1, name).nested(2, message().nested(1, tensor))
}

/** A whole number is an int, a text a text, a list a list of ints, and `{ float }` a float. */
const attribute = ([name, content]) => {
  const self = message().text(1, name)
  if (Array.isArray(content)) return self.each(content, (at, n) => at.int(8, n)).int(20, attributeTypes.ints)
  if (typeof content === 'string') return self.data(4, utf8.encode(content)).int(20, attributeTypes.text)
  return typeof content === 'number'
    ? self.int(3, content).int(20, attributeTypes.int)
    : self.float(2, content.float).int(20, attributeTypes.float)
}

const node = ({ type, inputs, outputs, attributes }) =>
  message()
    .each(inputs, (self, name) => self.text(1, name))
    .each(outputs, (self, name) => self.text(2, name))
    .text(4, type)
    .each(Object.entries(attributes), (self, entry) => self.nested(5, attribute(entry)))

/** A model of version 9 of the format and version 18 of the operators. */
export const encodeModel = ({ nodes, constants, inputs, outputs }) => {
  const graph = message()
    .each(nodes, (self, one) => self.nested(1, node(one)))
    .text(2, 'step')
    .each(constants, (self, one) => self.nested(5, constant(one)))
    .each(inputs, (self, one) => self.nested(11, value(one)))
    .each(outputs, (self, one) => self.nested(12, value(one)))
  const operators = message().text(1, '').int(2, 18)
  return Uint8Array.from(message().int(1, 9).text(2, 'gradfold-bench').nested(7, graph).nested(8, operators).bytes)
}
