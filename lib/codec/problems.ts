/**
 * The problems of data, one sentence each, with the place of each:
 *
 *     <name or place> has to be <expected>, got <what came>
 *     <place>: there is no option 'x' in <record>; did you mean 'y'?
 *
 * @since 0.1.0
 */
import * as Either from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type * as t from 'io-ts'
import { raise } from '../shape/index.ts'
import { unexpected, type Codec } from './codec.ts'
import { isIdentifier, isRecord, showValue } from './show.ts'
import type { Tagged } from './union.ts'

// sentences

/**
 * The errors of a decoding as sentences, each beginning with the name of what was decoded and the place in it:
 * `network: layers[0].units has to be a positive whole number, got 0`.
 *
 * @param name what was decoded.
 * @param errors of a codec of gradfold/codec or of io-ts itself.
 * @example
 * import { mapLeft } from 'fp-ts/lib/Either.js'
 * import { finite, problemsOf, record } from 'gradfold/codec'
 * const point = record('point', { x: finite, y: finite })
 * mapLeft(problemsOf('corner'))(point.decode({ x: '1', y: 2 })) // left(["corner: x has to be a finite number, got '1'"])
 * @category problems
 * @since 0.1.0
 */
export const problemsOf =
  (name: string) =>
  (errors: t.Errors): readonly string[] =>
    errors.map((error) => sentenceOf(name, error))

const sentenceOf = (name: string, { context, message, value }: t.ValidationError): string => {
  const place = placeOf(context)
  // codecs of io-ts give no sentence, but their names say what they expect
  const problem = message ?? unexpected(context.at(-1)?.type.name ?? 'something else', value)
  const isOfPlace = problem.startsWith('has to ')
  if (place === '') return isOfPlace ? `${name} ${problem}` : `${name}: ${problem}`
  return isOfPlace ? `${name}: ${place} ${problem}` : `${name}: ${place}: ${problem}`
}

/** The way from the root to a value: `layers[0].units`. */
const placeOf = (context: t.Context): string =>
  context.slice(1).reduce((path, { key }, i) => {
    const parent = context[i]
    if (parent === undefined || isAlternative(parent.type)) return path
    if (Array.isArray(parent.actual)) return `${path}[${key}]`
    if (!isIdentifier(key)) return `${path}[${showValue(key)}]`
    return path === '' ? key : `${path}.${key}`
  }, '')

/** Whether the keys below a codec of io-ts number its alternatives, and are no place in the data. */
const isAlternative = (type: object): boolean =>
  '_tag' in type && (type._tag === 'UnionType' || type._tag === 'IntersectionType')

// interpreters

/**
 * Reads data with a codec: the value, or all problems as sentences.
 *
 * @param name what the data are, for the beginning of each sentence.
 * @param codec of gradfold/codec or of io-ts itself.
 * @returns a function of the data.
 * @example
 * import { count, decodeWith, list, record } from 'gradfold/codec'
 * const batch = record('batch', { shape: list(count) })
 * decodeWith('batch', batch)({ shape: [2, 0.5] }) // left(['batch: shape[1] has to be a positive whole number, got 0.5'])
 * decodeWith('batch', batch)(null) // left(['batch has to be a record { shape }, got null'])
 * @category problems
 * @since 0.1.0
 */
export const decodeWith =
  <A>(name: string, codec: t.Decoder<unknown, A>) =>
  (u: unknown): Either.Either<readonly string[], A> =>
    pipe(codec.decode(u), Either.mapLeft(problemsOf(name)))

/**
 * Reads what a programmer wrote with a codec: the value, or an error that is thrown.
 *
 * @param name what is read, for the beginning of the sentence: the builder's name.
 * @param codec of gradfold/codec or of io-ts itself.
 * @returns a function of what was written.
 * @throws the sentence of the first problem.
 * @example
 * import { parseWith, positive } from 'gradfold/codec'
 * const rate = parseWith('rate', positive)(0.1) // 0.1
 * @category problems
 * @since 0.1.0
 */
export const parseWith =
  <A>(name: string, codec: t.Decoder<unknown, A>) =>
  (u: unknown): A =>
    pipe(
      u,
      decodeWith(name, codec),
      Either.getOrElse<readonly string[], A>(([first = `${name} is not valid`]) => raise(first))
    )

/**
 * A tagged record from the options that a programmer wrote, over defaults; an option that is undefined has its default.
 *
 * @param tag the tag of the record, and the name of the builder.
 * @param codec the codec of the record.
 * @param defaults the options that may be left out.
 * @returns a function of the options.
 * @throws the sentence of the first problem.
 * @example
 * import { build, fraction, taggedRecord } from 'gradfold/codec'
 * interface Blur {
 *   readonly tag: 'blur'
 *   readonly decay: number
 * }
 * const blurCodec = taggedRecord<Blur>('blur', { decay: fraction })
 * const blur = (options: { readonly decay?: number } = {}): Blur => build('blur', blurCodec, { decay: 0.9 })(options)
 * blur() // { tag: 'blur', decay: 0.9 }
 * @category problems
 * @since 0.1.0
 */
export const build =
  <A extends Tagged>(tag: A['tag'], codec: Codec<A>, defaults: object = {}) =>
  (options: object): A => {
    if (!isRecord(options)) return raise(`${tag}: the options have to be a record, got ${showValue(options)}`)
    const given = Object.entries(options).filter(([, value]) => value !== undefined)
    return parseWith(tag, codec)({ ...defaults, ...Object.fromEntries(given), tag })
  }
