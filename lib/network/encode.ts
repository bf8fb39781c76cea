/**
 * Networks as JSON: written, read back, compared and hashed.
 *
 * The definitions that a network carries are outside of all of these.
 *
 * @since 0.1.0
 */
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import * as Either from 'fp-ts/lib/Either.js'
import type { Eq } from 'fp-ts/lib/Eq.js'
import { pipe } from 'fp-ts/lib/function.js'
import { type Codec, decodeWith, guarded, isDeeperThan, list, record, taggedUnion } from '../codec/index.ts'
import { builtInLayers } from './built-in-layers.ts'
import type { AnyDefinition, Definitions } from './definition.ts'
import { begin, extendWith } from './extend.ts'
import { settled } from './layers.ts'
import { definitionsIn, type AnyNetwork } from './model.ts'
import type { Spec } from './rules.ts'

// model

/**
 * A JSON value.
 *
 * @category model
 * @since 0.1.0
 */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }

// codec

/** The codec of any layer that is among the definitions; layers that hold layers are given it. */
const layerCodec = (definitions: Definitions): Codec<Spec> => {
  const layer: Codec<Spec> = taggedUnion<Spec>('layer', () => codecs)
  const codecs = Object.fromEntries([...definitions].map(([tag, definition]) => [tag, definition.codec(layer)]))
  return layer
}

/** A size, or the name of one. */
const dimension = guarded(
  'a size or a name',
  (u): u is number | string => typeof u === 'string' || (typeof u === 'number' && Number.isFinite(u))
)

const networkCodec = (definitions: Definitions) =>
  record('network', { input: list(dimension), layers: list(layerCodec(definitions)) })

// interpreters

/**
 * A network as a JSON value: its input and its layers' descriptions, every setting written out.
 *
 * @example
 * import { dense, encode, input, network } from 'gradfold/network'
 * JSON.stringify(encode(network(input(784), dense(10, { useBias: false }))))
 * @category interpreters
 * @since 0.1.0
 */
export const encode = (net: AnyNetwork): Json =>
  // descriptions hold JSON values only, which their codecs see to
  networkCodec(definitionsIn(net)).encode({ input: net.input, layers: net.layers }) as Json

/**
 * Reads a network from a JSON value.
 *
 * Keys are closed, numbers finite, settings that are absent have their defaults, and the network is checked by the same
 * rules and sentences as one that is written in code.
 *
 * @param definitions the layers to be known. Default: those of the library.
 * @returns a function to the network, or to all problems, one sentence each.
 * @example
 * import { decode } from 'gradfold/network'
 * decode()({ input: [784], layers: [{ tag: 'dense', units: 10 }] })._tag // 'Right'
 * decode()({ input: [784], layers: [{ tag: 'dens', units: 10 }] }) // left(["network: layers[0]: there is no layer 'dens'; did you mean 'dense'?"])
 * @category interpreters
 * @since 0.1.0
 */
export const decode =
  (definitions: readonly AnyDefinition[] = builtInLayers) =>
  (u: unknown): Either.Either<readonly string[], AnyNetwork> => {
    if (isDeeperThan(deepest)(u)) return Either.left([tooDeep])
    const known: Definitions = new Map(definitions.map((definition) => [definition.tag, definition]))
    return pipe(
      u,
      decodeWith('network', networkCodec(known)),
      Either.flatMap(({ input, layers }) =>
        pipe(
          begin(input, known),
          Either.flatMap((net) => extendWith(net, layers.map(settled), [])),
          Either.mapLeft((sentence) => [sentence])
        )
      )
    )
  }

/** Records and lists that hold each other: two levels for each layer that holds layers. */
const deepest = 256
const tooDeep = `network: layers are nested more than ${deepest / 2 - 1} deep, which no network needs; is it the right file?`

// equality

/** JSON with its keys sorted, so that equal values have equal texts. */
const canonical = (json: Json): string =>
  typeof json !== 'object' || json === null
    ? JSON.stringify(json)
    : isList(json)
      ? `[${json.map(canonical).join(',')}]`
      : `{${Object.entries(json)
          .toSorted(([a], [b]) => (a < b ? -1 : 1))
          .map(([key, value]) => `${JSON.stringify(key)}:${canonical(value)}`)
          .join(',')}}`
const isList = (json: object): json is readonly Json[] => Array.isArray(json)

/**
 * Whether two networks have the same input and the same layers with the same settings.
 *
 * @example
 * import { dense, equals, input, network, relu } from 'gradfold/network'
 * equals(network(input(8), dense(4)), network(input(8), dense(4), relu)) // false
 * @category equality
 * @since 0.1.0
 */
export const equals = (a: AnyNetwork, b: AnyNetwork): boolean => canonical(encode(a)) === canonical(encode(b))

/**
 * Equality of networks: `equals` as an instance of fp-ts.
 *
 * @category instances
 * @since 0.1.0
 */
export const networkEq: Eq<AnyNetwork> = { equals }

/**
 * The SHA-256 of a network: of its JSON with keys sorted and no white space, as UTF-8; hexadecimal.
 *
 * @example
 * import { dense, hash, input, network } from 'gradfold/network'
 * hash(network(input(784), dense(10))).length // 64
 * @category equality
 * @since 0.1.0
 */
export const hash = (net: AnyNetwork): string => bytesToHex(sha256(utf8ToBytes(canonical(encode(net)))))
