/**
 * Codecs of options: numbers in stated ranges, closed records, tagged unions, and the sentences that say what is wrong.
 *
 * @since 0.1.0
 */
import * as Either from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'
import { raise } from '../shape/index.ts'
import { suggestion } from './suggestion.ts'

// model

/** A codec from and to plain data. */
export type Codec<A> = t.Type<A, unknown>

/** A codec for each field of a record. */
export type Fields<A> = { readonly [K in keyof A]: Codec<A[K]> }

/** A record with a tag, as plain data. */
export interface Tagged {
  readonly tag: string
}

// sentences

/** What came, in a sentence. */
export const showUnknown = (u: unknown): string => {
  if (typeof u === 'string') return `'${u}'`
  if (typeof u === 'function') return 'a function'
  if (typeof u === 'number') return Object.is(u, -0) ? '-0' : String(u)
  if (typeof u === 'object' && u !== null) return Array.isArray(u) ? 'a list' : 'a record'
  return u === undefined ? 'nothing' : String(u)
}

/** `path has to be …` or `path: there is no …`. */
const sentenceOf = (name: string, error: t.ValidationError): string => {
  const path = error.context
    .map(({ key }) => key)
    .filter((key) => key !== '')
    .join('.')
  const problem = error.message ?? `has to be ${error.context.at(-1)?.type.name ?? 'something else'}`
  return `${name}: ${path}${path === '' ? '' : problem.startsWith('has ') ? ' ' : ': '}${problem}`
}

/** Decodes and words all problems, each beginning with the name of what is decoded. */
export const decodeWith =
  <A>(name: string, codec: Codec<A>) =>
  (u: unknown): Either.Either<readonly string[], A> =>
    pipe(
      codec.decode(u),
      Either.mapLeft((errors) => errors.map((error) => sentenceOf(name, error)))
    )

/** Decodes what a programmer wrote; throws the first problem. */
export const parseWith =
  <A>(name: string, codec: Codec<A>) =>
  (u: unknown): A =>
    pipe(
      u,
      decodeWith(name, codec),
      Either.getOrElse<readonly string[], A>((problems) => raise(problems[0] ?? `${name}: is not valid`))
    )

// fields

const field = <A>(expected: string, is: (u: unknown) => u is A): Codec<A> =>
  new t.Type<A, unknown>(
    expected,
    is,
    (u, context) => (is(u) ? t.success(u) : t.failure(u, context, `has to be ${expected}, got ${showUnknown(u)}`)),
    t.identity
  )

const numberWhere = (expected: string, holds: (n: number) => boolean): Codec<number> =>
  field(expected, (u): u is number => typeof u === 'number' && Number.isFinite(u) && holds(u))

export const finite: Codec<number> = numberWhere('a finite number', () => true)
export const positive: Codec<number> = numberWhere('a positive finite number', (n) => n > 0)
export const nonNegative: Codec<number> = numberWhere('a finite number that is not negative', (n) => n >= 0)
/** A decay rate: 0 forgets at once, 1 would never forget. */
export const fraction: Codec<number> = numberWhere('a number from 0 up to, but not including, 1', (n) => n >= 0 && n < 1)
export const count: Codec<number> = numberWhere('a positive whole number', (n) => Number.isSafeInteger(n) && n > 0)
export const boolean: Codec<boolean> = field('true or false', (u): u is boolean => typeof u === 'boolean')
export const string: Codec<string> = field('a string', (u): u is string => typeof u === 'string')

/** One of some words. */
export const oneOf = <const W extends string>(...words: readonly W[]): Codec<W> =>
  field(words.map((word) => `'${word}'`).join(' or '), (u): u is W => words.some((word) => word === u))

/** Nothing, or what a codec takes. */
export const orNull = <A>(codec: Codec<A>): Codec<A | null> =>
  new t.Type<A | null, unknown>(
    `${codec.name} or null`,
    (u): u is A | null => u === null || codec.is(u),
    (u, context) => (u === null ? t.success(null) : codec.validate(u, context)),
    (a) => (a === null ? null : codec.encode(a))
  )

/** A list of what a codec takes. */
export const listOf = <A>(codec: Codec<A>): Codec<readonly A[]> => t.readonlyArray(codec, `a list of ${codec.name}`)

