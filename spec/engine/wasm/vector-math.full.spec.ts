import { describe, expect, it } from 'vitest'
import { golden } from '../elementary/golden.ts'
import { functionsOf, hashOf, type Unary } from './vector-math-functions.ts'

const apply = functionsOf('f32')

describe('the float32 elementary functions of vectors are correctly rounded, at length', () => {
  it.each(golden.hashes.map(({ f, n24 }) => [f, n24] as const))(
    '%s has the golden hash over 2^24 inputs of all bit patterns',
    (name, hash) => {
      // the golden file has no square root
      expect(hashOf((x) => apply(name as Unary, x).floats, 2 ** 24)).toBe(hash)
    }
  )
})
