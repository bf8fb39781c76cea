/**
 * The one way a builder refuses nonsense: a programmer's error, said in one sentence.
 *
 * @since 0.1.0
 */

/**
 * Throws an `Error` whose message is the sentence.
 *
 * @internal
 */
export const raise = (sentence: string): never => {
  // eslint-disable-next-line functional/no-throw-statements -- the only throw of the library
  throw new Error(sentence)
}
