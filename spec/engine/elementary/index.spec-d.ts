import { describe, expectTypeOf, it } from 'vitest'
import {
  binary32,
  binary64,
  elementary32,
  elementary64,
  type ElementaryBinaryName,
  type ElementaryName
} from '../../../lib/engine/elementary/index.ts'

describe('the tables of elementary functions', () => {
  it('have one function of one number for every name, in both precisions', () => {
    expectTypeOf<keyof typeof elementary32>().toEqualTypeOf<ElementaryName>()
    expectTypeOf(elementary64).toEqualTypeOf(elementary32)
    expectTypeOf(elementary32.log1p).toEqualTypeOf<(x: number) => number>()
  })

  it('have the functions of two numbers apart', () => {
    expectTypeOf<keyof typeof binary32>().toEqualTypeOf<ElementaryBinaryName>()
    expectTypeOf(binary64.atan2).toEqualTypeOf<(x: number, y: number) => number>()
    // @ts-expect-error a function of two arguments is not among those of one
    expectTypeOf(elementary32.pow)
  })

  it('cannot be changed', () => {
    // @ts-expect-error the table is read-only
    elementary32.exp = elementary32.log
  })
})
