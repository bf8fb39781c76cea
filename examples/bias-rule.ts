/**
 * A transformation of gradients of one's own: what becomes of the biases' gradients before the optimizer sees them.
 */
import { pipe } from 'fp-ts/lib/function.js'
import { oneOf, taggedRecord } from 'gradfold/codec'
import { broadcastLike, sum, zerosLike } from 'gradfold/expr'
import { atom, mapTree, type AtomDefinition, type Leaf, type Transform } from 'gradfold/optimizer'

/**
 * - `fixed`: biases stay as they are
 * - `perUnit`: every unit learns its own, as dense layers do
 * - `shared`: the units of a layer have one bias together, whose gradient is the sum of theirs
 */
export type Biases = 'fixed' | 'perUnit' | 'shared'

/** What the rule is, as data. */
export interface BiasRule {
  readonly tag: 'biasRule'
  readonly biases: Biases
}

const changed = (biases: Biases, gradient: Leaf): Leaf => {
  switch (biases) {
    case 'fixed':
      return zerosLike(gradient)
    case 'perUnit':
      return gradient
    case 'shared':
      return pipe(gradient, sum(), broadcastLike(gradient))
  }
}

/** What the data means: it keeps no state, and looks at the leaves that are called bias. */
const definition: AtomDefinition<BiasRule> = {
  tag: 'biasRule',
  codec: taggedRecord<BiasRule>('biasRule', { biases: oneOf('fixed', 'perUnit', 'shared') }),
  init: () => ({}),
  update: ({ biases }, gradients, state) => [
    mapTree((gradient, path) => (path.at(-1) === 'bias' ? changed(biases, gradient) : gradient))(gradients),
    state
  ]
}

export const biasRule = (biases: Biases): Transform<readonly [BiasRule]> => atom(definition, { biases })
