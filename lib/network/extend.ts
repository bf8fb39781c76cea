/**
 * Building networks at run time: every layer is checked by its rule, with the sentences of the compiler.
 *
 * @since 0.1.0
 */
import * as Either from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { isWhole, type Dim, type Shape } from '../shape/index.ts'
import { definitionsOf, mergeDefinitions, type Definitions } from './definition.ts'
import { ruleOf } from './fold.ts'
import { definitionsIn, networkOf, outputShape, type AnyLayer, type AnyNetwork } from './model.ts'
import { nameComplaint } from './names.ts'
import type { Spec } from './rules.ts'

// inputs

const inputMessage = (dim: Dim): string =>
  `input: expected positive whole sizes or names, got ${typeof dim === 'string' ? `'${dim}'` : dim}`
const isDim = (dim: Dim): boolean => (typeof dim === 'number' ? isWhole(dim) : !/^-?[0-9]*$|[ ,*?]/.test(dim))

/** The network without layers, or the complaint about its input. */
export const begin = (shape: Shape, definitions: Definitions = new Map()): Either.Either<string, AnyNetwork> => {
  const wrong = shape.find((dim) => !isDim(dim))
  return wrong === undefined ? Either.right(networkOf(shape, [], definitions, shape)) : Either.left(inputMessage(wrong))
}

// layers

/** The network with more layers behind it, or the first complaint. */
export const extend = (net: AnyNetwork, layers: readonly AnyLayer[]): Either.Either<string, AnyNetwork> =>
  extendWith(
    net,
    layers.map((layer) => layer.spec),
    layers.map((layer) => layer[definitionsOf])
  )

/** The same for descriptions, with the definitions that they need. */
export const extendWith = (
  net: AnyNetwork,
  specs: readonly Spec[],
  added: readonly Definitions[]
): Either.Either<string, AnyNetwork> => {
  const definitions = mergeDefinitions([definitionsIn(net), ...added])
  const all = [...net.layers, ...specs]
  // a kind that is new to the network may have the automatic names that earlier layers were given
  const checked = definitions.size > definitionsIn(net).size ? 0 : net.layers.length
  return pipe(
    specs.reduce<Either.Either<string, Shape>>(
      (before, spec, i) =>
        pipe(
          before,
          Either.flatMap((shape) => ruleOf(definitions, spec, shape)),
          Either.tap(() => wellNamed(all.slice(0, net.layers.length + i + 1), net.layers.length + i, definitions))
        ),
      Either.right(outputShape(net))
    ),
    Either.tap(() => wellNamed(all.slice(0, net.layers.length), checked, definitions)),
    Either.map((shape) => networkOf(net.input, all, definitions, shape))
  )
}

/** The shape that a network gives for inputs of given sizes, each name standing for one of them, or the first complaint. */
export const outputFor = (net: AnyNetwork, sizes: Shape): Either.Either<string, Shape> =>
  pipe(
    begin(sizes, definitionsIn(net)),
    Either.flatMap((start) => extendWith(start, net.layers, [])),
    Either.map(outputShape)
  )

/** Whether the layers from a place on have names that may stand, else the first complaint. */
const wellNamed = (specs: readonly Spec[], from: number, definitions: Definitions): Either.Either<string, void> => {
  const complaints = specs
    .slice(from)
    .map((spec, i) => nameComplaint(specs.slice(0, from + i), spec, definitions))
    .filter((complaint) => complaint !== undefined)
  return complaints[0] === undefined ? Either.right(undefined) : Either.left(complaints[0])
}
