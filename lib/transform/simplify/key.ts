/**
 * Keys under which equal applications of primitives are found again.
 *
 * @since 0.1.0
 */
import { isProgram } from '../../expr/internal.ts'
import { isTensor, type AnyTensor } from '../../tensor/index.ts'
import { bufferOf } from '../../tensor/internal.ts'

/** Tensors of more elements are compared by identity. */
const compared = 256

/** Numbers objects in the order in which they are first seen. */
export type Numbering = (thing: object) => number

/** A numbering that starts at 0. */
export const numbering = (): Numbering => {
  const known = new Map<object, number>()
  return (thing) => {
    const number = known.get(thing) ?? known.size
    // eslint-disable-next-line functional/immutable-data -- the map lives as long as one simplification
    known.set(thing, number)
    return number
  }
}

const element = (x: number): string => (Object.is(x, -0) ? '-0' : String(x))

const tensorKey = (self: AnyTensor, numberOf: Numbering): string => {
  const buffer = bufferOf(self)
  return buffer.length > compared
    ? `#${numberOf(self)}`
    : `${self.dtype}[${self.shape.join()}]{${Array.from(buffer, element).join()}}`
}

/** A text that is equal for equal parameters. */
export const parameterKey = (parameters: unknown, numberOf: Numbering): string => {
  if (isTensor(parameters)) return tensorKey(parameters, numberOf)
  if (isProgram(parameters)) return `#${numberOf(parameters)}`
  if (Array.isArray(parameters)) return `[${parameters.map((each) => parameterKey(each, numberOf)).join()}]`
  if (typeof parameters === 'object' && parameters !== null)
    return `{${Object.entries(parameters)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, each]) => `${name}:${parameterKey(each, numberOf)}`)
      .join()}}`
  return String(parameters)
}
