/**
 * Codecs of texts, flags and fixed words.
 *
 * @since 0.1.0
 */
import * as t from 'io-ts'
import { raise } from '../shape/index.ts'
import { guarded, refusal, unexpected, type Codec } from './codec.ts'
import { showValue } from './show.ts'
import { didYouMean } from './suggestion.ts'

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

/** So many words are compared at sight. */
const atSight = 5

/**
 * One of some words; among many, a misspelt one is a problem that suggests the right one.
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
  const is = (u: unknown): u is W => words.some((word) => word === u)
  const hint = (u: unknown): string => (typeof u === 'string' && words.length > atSight ? didYouMean(u, words) : '')
  return new t.Type<W, unknown>(
    expected,
    is,
    (u, context) => (is(u) ? t.success(u) : t.failures([refusal(u, context, `${unexpected(expected, u)}${hint(u)}`)])),
    t.identity
  )
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
