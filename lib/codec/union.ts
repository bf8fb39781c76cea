/**
 * Codecs of one thing or another: tagged records, and alternatives.
 *
 * @since 0.1.0
 */
import * as Either from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'
import { raise } from '../shape/index.ts'
import { guarded, refusal, refuse, type Codec } from './codec.ts'
import { record, type Fields } from './record.ts'
import { isRecord, withArticle } from './show.ts'
import { suggestion } from './suggestion.ts'
import { literal } from './words.ts'

// model

/**
 * A record with a tag that says what it is.
 *
 * @category model
 * @since 0.1.0
 */
export interface Tagged {
  readonly tag: string
}

// tagged records

/**
 * A closed record with a tag: the description of a layer, an atom, a loss.
 *
 * Its type is that of the description, given (`taggedRecord<Swish>(…)`) or known from where the codec goes.
 *
 * @param tag its tag.
 * @param fields a codec for each other field, or `optional(codec, fallback)`.
 * @example
 * import { decodeWith, finite, optional, taggedRecord } from 'gradfold/codec'
 * interface Swish {
 *   readonly tag: 'swish'
 *   readonly beta: number
 * }
 * const swish = taggedRecord<Swish>('swish', { beta: optional(finite, 1) })
 * decodeWith('swish', swish)({ tag: 'swish' }) // right({ tag: 'swish', beta: 1 })
 * @category unions
 * @since 0.1.0
 */
export const taggedRecord = <A extends Tagged>(tag: A['tag'], fields: Fields<Omit<A, 'tag'>>): Codec<A> =>
  // Omit and the tag make A again, which TypeScript does not see for an A that it does not know
  record(tag, { tag: literal(tag), ...fields } as unknown as Fields<A>)

/**
 * One of some tagged records, chosen by the tag.
 *
 * @param what what they are called, without an article: `schedule`.
 * @param members the codec of each tag; looked up when it is used, so that a member may contain the union.
 * @example
 * import { decodeWith, positive, taggedRecord, taggedUnion, type Codec } from 'gradfold/codec'
 * interface Constant {
 *   readonly tag: 'constant'
 *   readonly value: number
 * }
 * interface Half {
 *   readonly tag: 'half'
 *   readonly of: Schedule
 * }
 * type Schedule = Constant | Half
 * const schedule: Codec<Schedule> = taggedUnion<Schedule>('schedule', () => ({ constant, half }))
 * const constant = taggedRecord<Constant>('constant', { value: positive })
 * const half = taggedRecord<Half>('half', { of: schedule })
 * decodeWith('rate', schedule)({ tag: 'half', of: { tag: 'constnt', value: 1 } })
 * // left(["rate: of: there is no schedule 'constnt'; did you mean 'constant'?"])
 * @category unions
 * @since 0.1.0
 */
export const taggedUnion = <A extends Tagged>(
  what: string,
  members: () => { readonly [K in A['tag']]: Codec<A & { readonly tag: K }> }
): Codec<A> => {
  // each member decodes a part of the union
  const table = (): Readonly<Record<string, Codec<A>>> => members() as unknown as Readonly<Record<string, Codec<A>>>
  const memberOf = (u: unknown, context: t.Context): t.Validation<Codec<A>> => choose(what, table(), u, context)
  return new t.Type<A, unknown>(
    withArticle(what),
    (u): u is A =>
      pipe(
        memberOf(u, []),
        Either.exists((member) => member.is(u))
      ),
    (u, context) =>
      pipe(
        memberOf(u, context),
        Either.flatMap((member) => member.validate(u, context))
      ),
    (a) =>
      pipe(
        memberOf(a, []),
        Either.match(
          () => raise(`${what}: there is no codec of '${a.tag}'; known are ${Object.keys(table()).join(', ')}`),
          (member) => member.encode(a)
        )
      )
  )
}

