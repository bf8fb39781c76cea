/** What is checked of a primitive: random operands that fit it, and what a plain definition says of them. */
import type * as fc from 'fast-check'
import type { Parameters, Primitive } from '../../../../lib/expr/internal.ts'
import type { Literal } from './literal.ts'

export interface Case<Q> {
  readonly operands: readonly Literal[]
  readonly parameters: Q
}

export interface Check<Q> {
  readonly cases: fc.Arbitrary<Case<Q>>
  readonly expected: (operands: readonly Literal[], parameters: Q) => readonly Literal[]
}

export type Checks<P extends Primitive> = { readonly [Q in P]: Check<Parameters[Q]> }

/** The operand that has to be there. */
export const nth = (operands: readonly Literal[], i: number): Literal => {
  const operand = operands[i]
  if (operand === undefined) throw new Error(`oracle: there is no operand ${i}`)
  return operand
}
