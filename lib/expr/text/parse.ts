/**
 * Parsing programs: the inverse of printing.
 *
 * @since 0.1.0
 */
import * as Either from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { Program } from '../program.ts'
import { expect, fail, read, tokenAt, type Checked, type Reader } from './reader.ts'
import { body, header } from './statement.ts'
import { position, showToken, tokenise } from './token.ts'

// constructors

/**
 * The program that a text describes, checked through the table of primitives: every shape and element type is inferred
 * again, so a parsed program is always valid.
 *
 * Read are all texts that `print` writes, and freer ones: variables may have any names, the types of results may be
 * left out, blanks and line breaks stand anywhere between words, and `//` starts a comment.
 *
 * @param text the source
 * @returns the program, or one sentence with the line and column of the first mistake
 * @example
 * import { parse } from 'gradfold/expr'
 * parse('program(x: f32[2]) { y = multiply(x, x) return y }')._tag // 'Right'
 * parse('program(x: f32[2]) { y = multply(x, x) return y }')
 * // left("line 1, column 26: multply is not a primitive; did you mean 'multiply'?")
 * @category text
 * @since 0.1.0
 */
export const parse = (text: string): Either.Either<string, Program> => {
  const tokens = tokenise(text)
  return pipe(
    programReader(tokens, 0),
    Either.flatMap(({ value, next }): Checked<Program> => {
      const token = tokenAt(tokens, next)
      return token.kind === 'end'
        ? Either.right(value)
        : fail(token, `expected the end of the text, got ${showToken(token)}`)
    }),
    Either.mapLeft(({ at, sentence }) => `${position(text, at)}: ${sentence}`)
  )
}

// internal

/** `program(…) { … }`. */
const programReader: Reader<Program> = (tokens, index) =>
  pipe(
    header(tokens, index),
    Either.flatMap(({ value: inputs, next }) => body(programReader, inputs)(tokens, next)),
    Either.flatMap(({ value, next }) =>
      pipe(
        expect('}')(tokens, next),
        Either.flatMap((brace) => read(value, brace.next))
      )
    )
  )
