/**
 * Whole programs, on the compiled engine: the reference engine's bits.
 */
import * as fc from 'fast-check'
import { describe, test } from 'vitest'
import { arbitraryRun, computable } from '../../arbitrary/program.ts'
import { expectSame } from './same.ts'

describe('random programs', () => {
  test('of all primitives', () => {
    fc.assert(
      fc.property(arbitraryRun({ length: 16 }), ([program, inputs]) => expectSame(program, inputs)),
      { numRuns: 400 }
    )
  })

  test('with empty axes', () => {
    fc.assert(
      fc.property(arbitraryRun({ empty: true }), ([program, inputs]) => expectSame(program, inputs)),
      { numRuns: 150 }
    )
  })

  test('with longer axes', () => {
    fc.assert(
      fc.property(arbitraryRun({ axis: 19, limit: 4000, length: 8, depth: 1 }), ([program, inputs]) =>
        expectSame(program, inputs)
      ),
      { numRuns: 150 }
    )
  })

  test.each(computable)('mostly of %s', (primitive) => {
    fc.assert(
      fc.property(arbitraryRun({ primitives: [primitive], length: 3, depth: 1, axis: 7 }), ([program, inputs]) =>
        expectSame(program, inputs)
      ),
      { numRuns: 40 }
    )
  })
})
