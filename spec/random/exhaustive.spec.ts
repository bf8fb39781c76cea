import { expect, it } from 'vitest'
import { evaluate } from '../../lib/engine/index.ts'
import { applyOne, typed, type Value } from '../../lib/expr/internal.ts'
import { bufferOf, fromBuffer } from '../../lib/tensor/internal.ts'
import { golden, streamHash } from './golden.ts'

/** The numbers that `normal` makes of the draws first, first + 1, … as bit patterns. */
const normals = (first: number, count: number): Uint32Array => {
  const fill = (value: Float32Array | Uint32Array): Value => {
    const tensor = value instanceof Float32Array ? fromBuffer('f32', [], value) : fromBuffer('u32', [], value)
    const scalar = applyOne('constant', [], { value: tensor })
    return applyOne('broadcast', [scalar], { shape: [count], axes: [] })
  }
  const binary = (primitive: 'add' | 'subtract' | 'multiply' | 'maximum' | 'or', a: Value, b: Value): Value =>
    applyOne(primitive, [a, b], {})
  const index = applyOne('iota', [], { shape: [count], axis: 0, dtype: 'u32' })
  const draws = binary('add', index, fill(Uint32Array.of(first)))
  const float = applyOne('bitcast', [binary('or', draws, fill(Uint32Array.of(0x3f800000)))], { dtype: 'f32' })
  const fraction = binary('subtract', float, fill(Float32Array.of(1)))
  const low = fill(new Float32Array(Uint32Array.of(0xbf7fffff).buffer))
  const u = binary('maximum', binary('add', binary('multiply', fraction, fill(Float32Array.of(2))), low), low)
  const root = fill(new Float32Array(Uint32Array.of(0x3fb504f3).buffer))
  const z = binary('multiply', root, applyOne('erfInv', [u], {}))
  const buffer = bufferOf(evaluate(typed<[number], 'u32'>(applyOne('bitcast', [z], { dtype: 'u32' }))))
  return buffer
}

function* everyNormal(): Generator<number> {
  const chunk = 1 << 17
  for (let first = 0; first < 1 << 23; first += chunk) yield* normals(first, chunk)
}

it('normal gives the golden number for each of its 2^23 draws', () => {
  expect(streamHash(everyNormal())).toBe(golden.exhaustive[0]?.expect)
}, 300_000)
