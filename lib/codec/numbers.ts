/**
 * Codecs of numbers in stated ranges.
 *
 * JSON writes NaN and ±Infinity as null and −0 as 0; here they are written, and read, as texts.
 *
 * @since 0.1.0
 */
import * as t from 'io-ts'
import { refuse, type Codec } from './codec.ts'

const texts: ReadonlyMap<unknown, number> = new Map([
  ['NaN', NaN],
  ['Infinity', Infinity],
  ['-Infinity', -Infinity],
  ['-0', -0]
])

const write = (n: number): number | string => (Object.is(n, -0) ? '-0' : Number.isFinite(n) ? n : `${n}`)

// constructors

/**
 * A number with a condition.
 *
 * @param expected the middle of the sentence `<place> has to be <expected>, got <what came>`.
 * @param holds the condition; it is asked of NaN and ±Infinity as well.
 * @returns a codec that writes −0, NaN and ±Infinity, where the condition admits them, as texts: `'-0'`.
 * @example
 * import { decodeWith, numberWhere } from 'gradfold/codec'
 * const percent = numberWhere('a number from 0 to 100', (n) => n >= 0 && n <= 100)
 * decodeWith('share', percent)(101) // left(['share has to be a number from 0 to 100, got 101'])
 * @category numbers
 * @since 0.1.0
 */
export const numberWhere = (expected: string, holds: (n: number) => boolean): Codec<number> =>
  new t.Type<number, unknown>(
    expected,
    (u): u is number => typeof u === 'number' && holds(u),
    (u, context) => {
      const n = texts.get(u) ?? u
      return typeof n === 'number' && holds(n) ? t.success(n) : refuse(expected, u, context)
    },
    write
  )

// codecs

/**
 * Any number: NaN, ±Infinity and −0 as well.
 *
 * @category numbers
 * @since 0.1.0
 */
export const number: Codec<number> = numberWhere('a number', () => true)

/**
 * A finite number.
 *
 * @category numbers
 * @since 0.1.0
 */
export const finite: Codec<number> = numberWhere('a finite number', Number.isFinite)

/**
 * A finite number > 0.
 *
 * @category numbers
 * @since 0.1.0
 */
export const positive: Codec<number> = numberWhere('a positive finite number', (n) => Number.isFinite(n) && n > 0)

/**
 * A finite number ≥ 0.
 *
 * @category numbers
 * @since 0.1.0
 */
export const nonNegative: Codec<number> = numberWhere(
  'a finite number that is not negative',
  (n) => Number.isFinite(n) && n >= 0
)

/**
 * A number in [0, 1): a rate of decay (0 forgets at once, 1 would never forget), a share that is dropped.
 *
 * @category numbers
 * @since 0.1.0
 */
export const fraction: Codec<number> = numberWhere(
  'a number from 0 up to, but not including, 1',
  (n) => n >= 0 && n < 1
)

/**
 * A whole number from 1 to 2^53 − 1: units, filters, classes.
 *
 * @category numbers
 * @since 0.1.0
 */
export const count: Codec<number> = numberWhere('a positive whole number', (n) => Number.isSafeInteger(n) && n > 0)

/**
 * A whole number from 0 to 2^53 − 1, not −0: a step, an index.
 *
 * @category numbers
 * @since 0.1.0
 */
export const natural: Codec<number> = numberWhere(
  'a whole number from 0',
  (n) => Number.isSafeInteger(n) && n >= 0 && !Object.is(n, -0)
)
