/**
 * Codecs: from unknown data to values, with every problem found, and back to data that JSON keeps.
 *
 * The name of a codec is what it expects, as the end of `has to be …`.
 *
 * @since 0.1.0
 */
import * as Either from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'
import { showValue } from './show.ts'

// model

/**
 * Reads values of A from unknown data, and writes them as data that JSON keeps. Any codec of io-ts with this type is one.
 *
 * @category model
 * @since 0.1.0
 */
export type Codec<A> = t.Type<A, unknown>

/**
 * The type of the values of a codec.
 *
 * @example
 * import { finite, record, type TypeOf } from 'gradfold/codec'
 * const point = record('point', { x: finite, y: finite })
 * type Point = TypeOf<typeof point> // { x: number; y: number }
 * @category model
 * @since 0.1.0
 */
export type TypeOf<C extends t.Any> = t.TypeOf<C>

// refusals

/** One problem with a sentence of its own. */
export const refusal = (u: unknown, context: t.Context, message: string): t.ValidationError => ({
  value: u,
  context,
  message
})

/** The sentence that something else was expected. */
export const unexpected = (expected: string, u: unknown): string => `has to be ${expected}, got ${showValue(u)}`

/** The failure that something else was expected. */
export const refuse = <A>(expected: string, u: unknown, context: t.Context): t.Validation<A> =>
  t.failures([refusal(u, context, unexpected(expected, u))])

// constructors

/**
 * A codec from a guard; what it admits is written as it is.
 *
 * @param expected the middle of the sentence `<place> has to be <expected>, got <what came>`.
 * @param is whether something is an A; A is kept by JSON (no NaN, ±Infinity or −0: those are for `number`).
 * @example
 * import { decodeWith, guarded } from 'gradfold/codec'
 * const even = guarded('an even number', (u): u is number => typeof u === 'number' && u % 2 === 0)
 * decodeWith('width', even)(3) // left(['width has to be an even number, got 3'])
 * @category constructors
 * @since 0.1.0
 */
export const guarded = <A>(expected: string, is: (u: unknown) => u is A): Codec<A> =>
  new t.Type<A, unknown>(
    expected,
    is,
    (u, context) => (is(u) ? t.success(u) : refuse(expected, u, context)),
    (a) => a
  )

/**
 * A codec that is looked up when it is used: for data that contain data of their own kind.
 *
 * @param expected what the codec expects, which is said before there is one.
 * @param codec the codec.
 * @example
 * import { late, list, record, text, type Codec } from 'gradfold/codec'
 * interface Tree {
 *   readonly name: string
 *   readonly children: readonly Tree[]
 * }
 * const tree: Codec<Tree> = record('tree', { name: text, children: list(late('a tree', () => tree)) })
 * tree.is({ name: 'root', children: [{ name: 'leaf', children: [] }] }) // true
 * @category constructors
 * @since 0.1.0
 */
export const late = <A>(expected: string, codec: () => Codec<A>): Codec<A> =>
  new t.Type<A, unknown>(
    expected,
    (u): u is A => codec().is(u),
    (u, context) => codec().validate(u, context),
    (a) => codec().encode(a)
  )

// combinators

/**
 * A codec whose values have to be right in themselves: settings that have to fit each other.
 *
 * @param codec what each setting has to be.
 * @param problem the sentence of what is wrong with a value, or undefined. One that begins with `has to` is said of the
 *   value's place; any other is a sentence of its own.
 * @example
 * import { checked, decodeWith, finite, record } from 'gradfold/codec'
 * const range = checked(record('range', { low: finite, high: finite }), ({ low, high }) =>
 *   low > high ? `has to have low at most high, got ${low} and ${high}` : undefined
 * )
 * decodeWith('range', range)({ low: 2, high: 1 }) // left(['range has to have low at most high, got 2 and 1'])
 * @category combinators
 * @since 0.1.0
 */
export const checked = <A>(codec: Codec<A>, problem: (a: A) => string | undefined): Codec<A> =>
  new t.Type<A, unknown>(
    codec.name,
    (u): u is A => codec.is(u) && problem(u) === undefined,
    (u, context) =>
      pipe(
        codec.validate(u, context),
        Either.flatMap((a) => {
          const sentence = problem(a)
          return sentence === undefined ? t.success(a) : t.failures<A>([refusal(u, context, sentence)])
        })
      ),
    codec.encode
  )
