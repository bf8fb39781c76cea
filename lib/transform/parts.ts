/**
 * The three groups of a scan's operands: constants, carry, and what is scanned over.
 *
 * @since 0.1.0
 */
import type { Tangent } from './build.ts'
import type { Value } from '../expr/internal.ts'

export interface Parts<A> {
  readonly constants: readonly A[]
  readonly carry: readonly A[]
  readonly xs: readonly A[]
}

export interface Counts {
  readonly constants: number
  readonly carry: number
}

export const partsOf = <A>(values: readonly A[], { constants, carry }: Counts): Parts<A> => ({
  constants: values.slice(0, constants),
  carry: values.slice(constants, constants + carry),
  xs: values.slice(constants + carry)
})

export const mapParts = <A, B>(self: Parts<A>, f: (group: readonly A[]) => readonly B[]): Parts<B> => ({
  constants: f(self.constants),
  carry: f(self.carry),
  xs: f(self.xs)
})

/** Several lists of operands as one, group by group. */
export const joinParts = <A>(...parts: readonly Parts<A>[]): Parts<A> => ({
  constants: parts.flatMap((part) => part.constants),
  carry: parts.flatMap((part) => part.carry),
  xs: parts.flatMap((part) => part.xs)
})

export const flattenParts = <A>({ constants, carry, xs }: Parts<A>): readonly A[] => [...constants, ...carry, ...xs]

export const countParts = ({ constants, carry }: Parts<unknown>): Counts => ({
  constants: constants.length,
  carry: carry.length
})

/** The tangents that are not zero. */
export const defined = (values: readonly Tangent[]): readonly Value[] => values.filter((value) => value !== undefined)

/** The values of a shorter list put where `at` is true. */
export const place = <A>(at: readonly boolean[], values: readonly A[]): readonly (A | undefined)[] => {
  const places = at.flatMap((on, i) => (on ? [i] : []))
  const placed = new Map(places.map((i, nth) => [i, values[nth]] as const))
  return at.map((_, i) => placed.get(i))
}
