/**
 * Reading and writing descriptions: records with closed keys, finite numbers, and sentences that say what was expected.
 *
 * @since 0.1.0
 */
import * as Either from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'
import { initialiserCodec } from '../random/index.ts'
import { nearest } from '../expr/text/nearest.ts'

// model

/** What reads and writes descriptions of S. */
export interface SpecCodec<S> {
  readonly validate: (u: unknown, context: t.Context) => t.Validation<S>
  readonly encode: (spec: S) => unknown
}

/** One key of a record: required, or with the value it has when it is absent. */
interface Field<C extends t.Mixed> {
  readonly codec: C
  readonly fallback?: t.TypeOf<C>
}
type Fields = Readonly<Record<string, Field<t.Mixed>>>
type FieldsOf<F extends Fields> = { readonly [K in keyof F]: t.TypeOf<F[K]['codec']> }

// constructors

/**
 * A key that has to be there.
 *
 * @example
 * import { closed, finite, required } from 'gradfold/network'
 * closed('decay', { rate: required(finite) }).is({ rate: 0.5 }) // true
 * @category codecs
 * @since 0.1.0
 */
export const required = <C extends t.Mixed>(codec: C): Field<C> => ({ codec })

/**
 * A key that may be absent and then has a given value.
 *
 * @example
 * import { closed, finite, optional } from 'gradfold/network'
 * closed('decay', { rate: optional(finite, 0.5) }).decode({}) // right({ rate: 0.5 })
 * @category codecs
 * @since 0.1.0
 */
export const optional = <C extends t.Mixed>(codec: C, fallback: t.TypeOf<C>): Field<C> => ({ codec, fallback })

/** The text of a JSON value, for messages. */
const text = (u: unknown): string => (u === undefined ? 'nothing' : typeof u === 'number' ? `${u}` : JSON.stringify(u))

/** One problem of a reading. */
export const refusal = (u: unknown, context: t.Context, sentence: string): t.ValidationError => ({
  value: u,
  context,
  message: sentence
})

/**
 * A codec from a guard; what is admitted is written as it is.
 *
 * @param expected the end of the sentence `expected …, got …`
 * @category codecs
 * @since 0.1.0
 */
export const guarded = <A>(name: string, is: (u: unknown) => u is A, expected: string): t.Type<A, unknown> =>
  new t.Type<A, unknown>(
    name,
    is,
    (u, context) => (is(u) ? t.success(u) : t.failures([refusal(u, context, `expected ${expected}, got ${text(u)}`)])),
    (a) => a
  )

/**
 * A record with exactly the given keys; a key too many is a problem that suggests the right one.
 *
 * @example
 * import { closed, finite, literal, optional, required } from 'gradfold/network'
 * const codec = closed('dropout', { tag: required(literal('dropout')), rate: optional(finite, 0.5) })
 * codec.decode({ tag: 'dropout', rte: 0.1 }) // left: unknown key 'rte'; did you mean 'rate'?
 * @category codecs
 * @since 0.1.0
 */
export const closed = <F extends Fields>(name: string, fields: F): t.Type<FieldsOf<F>, unknown> => {
  const all: readonly (readonly [string, Field<t.Mixed>])[] = Object.entries(fields)
  const keys = all.map(([key]) => key)
  const validate = (u: unknown, context: t.Context): t.Validation<FieldsOf<F>> => {
    if (typeof u !== 'object' || u === null || Array.isArray(u))
      return t.failures([refusal(u, context, `expected a record, got ${text(u)}`)])
    const given = new Map<string, unknown>(Object.entries(u))
    const unknowns = [...given.keys()]
      .filter((key) => !keys.includes(key))
      .map((key) => refusal(u, context, unknownKey(name, key, keys)))
    const read = all.map(([key, { codec, fallback }]): readonly [string, t.Validation<unknown>] => [
      key,
      !given.has(key) && fallback !== undefined
        ? t.success(fallback)
        : codec.validate(given.get(key), t.appendContext(context, key, codec, given.get(key)))
    ])
    const problems = [...unknowns, ...read.flatMap(([, result]) => (Either.isLeft(result) ? result.left : []))]
    const values = read.flatMap(([key, result]) => (Either.isRight(result) ? [[key, result.right] as const] : []))
    // every field has been read with its own codec
    return problems.length > 0
      ? t.failures(problems)
      : t.success(Object.freeze(Object.fromEntries(values)) as FieldsOf<F>)
  }
  return new t.Type<FieldsOf<F>, unknown>(
    name,
    (u): u is FieldsOf<F> => Either.isRight(validate(u, [])),
    validate,
    (record) => {
      const values = new Map<string, unknown>(Object.entries(record))
      return Object.fromEntries(all.map(([key, { codec }]) => [key, codec.encode(values.get(key))]))
    }
  )
}

