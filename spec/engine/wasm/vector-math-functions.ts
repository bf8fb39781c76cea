/**
 * The elementary functions of four floats as functions of arrays, and the golden hash over them.
 */
import { elementary32, type ElementaryName } from '../../../lib/engine/elementary/index.ts'
import type { Quad, Writer } from '../../../lib/engine/wasm/quad.ts'
import { vectorMath } from '../../../lib/engine/wasm/vector-math/index.ts'
import { capacity, vectorised } from './vector-math-module.ts'

export type Unary = Exclude<ElementaryName, 'sqrt'>

export const unaryNames = (Object.keys(elementary32) as ElementaryName[]).filter(
  (name): name is Unary => name !== 'sqrt'
)

const unaryRules = (type: 'f32' | 'f64') =>
  Object.fromEntries(
    unaryNames.map((name) => [
      name,
      (writer: Writer, x: Quad) => vectorMath[name](writer, [x], { operands: [type], outputs: [type] }, {})[0]!
    ])
  ) as unknown as Record<Unary, (writer: Writer, x: Quad) => Quad>

const binaryRules = (type: 'f32' | 'f64') => {
  const rule = (name: 'power' | 'atan2') => (writer: Writer, x: Quad, y: Quad) =>
    vectorMath[name](writer, [x, y], { operands: [type, type], outputs: [type] }, {})[0]!
  return { power: rule('power'), atan2: rule('atan2') }
}

/** Every function of a type. */
export const functionsOf = (type: 'f32' | 'f64') => vectorised(type, { ...unaryRules(type), ...binaryRules(type) })

/** The hash of the golden file over `count` inputs, a multiple of the capacity. */
export const hashOf = (evaluate: (x: Float32Array) => Float32Array, count: number): string => {
  const input = new Float32Array(capacity)
  const patterns = new Uint32Array(input.buffer)
  let hash = 0x811c9dc5
  for (let base = 0; base < count; base += capacity) {
    for (let i = 0; i < capacity; i += 1) patterns[i] = Math.imul(base + i, 2654435761)
    const output = evaluate(input)
    const bits = new Uint32Array(output.buffer, output.byteOffset, capacity)
    for (let i = 0; i < capacity; i += 1) {
      hash = Math.imul(hash ^ (output[i] === output[i] ? bits[i]! : 0x7fc00000), 0x01000193)
      hash ^= hash >>> 15
    }
  }
  return (hash >>> 0).toString(16).padStart(8, '0')
}
