/**
 * Codecs of closed records: the fields they name and no others.
 *
 * @since 0.1.0
 */
import * as Either from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { refusal, refuse, type Codec } from './codec.ts'
import { isRecord } from './show.ts'
import { didYouMean, suggestion } from './suggestion.ts'

// model

/**
 * A field that may be absent and then has a value of its own.
 *
 * @category model
 * @since 0.1.0
 */
export interface Optional<A> {
  readonly codec: Codec<A>
  readonly fallback: A
}

/**
 * A field of a record: a codec where it has to be there, `optional` where it may be absent.
 *
 * @category model
 * @since 0.1.0
 */
export type Field<A> = Codec<A> | Optional<A>

/**
 * A field for each key of a record.
 *
 * @category model
 * @since 0.1.0
 */
export type Fields<A> = { readonly [K in keyof A]-?: Field<A[K]> }

/** The same for each field: its key, its codec, and what it is when it is absent. */
interface Entry {
  readonly key: string
  readonly codec: Codec<unknown>
  readonly absent: Either.Either<null, unknown>
}

// constructors

/**
 * A field that may be absent, or undefined, and then has a given value. It is always written.
 *
 * @param codec the codec of the field.
 * @param fallback the value where there is none.
 * @example
 * import { decodeWith, finite, optional, record } from 'gradfold/codec'
 * decodeWith('elu', record('elu', { alpha: optional(finite, 1) }))({}) // right({ alpha: 1 })
 * @category records
 * @since 0.1.0
 */
export const optional = <A>(codec: Codec<A>, fallback: A): Optional<A> => ({ codec, fallback })

/**
 * A record with these fields and no others: another key is a problem that suggests the right one. All problems are
 * collected; what is decoded is frozen, has its fields in the order of the codec, and those that were absent filled in.
 *
 * @param name what the record is, for `there is no option 'x' in <name>`.
 * @param fields a codec for each field, or `optional(codec, fallback)`.
 * @example
 * import { count, decodeWith, flag, optional, record } from 'gradfold/codec'
 * const dense = record('dense', { units: count, useBias: optional(flag, true) })
 * decodeWith('dense', dense)({ units: 10 }) // right({ units: 10, useBias: true })
 * decodeWith('dense', dense)({ units: 0, usebias: true })
 * // left(["dense: there is no option 'usebias'; did you mean 'useBias'?", 'dense: units has to be a positive whole number, got 0'])
 * @category records
 * @since 0.1.0
 */
export const record = <A extends object>(name: string, fields: Fields<A>): Codec<A> => {
  const entries = Object.entries<Field<unknown>>(
    // Object.entries forgets that each codec belongs to its key
    fields as Readonly<Record<string, Field<unknown>>>
  ).map(([key, field]) => entryOf(key, field))
  const expected = `a record${fieldsText(entries)}`
  const keys = entries.map(({ key }) => key)
  const hasOnly = (u: object): boolean => Object.keys(u).every((key) => keys.includes(key))
  return new t.Type<A, unknown>(
    expected,
    (u): u is A => isRecord(u) && hasOnly(u) && entries.every(({ key, codec }) => codec.is(own(u, key))),
    (u, context) => {
      if (!isRecord(u)) return refuse(expected, u, context)
      const read = entries.map((entry) => readField(entry, u, context))
      const problems = [
        ...Object.keys(u)
          .filter((key) => !keys.includes(key))
          .map((key) => refusal(u, context, noOption(name, key, keys, context))),
        ...read.flatMap(([, result]) => (Either.isLeft(result) ? result.left : []))
      ]
      const values = read.flatMap(([key, result]) => (Either.isRight(result) ? [[key, result.right] as const] : []))
      return problems.length > 0
        ? t.failures(problems)
        : // each field was read by its own codec
          t.success(Object.freeze(Object.fromEntries(values)) as A)
    },
    (a) => Object.fromEntries(entries.map(({ key, codec }) => [key, codec.encode(own(a, key))]))
  )
}

// fields

const entryOf = (key: string, field: Field<unknown>): Entry =>
  'fallback' in field
    ? { key, codec: field.codec, absent: Either.right(field.fallback) }
    : { key, codec: field, absent: Either.left(null) }

/** A field of a record, and nothing that it inherits. */
const own = (record: object, key: string): unknown =>
  Object.hasOwn(record, key) ? (record as Readonly<Record<string, unknown>>)[key] : undefined

const readField = (
  { key, codec, absent }: Entry,
  u: object,
  context: t.Context
): readonly [key: string, result: t.Validation<unknown>] => {
  const value = own(u, key)
  return value === undefined && Either.isRight(absent)
    ? [key, absent]
    : [key, codec.validate(value, t.appendContext(context, key, codec, value))]
}

// sentences

/** ` { tag, units, useBias? }` */
const fieldsText = (entries: readonly Entry[]): string =>
  entries.length === 0
    ? ' without fields'
    : ` { ${entries.map(({ key, absent }) => (Either.isRight(absent) ? `${key}?` : key)).join(', ')} }`

/**
 * The record is named where it is part of another; at the root it is what is decoded, which begins the sentence. The tag
 * is no option to choose, but may be what was misspelt.
 */
const noOption = (name: string, key: string, keys: readonly string[], context: t.Context): string => {
  const place = context.length > 1 ? ` in ${name}` : ''
  const options = keys.filter((known) => known !== 'tag')
  return `there is no option '${key}'${place}${didYouMean(key, keys) || suggestion(key, options)}`
}
