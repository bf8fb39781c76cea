/**
 * Making networks: an input, and layers of which each is checked against the shape that reaches it.
 *
 * @since 0.1.0
 */
import * as Either from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { raise, sameShape, show, type Mutable, type SameShape, type Shape, type Show } from '../shape/index.ts'
import type { Check } from './check.ts'
import { begin, extend, extendWith } from './extend.ts'
import { layersIn } from './layers.ts'
import { definitionsIn, isNetwork, outputShape, type AnyNetwork, type Network, type Specs } from './model.ts'
import type { GivenName, Run, Spec } from './rules.ts'

// constructors

/**
 * The beginning of a network: the shape of one example, without the batch.
 *
 * @param shape positive whole sizes, or names of sizes that are not known (`'time'`).
 * @returns a network without layers.
 * @example
 * import { input } from 'gradfold/network'
 * input(28, 28, 1)
 * @category constructors
 * @since 0.1.0
 */
export const input = <const I extends Shape>(...shape: I): Network<Mutable<I>, Mutable<I>, []> =>
  pipe(
    begin(shape),
    Either.match(raise, (net) => net as Network<Mutable<I>, Mutable<I>, []>)
  )
const noInput = 'network: expected an input or a network in the first place; begin with input(...)'

/**
 * A network of any depth: each layer is checked against the shape that reaches it.
 *
 * A layer that does not fit is one line of the compiler at that layer, and the same sentence at run time where the compiler
 * does not know the shapes.
 *
 * @param from the input, or a network to be continued.
 * @param layers what follows, in order.
 * @returns a network that takes the input of `from` to the output of the last layer.
 * @example
 * import { dense, input, network, relu } from 'gradfold/network'
 * network(input(784), dense(128), relu, dense(10))
 * @category constructors
 * @since 0.1.0
 */
export const network = <
  I extends Shape,
  O extends Shape,
  Ms extends readonly Spec[],
  const Ls extends readonly unknown[]
>(
  from: Network<I, O, Ms>,
  ...layers: Ls extends Check<O, Ls, GivenName<Ms[number]>> ? Ls : Check<O, Ls, GivenName<Ms[number]>>
): Network<I, Run<O, Specs<Ls>>, [...Ms, ...Specs<Ls>]> =>
  pipe(
    isNetwork(from) ? extend(from, layersIn(layers)) : Either.left(noInput),
    Either.match(raise, (net) => net as Network<I, Run<O, Specs<Ls>>, [...Ms, ...Specs<Ls>]>)
  )

// combinators

type ComposeMessage<B extends string, C extends string> = `compose: the first gives ${B}, the second takes ${C}`
const composeMessage = <B extends string, C extends string>(first: B, second: C): ComposeMessage<B, C> =>
  `compose: the first gives ${first}, the second takes ${second}`
type Joint<B extends Shape, C extends Shape, N> = SameShape<B, C> extends true ? N : ComposeMessage<Show<B>, Show<C>>

/**
 * Two networks, one after the other. Unnamed layers of the second are counted on from the first.
 *
 * @example
 * import { compose, dense, input, network, relu } from 'gradfold/network'
 * compose(network(input(784), dense(128), relu), network(input(128), dense(10)))
 * @category combinators
 * @since 0.1.0
 */
export const compose = <
  A extends Shape,
  B extends Shape,
  Ls extends readonly Spec[],
  C extends Shape,
  D extends Shape,
  Ms extends readonly Spec[]
>(
  first: Network<A, B, Ls>,
  second: Joint<B, C, Network<C, D, Ms>>
): Network<A, D, [...Ls, ...Ms]> => {
  // the conditional is the network itself or, for the compiler's eyes, the sentence
  const next = second as AnyNetwork
  const output = outputShape(first)
  return sameShape(output, next.input)
    ? pipe(
        extendWith(first, next.layers, [definitionsIn(next)]),
        // the layers of both, one list after the other
        Either.match(raise, (net) => net as unknown as Network<A, D, [...Ls, ...Ms]>)
      )
    : raise(composeMessage(show(output), show(next.input)))
}