const unknownKey = (name: string, key: string, keys: readonly string[]): string => {
  const like = nearest(key, keys)
  return `${name}: unknown key '${key}'; ${like === undefined ? `known are ${keys.join(', ')}` : `did you mean '${like}'?`}`
}

// codecs

/**
 * A finite number.
 *
 * @category codecs
 * @since 0.1.0
 */
export const finite = guarded(
  'finite',
  (u): u is number => typeof u === 'number' && Number.isFinite(u),
  'a finite number'
)

/**
 * True or false.
 *
 * @category codecs
 * @since 0.1.0
 */
export const flag = guarded('flag', (u): u is boolean => typeof u === 'boolean', 'true or false')

/**
 * A text.
 *
 * @category codecs
 * @since 0.1.0
 */
export const word = guarded('word', (u): u is string => typeof u === 'string', 'a text')

/**
 * One of some texts.
 *
 * @example
 * import { oneOf } from 'gradfold/network'
 * oneOf('same', 'valid').is('full') // false
 * @category codecs
 * @since 0.1.0
 */
export const oneOf = <const A extends string>(...words: readonly A[]): t.Type<A, unknown> =>
  guarded(
    words.join(' | '),
    (u): u is A => words.some((known) => known === u),
    words.map((known) => `'${known}'`).join(' or ')
  )

/**
 * One text.
 *
 * @example
 * import { literal } from 'gradfold/network'
 * literal('dense').is('dense') // true
 * @category codecs
 * @since 0.1.0
 */
export const literal = <const A extends string>(known: A): t.Type<A, unknown> => oneOf(known)

/**
 * A list.
 *
 * @example
 * import { finite, list } from 'gradfold/network'
 * list(finite).decode([1, 2]) // right([1, 2])
 * @category codecs
 * @since 0.1.0
 */
export const list = <A>(item: t.Type<A, unknown>): t.Type<readonly A[], unknown> => {
  const items = t.readonlyArray(item)
  return new t.Type<readonly A[], unknown>(
    items.name,
    items.is,
    (u, context) =>
      Array.isArray(u)
        ? items.validate(u, context)
        : t.failures([refusal(u, context, `expected a list, got ${text(u)}`)]),
    items.encode
  )
}

/** A size, or the name of one. */
export const dimension = guarded(
  'dimension',
  (u): u is number | string => typeof u === 'string' || (typeof u === 'number' && Number.isFinite(u)),
  'a size or a name'
)

/** How a parameter begins. */
export const initialiser = initialiserCodec

/** A codec that is needed while it is being made: a layer may hold layers. */
export const later = <A>(name: string, make: () => SpecCodec<A>): t.Type<A, unknown> =>
  new t.Type<A, unknown>(
    name,
    (u): u is A => Either.isRight(make().validate(u, [])),
    (u, context) => make().validate(u, context),
    (a) => make().encode(a)
  )

// problems

/** The problems of a reading, one sentence each, with the place in front. */
export const problemsOf = (errors: t.Errors): readonly string[] =>
  errors.map(({ context, message, value }) => {
    const place = context
      .map(({ key }) => key)
      .reduce((path, key) => (/^[0-9]+$/.test(key) ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`), '')
    const sentence =
      message ?? `expected ${context[context.length - 1]?.type.name ?? 'something else'}, got ${text(value)}`
    return place === '' ? sentence : `${place}: ${sentence}`
  })

/** A result with the problems as sentences. */
export const withProblems = <A>(result: t.Validation<A>): Either.Either<readonly string[], A> =>
  pipe(result, Either.mapLeft(problemsOf))