/** What one of two codecs takes; `choose` says which of them is meant. */
export const either = <A, B>(choose: (u: unknown) => boolean, a: Codec<A>, b: Codec<B>): Codec<A | B> =>
  new t.Type<A | B, unknown>(
    `${a.name} or ${b.name}`,
    (u): u is A | B => a.is(u) || b.is(u),
    (u, context): t.Validation<A | B> => (choose(u) ? a.validate(u, context) : b.validate(u, context)),
    (value) => (a.is(value) ? a.encode(value) : b.encode(value))
  )

// records

const isRecord = (u: unknown): u is Readonly<Record<string, unknown>> =>
  typeof u === 'object' && u !== null && !Array.isArray(u)

/** A record with these fields and no others. */
export const closed = <A extends object>(name: string, fields: Fields<A>): Codec<A> => {
  // Object.entries forgets that each codec belongs to its key
  const entries = Object.entries(fields) as readonly (readonly [string, Codec<unknown>])[]
  const keys = entries.map(([key]) => key)
  const validateAll = (u: Readonly<Record<string, unknown>>, context: t.Context): t.Validation<A> => {
    const unknownKeys = Object.keys(u).filter((key) => !keys.includes(key))
    const checked = entries.map(
      ([key, codec]) => [key, codec.validate(u[key], t.appendContext(context, key, codec, u[key]))] as const
    )
    const problems = [
      ...unknownKeys.map((key) => ({
        value: u,
        context,
        message: `there is no option '${key}'${suggestion(key, keys.filter((known) => known !== 'tag'))}`
      })),
      ...checked.flatMap(([, result]) => (Either.isLeft(result) ? result.left : []))
    ]
    return problems.length > 0
      ? t.failures(problems)
      : // every field has been checked
        t.success(
          Object.freeze(
            Object.fromEntries(checked.map(([key, result]) => [key, Either.isRight(result) ? result.right : undefined]))
          ) as A
        )
  }
  return new t.Type<A, unknown>(
    name,
    (u): u is A => isRecord(u) && entries.every(([key, codec]) => codec.is(u[key])),
    (u, context) =>
      isRecord(u) ? validateAll(u, context) : t.failure(u, context, `has to be ${name}, got ${showUnknown(u)}`),
    // a record of type A has the keys of its fields
    (a) => Object.fromEntries(entries.map(([key, codec]) => [key, codec.encode((a as Readonly<Record<string, unknown>>)[key])]))
  )
}

/** A tagged record with these fields and no others. */
export const taggedRecord = <A extends Tagged>(tag: A['tag'], fields: Fields<Omit<A, 'tag'>>): Codec<A> =>
  // Omit and the tag make A again, which TypeScript does not see for a generic A
  closed(tag, { tag: oneOf(tag), ...fields } as unknown as Fields<A>)

/** One of some tagged records, by tag; the codecs are looked up late, so that they may contain the union itself. */
export const taggedUnion = <A extends Tagged>(
  what: string,
  members: () => { readonly [K in A['tag']]: Codec<A & { readonly tag: K }> }
): Codec<A> => {
  const memberOf = (u: unknown): Codec<A> | undefined => {
    const codecs: Readonly<Record<string, Codec<A>>> =
      // each member decodes a part of the union
      members() as unknown as Readonly<Record<string, Codec<A>>>
    return isRecord(u) && typeof u['tag'] === 'string' && Object.hasOwn(codecs, u['tag']) ? codecs[u['tag']] : undefined
  }
  const refuse = (u: unknown, context: t.Context): t.Validation<A> =>
    isRecord(u) && typeof u['tag'] === 'string'
      ? t.failure(u, context, `there is no ${what} '${u['tag']}'${suggestion(u['tag'], Object.keys(members()))}`)
      : t.failure(u, context, `has to be a ${what}, got ${showUnknown(u)}`)
  return new t.Type<A, unknown>(
    `a ${what}`,
    (u): u is A => memberOf(u)?.is(u) ?? false,
    (u, context) => memberOf(u)?.validate(u, context) ?? refuse(u, context),
    (a) => memberOf(a)?.encode(a)
  )
}

/** Options over their defaults, checked; throws the sentence of the first problem. */
export const build =
  <A extends Tagged>(tag: A['tag'], codec: Codec<A>, defaults: object = {}) =>
  (options: object): A =>
    isRecord(options)
      ? parseWith(tag, codec)({ ...defaults, ...options, tag })
      : raise(`${tag}: takes a record of options, got ${showUnknown(options)}`)
