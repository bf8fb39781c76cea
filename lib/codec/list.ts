/**
 * Codecs of lists.
 *
 * @since 0.1.0
 */
import * as Either from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { refuse, type Codec } from './codec.ts'

/**
 * A list of what a codec takes, of any length; what is decoded is frozen.
 *
 * @param item the codec of each item; the problems of all items are collected.
 * @example
 * import { count, decodeWith, list } from 'gradfold/codec'
 * decodeWith('shape', list(count))([2, 3]) // right([2, 3])
 * decodeWith('shape', list(count))([2, 0]) // left(['shape: [1] has to be a positive whole number, got 0'])
 * @category constructors
 * @since 0.1.0
 */
export const list = <A>(item: Codec<A>): Codec<readonly A[]> => {
  const expected = `a list, each item ${item.name}`
  return new t.Type<readonly A[], unknown>(
    expected,
    (u): u is readonly A[] => Array.isArray(u) && Array.from(u).every(item.is),
    (u, context) => {
      if (!Array.isArray(u)) return refuse(expected, u, context)
      // holes are read as nothing
      const read = Array.from(u, (value: unknown, i) =>
        item.validate(value, t.appendContext(context, `${i}`, item, value))
      )
      const problems = read.flatMap((result) => (Either.isLeft(result) ? result.left : []))
      const values = read.flatMap((result) => (Either.isRight(result) ? [result.right] : []))
      return problems.length > 0 ? t.failures(problems) : t.success(Object.freeze(values))
    },
    (values) => values.map(item.encode)
  )
}
