/**
 * What can be wrong with data: which file, what was expected, what came, how to mend it.
 *
 * @since 0.1.0
 */
import * as Either from 'fp-ts/lib/Either.js'
import * as ReadonlyArray_ from 'fp-ts/lib/ReadonlyArray.js'
import * as NonEmpty from 'fp-ts/lib/ReadonlyNonEmptyArray.js'

// model

/**
 * One thing that is wrong with a file or a text; `message` is the sentence for a person.
 *
 *     Missing      there is no such file or package
 *     Unreadable   it is there and cannot be read
 *     Truncated    it ends too early; expected and actual are lengths in bytes
 *     Corrupt      its contents are not what they have to be
 *
 * @category model
 * @since 0.1.0
 */
export type DataError =
  | { readonly tag: 'Missing'; readonly file: string; readonly message: string }
  | { readonly tag: 'Unreadable'; readonly file: string; readonly message: string }
  | {
      readonly tag: 'Truncated'
      readonly file: string
      readonly expected: number
      readonly actual: number
      readonly message: string
    }
  | {
      readonly tag: 'Corrupt'
      readonly file: string
      readonly expected: string
      readonly actual: string
      readonly message: string
    }

/**
 * All that is wrong, at least one thing.
 *
 * @category model
 * @since 0.1.0
 */
export type DataErrors = NonEmpty.ReadonlyNonEmptyArray<DataError>

// constructors

/** A file or package that is not there. */
export const missing = (file: string, mend: string): DataError =>
  Object.freeze({ tag: 'Missing', file, message: `${file}: expected a file, got nothing; ${mend}` })

/** A file that is there and cannot be read. */
export const unreadable = (file: string, reason: string): DataError =>
  Object.freeze({ tag: 'Unreadable', file, message: `${file}: expected a readable file, got ${reason}` })

/** A file that ends too early. */
export const truncated = (file: string, what: string, expected: number, actual: number): DataError =>
  Object.freeze({
    tag: 'Truncated',
    file,
    expected,
    actual,
    message: `${file}: expected ${expected} bytes for ${what}, got ${actual}; the file is cut off, fetch it again`
  })

/** A file whose contents are not what they have to be; `place` says where, `mend` what to do. */
export const corrupt = (
  file: string,
  {
    place,
    expected,
    actual,
    mend
  }: { readonly place?: string; readonly expected: string; readonly actual: string; readonly mend?: string }
): DataError =>
  Object.freeze({
    tag: 'Corrupt',
    file,
    expected,
    actual,
    message: `${file}${place === undefined ? '' : `, ${place}`}: expected ${expected}, got ${actual}${mend === undefined ? '' : `; ${mend}`}`
  })

/** The words of something that was thrown. */
export const reasonOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown))

/** One error alone. */
export const only = (error: DataError): DataErrors => NonEmpty.of(error)

/** The failure with one error. */
export const failWith = (error: DataError): Either.Either<DataErrors, never> => Either.left(only(error))

/** A value where there are no problems, all problems where there are some. */
export const unlessProblems = <A>(problems: readonly DataError[], value: () => A): Either.Either<DataErrors, A> =>
  ReadonlyArray_.isNonEmpty(problems) ? Either.left(problems) : Either.right(value())

// destructors

const most = 10

/**
 * The text of errors, one a line, at most ten.
 *
 * @example
 * import * as Either from 'fp-ts/lib/Either.js'
 * import { parseIdx, showErrors } from 'gradfold/data'
 * const result = parseIdx({ name: 'images' })(Uint8Array.of(1, 2))
 * const text: string = Either.isLeft(result) ? showErrors(result.left) : 'fine'
 * @category destructors
 * @since 0.1.0
 */
export const showErrors = (errors: DataErrors): string =>
  [
    ...errors.slice(0, most).map((error) => error.message),
    ...(errors.length > most ? [`and ${errors.length - most} more`] : [])
  ].join('\n')
