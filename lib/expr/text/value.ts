/**
 * Reading the parameters of a primitive: numbers, truth values, names, lists, slots, tensors and programs.
 *
 * @since 0.1.0
 */
import * as Either from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { didYouMean } from '../../codec/index.ts'
import { size } from '../../shape/index.ts'
import { dtypes, isDType, showSlot, slot, type AnyTensor, type DType, type Slot } from '../../tensor/index.ts'
import { fromBuffer } from '../../tensor/internal.ts'
import type { Program } from '../program.ts'
import { notation } from './number.ts'
import {
  choose,
  expect,
  fail,
  isText,
  map,
  read,
  refine,
  separated,
  sequence,
  tokenAt,
  word,
  type Checked,
  type Reader
} from './reader.ts'
import { showToken, type Token } from './token.ts'

// readers

/** `f32`. */
const dtype: Reader<DType> = refine(word('an element type'), (token) =>
  isDType(token.text)
    ? Either.right(token.text)
    : fail(token, `${token.text} is not an element type (${dtypes.join(', ')})${didYouMean(token.text, dtypes)}`)
)

const dimension: Reader<number> = (tokens, index) => {
  const token = tokenAt(tokens, index)
  const n = token.kind === 'number' ? Number(token.text) : NaN
  return Number.isSafeInteger(n) && n >= 0 && !Object.is(n, -0)
    ? read(n, index + 1)
    : fail(token, `expected a size (an integer from 0), got ${showToken(token)}`)
}

/** `f32[2, 3]`. */
export const slotReader: Reader<Slot> = map(
  sequence(dtype, expect('['), separated(dimension, ']')),
  ([type, , shape]) => slot(shape, type)
)

const spelled = new Map<string, number | boolean>([
  ['true', true],
  ['false', false],
  ['nan', NaN]
])

/** The number or truth value that a token is, if it is one. */
const literal = ({ kind, text }: Token): number | boolean | undefined =>
  kind === 'number' ? Number(text.replace('inf', 'Infinity')) : kind === 'word' ? spelled.get(text) : undefined

const element =
  (type: DType): Reader<number> =>
  (tokens, index) => {
    const token = tokenAt(tokens, index)
    const written = literal(token)
    if (written === undefined) return fail(token, `expected an element of type ${type}, got ${showToken(token)}`)
    return pipe(
      notation[type].read(written),
      Either.match(
        (sentence) => fail(token, sentence),
        (value) => read(value, index + 1)
      )
    )
  }

// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- T ties the buffer to the element type
const tensorOf = <T extends DType>(type: T, shape: readonly number[], elements: readonly number[]): AnyTensor =>
  fromBuffer(type, shape, notation[type].store(elements))

/** `f32[2] {1, 2}` or, without elements, a slot. */
const slotOrTensor: Reader<Slot | AnyTensor> = (tokens, index) => {
  const kind = slotReader(tokens, index)
  if (Either.isLeft(kind)) return kind
  const { value: type, next } = kind.right
  const brace = tokenAt(tokens, next)
  if (!isText(brace, '{')) return kind
  return refine(separated(element(type.dtype), '}'), (elements) =>
    elements.length === size(type.shape)
      ? Either.right(tensorOf(type.dtype, type.shape, elements))
      : fail(brace, `${showSlot(type)} has ${size(type.shape)} elements, got ${elements.length}`)
  )(tokens, next + 1)
}

/** The text in quotes, its escapes those of JSON. */
const unquoted = (token: Token): Checked<unknown> =>
  Either.tryCatch(
    (): unknown => JSON.parse(token.text),
    () => ({ at: token.at, sentence: `${token.text} is not a JSON string` })
  )

const one =
  (check: (token: Token) => Checked<unknown>): Reader<unknown> =>
  (tokens, index) =>
    pipe(
      check(tokenAt(tokens, index)),
      Either.map((value) => ({ value, next: index + 1 }))
    )

/** The value of a parameter; programs within are read by the given reader. */
export const valueReader = (program: Reader<Program>): Reader<unknown> =>
  choose<unknown>((token, following) => {
    const value = literal(token)
    if (value !== undefined) return one(() => Either.right(value))
    if (token.kind === 'string') return one(unquoted)
    if (isText(token, '['))
      return map(sequence(expect('['), separated(valueReader(program), ']')), ([, items]) => items)
    if (isText(token, 'program')) return program
    if (isDType(token.text)) return isText(following, '[') ? slotOrTensor : dtype
    return one((other) =>
      fail(
        other,
        `expected a number, true, false, an element type, a tensor, a program or a list, got ${showToken(other)}`
      )
    )
  })