/**
 * The definition that the tag of some data names: where the definitions are given, and say themselves how to go on.
 *
 * @param what what the data are called, without an article: `loss`.
 * @param definitions those that are known; the last of several with one tag.
 * @returns a decoder, which looks at the tag alone.
 * @example
 * import { byTag, decodeWith } from 'gradfold/codec'
 * const definitions = [{ tag: 'dense', parameters: 2 }, { tag: 'relu', parameters: 0 }]
 * decodeWith('layer', byTag('layer', definitions))({ tag: 'dense', units: 10 }) // right({ tag: 'dense', parameters: 2 })
 * decodeWith('layer', byTag('layer', definitions))({ tag: 'rleu' }) // left(["layer: there is no layer 'rleu'; did you mean 'relu'?"])
 * @category unions
 * @since 0.1.0
 */
export const byTag = <D extends Tagged>(what: string, definitions: readonly D[]): t.Decoder<unknown, D> => {
  const table = Object.fromEntries(definitions.map((definition) => [definition.tag, definition]))
  return new t.Type<D, unknown>(
    withArticle(what),
    (u): u is D => definitions.some((definition) => definition === u),
    (u, context) => choose(what, table, u, context),
    ({ tag }) => ({ tag })
  )
}

/** What a table has under the tag of some data. */
const choose = <M>(
  what: string,
  table: Readonly<Record<string, M>>,
  u: unknown,
  context: t.Context
): t.Validation<M> => {
  const tag = isRecord(u) && Object.hasOwn(u, 'tag') ? u['tag'] : undefined
  const known = Object.keys(table)
  if (typeof tag !== 'string') return refuse(`${withArticle(what)}${likeFirst(known)}`, u, context)
  const member = Object.hasOwn(table, tag) ? table[tag] : undefined
  return member === undefined
    ? t.failures([refusal(u, context, `there is no ${what} '${tag}'${suggestion(tag, known)}`)])
    : t.success(member)
}

const likeFirst = ([first]: readonly string[]): string =>
  first === undefined ? '' : `: a record with a tag such as '${first}'`

// alternatives

/**
 * What the first of two codecs takes, or else the second.
 *
 * Where neither does, the problems are those of the one that found some inside of the data; if both saw at once that it
 * is something else, there is one problem that names both. What the second writes has to be nothing that the first reads.
 *
 * @example
 * import { decodeWith, either, list, positive } from 'gradfold/codec'
 * const rates = either(positive, list(positive))
 * decodeWith('rates', rates)('fast')
 * // left(["rates has to be a positive finite number or a list, each item a positive finite number, got 'fast'"])
 * decodeWith('rates', rates)([1, 0]) // left(['rates: [1] has to be a positive finite number, got 0'])
 * @category unions
 * @since 0.1.0
 */
export const either = <A, B>(first: Codec<A>, second: Codec<B>): Codec<A | B> => {
  const expected = `${first.name} or ${second.name}`
  return new t.Type<A | B, unknown>(
    expected,
    (u): u is A | B => first.is(u) || second.is(u),
    (u, context): t.Validation<A | B> => {
      const one = first.validate(u, context)
      if (Either.isRight(one)) return one
      const other = second.validate(u, context)
      if (Either.isRight(other)) return other
      return [one, other].find(({ left }) => left.some(isInside(context))) ?? refuse(expected, u, context)
    },
    (value) => (first.is(value) ? first.encode(value) : second.encode(value))
  )
}

/** Whether a problem is more than that the whole has to be something else. */
const isInside =
  (context: t.Context) =>
  (error: t.ValidationError): boolean =>
    error.context.length > context.length || !(error.message ?? 'has to be ').startsWith('has to be ')

/**
 * Null, or what a codec takes.
 *
 * @example
 * import { decodeWith, fraction, orNull } from 'gradfold/codec'
 * decodeWith('momentum', orNull(fraction))(null) // right(null)
 * @category unions
 * @since 0.1.0
 */
export const orNull = <A>(codec: Codec<A>): Codec<A | null> =>
  either(
    guarded('null', (u): u is null => u === null),
    codec
  )
