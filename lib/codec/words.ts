/**
 * Codecs of texts, flags and fixed words.
 *
 * @since 0.1.0
 */
import { raise } from '../shape/index.ts'
import { guarded, type Codec } from './codec.ts'
import { showValue } from './show.ts'

// codecs

/**
 * A text.
 *
 * @category words
 * @since 0.1.0
 */
export const text: Codec<string> = guarded('a text', (u): u is string => typeof u === 'string')

/**
 * True or false.
 *
 * @category words
 * @since 0.1.0
 */
export const flag: Codec<boolean> = guarded('true or false', (u): u is boolean => typeof u === 'boolean')

// constructors

/**
 * One of some words.
 *
 * @param words at least one.
 * @example
 * import { decodeWith, oneOf } from 'gradfold/codec'
 * decodeWith('mode', oneOf('mean', 'sum', 'none'))('total') // left(["mode has to be 'mean', 'sum' or 'none', got 'total'"])
 * @category words
 * @since 0.1.0
 */
export const oneOf = <const W extends string>(...words: readonly W[]): Codec<W> => {
  const [last, ...others] = words.map(showValue).toReversed()
  if (last === undefined) return raise('oneOf: there is no word to choose, got an empty list')
  const expected = others.length === 0 ? last : `${others.toReversed().join(', ')} or ${last}`
  return guarded(expected, (u): u is W => words.some((word) => word === u))
}

/**
 * One word: the tag of a record.
 *
 * @example
 * import { literal } from 'gradfold/codec'
 * literal('dense').is('dens') // false
 * @category words
 * @since 0.1.0
 */
export const literal = <const W extends string>(word: W): Codec<W> => oneOf(word)
