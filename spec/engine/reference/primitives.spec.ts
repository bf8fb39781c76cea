import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { primitives, type Primitive } from '../../../lib/expr/internal.ts'
import type { Check } from './oracle/check.ts'
import { elementwiseChecks } from './oracle/elementwise.ts'
import { compute, computeAgain, exact } from './oracle/literal.ts'
import { indexingChecks } from './oracle/indexing.ts'
import { creationChecks, movementChecks } from './oracle/movement.ts'
import { reductionChecks } from './oracle/reduction.ts'
import { slidingChecks } from './oracle/sliding.ts'

/** The primitives whose definition is other programs: control.spec.ts is about them. */
const control = {
  scan: 'control.spec.ts',
  cond: 'control.spec.ts',
  whileLoop: 'control.spec.ts',
  customJvp: 'control.spec.ts',
  customVjp: 'control.spec.ts',
  customLinear: 'control.spec.ts'
} as const

const checks = {
  ...elementwiseChecks,
  ...reductionChecks,
  ...movementChecks,
  ...creationChecks,
  ...indexingChecks,
  ...slidingChecks
}

// a primitive without a check does not compile
const covered: { readonly [P in Primitive]: object | string } = { ...checks, ...control }

describe('the reference engine', () => {
  it('is checked on every primitive', () => {
    expect(Object.keys(covered).toSorted()).toEqual(primitives.toSorted())
  })

  it.each(Object.entries(checks))('computes %s as it is defined, byte for byte', (name, check) => {
    // name and check come from the same entry, so the parameters fit the primitive; TypeScript sees neither in a list
    const primitive = name as Primitive
    const { cases, expected } = check as unknown as Check<never>
    fc.assert(
      fc.property(cases, ({ operands, parameters }) => {
        const definition = expected(operands, parameters).map(exact)
        expect(compute(primitive, operands, parameters).map(exact)).toEqual(definition)
        expect(computeAgain(primitive, operands, parameters).map(exact)).toEqual(definition)
      }),
      { numRuns: 120 }
    )
  })
})
