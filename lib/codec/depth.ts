/**
 * How deep plain data are nested: decoders recurse, so what comes from outside is measured before it is decoded.
 *
 * @since 0.1.0
 */

const isContainer = (u: unknown): u is object => typeof u === 'object' && u !== null

/** The records and lists in those of one level, each once. */
const below = (level: readonly object[]): readonly object[] => [
  ...new Set(level.flatMap((node) => Object.values(node).filter(isContainer)))
]

/**
 * Whether records and lists are nested more than `limit` levels deep. It goes level by level, so it does not recurse,
 * and it ends at the limit, so a record that holds itself is too deep as well.
 *
 * @param limit levels, from 0: a number is 0 deep, a list of numbers 1.
 * @example
 * import { isDeeperThan } from 'gradfold/codec'
 * isDeeperThan(1)([[0]]) // true
 * @category guards
 * @since 0.1.0
 */
export const isDeeperThan =
  (limit: number) =>
  (u: unknown): boolean =>
    Array.from({ length: limit }).reduce<readonly object[]>(below, isContainer(u) ? [u] : []).length > 0
