/**
 * Sets that grow together: things are joined, and some are forbidden, which forbids all that they are joined with.
 *
 * @since 0.1.0
 */

/** The numbers below a count, in sets. */
export interface JointSets {
  readonly join: (a: number, b: number) => void
  readonly forbid: (a: number) => void
  /** the number that stands for the set of one */
  readonly find: (a: number) => number
  readonly isForbidden: (a: number) => boolean
}

/** So many numbers, each in a set of its own. */
export const jointSets = (count: number): JointSets => {
  const parents = Array.from({ length: count }, (_, i) => i)
  const forbidden = new Set<number>()
  const find = (a: number): number => {
    let top = a
    while (parents[top] !== top) top = parents[top]!
    parents[a] = top
    return top
  }
  return {
    find,
    join: (a, b) => {
      const [from, to] = [find(a), find(b)]
      parents[from] = to
      if (forbidden.has(from)) forbidden.add(to)
    },
    forbid: (a) => void forbidden.add(find(a)),
    isForbidden: (a) => forbidden.has(find(a))
  }
}
