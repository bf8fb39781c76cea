/**
 * Layers as values: a description, the definitions that it needs, and a step of `pipe`.
 *
 * @since 0.1.0
 */
import * as Either from 'fp-ts/lib/Either.js'
import { identity, pipe } from 'fp-ts/lib/function.js'
import { raise } from '../shape/index.ts'
import { noLayer } from './check.ts'
import { definitionsOf, mergeDefinitions, type AnyDefinition, type Definitions } from './definition.ts'
import { extend } from './extend.ts'
import { definitionsIn, isLayer, isNetwork, type AnyLayer, type AnyNetwork, type Layer, type Specs } from './model.ts'
import type { Spec } from './rules.ts'

// constructors

/**
 * A layer from its definition and its description: what the constructor of a layer of one's own calls.
 *
 * @param definition made by `defineLayer`.
 * @param spec the description, with the definition's tag.
 * @param inside the layers that this layer holds, whose definitions it then carries as well.
 * @example
 * import { dropoutDefinition, layer } from 'gradfold/network'
 * layer(dropoutDefinition, { tag: 'dropout', rate: 0.5 })
 * @category constructors
 * @since 0.1.0
 */
export const layer = <S extends Spec>(
  definition: AnyDefinition,
  spec: S,
  inside: readonly AnyLayer[] = []
): Layer<S> => {
  if (definition.tag !== spec.tag)
    raise(`layer: the definition is of '${definition.tag}', the description of '${spec.tag}'`)
  const own: Definitions = new Map([[spec.tag, definition]])
  // the shapes exist in the type only
  return carrying(spec, mergeDefinitions([...inside.map((other) => other[definitionsOf]), own])) as unknown as Layer<S>
}

/** A layer that carries the given definitions. */
const carrying = (spec: Spec, definitions: Definitions): AnyLayer => {
  const step = (net: AnyNetwork): AnyNetwork =>
    isNetwork(net)
      ? pipe(extend(net, [self]), Either.match(raise, identity<AnyNetwork>))
      : raise(`${spec.tag}: expected a network, got something else; begin with input(...)`)
  // eslint-disable-next-line functional/immutable-data -- a layer is the function made just above, with a description
  const self: AnyLayer = Object.freeze(Object.assign(step, { spec: settled(spec), [definitionsOf]: definitions }))
  return self
}

/** A frozen copy of a description: an array that a user gave may change later, the layer may not. */
export const settled = <A>(data: A): A =>
  // a copy of data has the type of the data
  copied(data) as A
const copied = (data: unknown): unknown =>
  typeof data !== 'object' || data === null
    ? data
    : Object.freeze(
        Array.isArray(data)
          ? data.map(copied)
          : Object.fromEntries(Object.entries(data).map(([key, value]) => [key, copied(value)]))
      )

// destructors

/**
 * The layers of a network, as values from which another one can be made.
 *
 * @example
 * import { dense, input, layersOf, network, relu } from 'gradfold/network'
 * const net = network(input(8), dense(4), relu, dense(2))
 * network(input(8), ...layersOf(net).slice(0, 2))
 * @category destructors
 * @since 0.1.0
 */
export const layersOf = (net: AnyNetwork): readonly AnyLayer[] =>
  net.layers.map((spec) => carrying(spec, definitionsIn(net)))

/** The arguments as layers; whatever else there is among them is refused. */
export const layersIn = (list: readonly unknown[]): readonly AnyLayer[] =>
  list.map((u) => (isLayer(u) ? u : raise(noLayer(u))))

/** The descriptions of some layers, their types kept. */
export const specsOf = <Ls extends readonly AnyLayer[]>(layers: Ls): Specs<Ls> =>
  // map gives an array where the type is a tuple
  layersIn(layers).map((one) => one.spec) as unknown as Specs<Ls>
