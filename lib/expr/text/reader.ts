/**
 * Readers: functions from a place among tokens to a value and the place behind it, or to what is wrong where.
 *
 * @since 0.1.0
 */
import * as Either from 'fp-ts/lib/Either.js'
import { showToken, type Token } from './token.ts'

// model

/** What is wrong, and the place in the source where it is. */
export interface Failure {
  readonly at: number
  readonly sentence: string
}

export type Checked<A> = Either.Either<Failure, A>

/** A value, and the index of the first token that does not belong to it. */
export interface Read<A> {
  readonly value: A
  readonly next: number
}

export type Reader<A> = (tokens: readonly Token[], index: number) => Checked<Read<A>>

/** The values of a list of readers. */
export type Values<R extends readonly Reader<unknown>[]> = {
  readonly [K in keyof R]: R[K] extends Reader<infer A> ? A : never
}

// constructors

export const read = <A>(value: A, next: number): Checked<Read<A>> => Either.right({ value, next })

export const fail = (token: Token, sentence: string): Checked<never> => Either.left({ at: token.at, sentence })

/** The token at an index; beyond the last there is only the last, `end`. */
export const tokenAt = (tokens: readonly Token[], index: number): Token =>
  tokens[index] ?? tokens.at(-1) ?? { kind: 'end', text: '', at: 0 }

/** Whether a token is a given word or symbol. */
export const isText = (token: Token, text: string): boolean =>
  token.text === text && (token.kind === 'symbol' || token.kind === 'word')

/** Reads one given word or symbol. */
export const expect =
  (text: string): Reader<Token> =>
  (tokens, index) => {
    const token = tokenAt(tokens, index)
    return isText(token, text) ? read(token, index + 1) : fail(token, `expected '${text}', got ${showToken(token)}`)
  }

/** Reads any word; `what` names it in the sentence. */
export const word =
  (what: string): Reader<Token> =>
  (tokens, index) => {
    const token = tokenAt(tokens, index)
    return token.kind === 'word' ? read(token, index + 1) : fail(token, `expected ${what}, got ${showToken(token)}`)
  }

// combinators

/** What a check makes of what was read. */
export const refine =
  <A, B>(reader: Reader<A>, check: (value: A) => Checked<B>): Reader<B> =>
  (tokens, index) => {
    const result = reader(tokens, index)
    if (Either.isLeft(result)) return result
    const checked = check(result.right.value)
    return Either.isLeft(checked) ? checked : read(checked.right, result.right.next)
  }

export const map = <A, B>(reader: Reader<A>, f: (value: A) => B): Reader<B> =>
  refine(reader, (value) => Either.right(f(value)))

/** The reader that the next token asks for. */
export const choose =
  <A>(decide: (token: Token, following: Token) => Reader<A>): Reader<A> =>
  (tokens, index) =>
    decide(tokenAt(tokens, index), tokenAt(tokens, index + 1))(tokens, index)

/** Some readers one after the other. */
export const sequence =
  <const R extends readonly Reader<unknown>[]>(...readers: R): Reader<Values<R>> =>
  (tokens, index) => {
    const values = readers.reduce<Checked<Read<readonly unknown[]>>>(
      (before, reader) => {
        if (Either.isLeft(before)) return before
        const result = reader(tokens, before.right.next)
        return Either.isLeft(result) ? result : read([...before.right.value, result.right.value], result.right.next)
      },
      read([], index)
    )
    // the values are those of the readers, one by one
    return values as Checked<Read<Values<R>>>
  }

/** Items between commas, up to and with a closing symbol; a loop, because constants may be long. */
export const separated =
  <A>(item: Reader<A>, close: string): Reader<readonly A[]> =>
  (tokens, index) => {
    if (isText(tokenAt(tokens, index), close)) return read([], index + 1)
    const items: A[] = []
    for (let at = index; ;) {
      const result = item(tokens, at)
      if (Either.isLeft(result)) return result
      // eslint-disable-next-line functional/immutable-data -- the list is made here; copying it for each item would be quadratic
      items.push(result.right.value)
      const token = tokenAt(tokens, result.right.next)
      at = result.right.next + 1
      if (isText(token, close)) return read(items, at)
      if (!isText(token, ',')) return fail(token, `expected ',' or '${close}', got ${showToken(token)}`)
    }
  }
