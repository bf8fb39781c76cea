/**
 * Checking equations: what was read is accepted only as the table of primitives allows it.
 *
 * @since 0.1.0
 */
import * as Either from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type * as t from 'io-ts'
import { didYouMean } from '../../codec/index.ts'
import type { Slot } from '../../tensor/index.ts'
import type { Definition } from '../primitive/definition.ts'
import type { Parameters, Primitive } from '../primitive/parameters.ts'
import { definitionOf, isPrimitive, primitives } from '../primitive/table.ts'
import type { Equation } from '../program.ts'
import { fail, type Checked, type Failure } from './reader.ts'
import type { Token } from './token.ts'

// model

/** A parameter as read. */
export interface Attribute {
  readonly name: Token
  readonly value: unknown
}

// checks

/** An equation with the outputs that the primitive's rule gives it. */
export const checkEquation = (
  name: Token,
  attributes: readonly Attribute[],
  operands: readonly number[],
  slots: readonly Slot[]
): Checked<Equation> =>
  isPrimitive(name.text)
    ? checkApplication(name, name.text, attributes, operands, slots)
    : fail(name, `${name.text} is not a primitive${didYouMean(name.text, primitives)}`)

// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- P ties the parameters to their rule
const checkApplication = <P extends Primitive>(
  name: Token,
  primitive: P,
  attributes: readonly Attribute[],
  operands: readonly number[],
  slots: readonly Slot[]
): Checked<Equation> =>
  pipe(
    checkParameters(name, primitive, attributes),
    Either.flatMap((parameters) =>
      pipe(
        definitionOf(primitive).infer(slots, parameters),
        Either.mapLeft((sentence) => ({ at: name.at, sentence })),
        // primitive and parameters belong together, which TypeScript does not see through the index
        Either.map((outputs) => ({ primitive, parameters, operands, outputs }) as unknown as Equation)
      )
    )
  )

/** The parameters of a primitive: none missing, none unknown, none twice, each of its kind. */
const checkParameters = <P extends Primitive>(
  name: Token,
  primitive: P,
  attributes: readonly Attribute[]
): Checked<Parameters[P]> => {
  const definition = definitionOf(primitive)
  const known = parameterNames(definition)
  const names = attributes.map((attribute) => attribute.name)
  const unknown = names.find(({ text }) => !known.includes(text))
  if (unknown !== undefined) {
    const listed = known.length === 0 ? 'it has none' : `it has ${known.join(', ')}`
    return fail(unknown, `${primitive}: has no parameter ${unknown.text}, ${listed}${didYouMean(unknown.text, known)}`)
  }
  const twice = names.find(({ text }, i) => names.findIndex((other) => other.text === text) < i)
  if (twice !== undefined) return fail(twice, `${primitive}: the parameter ${twice.text} is given twice`)
  const missing = known.find((key) => names.every(({ text }) => text !== key))
  if (missing !== undefined) return fail(name, `${primitive}: the parameter ${missing} is missing`)
  return pipe(
    definition.parameters.decode(Object.fromEntries(attributes.map(({ name: { text }, value }) => [text, value]))),
    Either.mapLeft((errors) => wrongValue(name, primitive, names, errors))
  )
}

/** The names of a primitive's parameters: those that its codec misses in an empty record. */
const parameterNames = <Q>({ parameters }: Definition<Q>): readonly string[] =>
  pipe(
    parameters.decode({}),
    Either.match(
      (errors) => [...new Set(errors.flatMap(({ context }) => context[1]?.key ?? []))],
      () => []
    )
  )

/** What codecs expect, in words; those of lists have names made of these. */
const wording = new Map([
  ['Size', 'an integer from 0'],
  ['DType', 'an element type'],
  ['Tensor', 'a tensor'],
  ['Program', 'a program'],
  ['boolean', 'true or false'],
  ['number', 'a number']
])

/** The first value that a codec refused, and what it expected in its place. */
const wrongValue = (name: Token, primitive: Primitive, names: readonly Token[], errors: t.Errors): Failure => {
  const context = errors[0]?.context ?? []
  const place = context.slice(1).map(({ key }) => key)
  const at = names.find(({ text }) => text === place[0])?.at ?? name.at
  const codec = context.at(-1)?.type.name ?? 'another kind of value'
  return {
    at,
    sentence: `${primitive}: the parameter ${place.join('.')} has a wrong value, expected ${wording.get(codec) ?? codec}`
  }
}
