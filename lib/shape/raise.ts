/**
 * The one way a builder refuses nonsense: a programmer's error, said in one sentence.
 *
 * @since 0.1.0
 */

/**
 * Throws an `Error` whose message is the sentence.
 *
 * @param sentence names the thing, what was expected, what came, and how to mend it.
 * @example
 * import { raise } from 'gradfold/shape'
 * const half = (n: number): number => (n % 2 === 0 ? n / 2 : raise(`half: the size has to be even, got ${n}`))
 * half(28) // 14
 * @category refusal
 * @since 0.1.0
 */
export const raise = (sentence: string): never => {
  // eslint-disable-next-line functional/no-throw-statements -- the only throw of the library
  throw new Error(sentence)
}
