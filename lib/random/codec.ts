/**
 * Storing and loading initialisers.
 *
 * @since 0.1.0
 */
import {
  checked,
  finite,
  nonNegative,
  oneOf,
  showValue,
  taggedRecord,
  taggedUnion,
  type Codec
} from '../codec/index.ts'
import type { Initialiser } from './initialiser.ts'

/** The initialiser with a tag. */
type InitialiserOf<Tag extends Initialiser['tag']> = Extract<Initialiser, { readonly tag: Tag }>

/** The codec of each initialiser. */
const codecs: { readonly [Tag in Initialiser['tag']]: Codec<InitialiserOf<Tag>> } = {
  zeros: taggedRecord<InitialiserOf<'zeros'>>('zeros', {}),
  ones: taggedRecord<InitialiserOf<'ones'>>('ones', {}),
  constant: taggedRecord<InitialiserOf<'constant'>>('constant', { value: finite }),
  randomUniform: checked(
    taggedRecord<InitialiserOf<'randomUniform'>>('randomUniform', { low: finite, high: finite }),
    (self) => (self.low > self.high ? `has to have low at most high, got ${showValue(self)}` : undefined)
  ),
  randomNormal: taggedRecord<InitialiserOf<'randomNormal'>>('randomNormal', { mean: finite, stddev: nonNegative }),
  randomTruncatedNormal: checked(
    taggedRecord<InitialiserOf<'randomTruncatedNormal'>>('randomTruncatedNormal', {
      mean: finite,
      stddev: nonNegative,
      lower: finite,
      upper: finite
    }),
    (self) => (self.lower >= self.upper ? `has to have lower less than upper, got ${showValue(self)}` : undefined)
  ),
  varianceScaling: taggedRecord<InitialiserOf<'varianceScaling'>>('varianceScaling', {
    scale: nonNegative,
    mode: oneOf('fanIn', 'fanOut', 'fanAverage'),
    distribution: oneOf('normal', 'truncatedNormal', 'uniform')
  }),
  orthogonal: taggedRecord<InitialiserOf<'orthogonal'>>('orthogonal', { gain: finite })
}

/**
 * The codec of initialisers: plain JSON records with closed keys. Their builders check their options with it as well.
 *
 * Decoding collects all problems: a tag that is none, an option that is missing, unknown (with the one that was
 * probably meant) or of the wrong kind, numbers that are not finite, bounds in the wrong order.
 *
 * @example
 * import { decodeWith } from 'gradfold/codec'
 * import { glorotUniform, initialiserCodec } from 'gradfold/random'
 * initialiserCodec.encode(glorotUniform())
 * // { tag: 'varianceScaling', scale: 1, mode: 'fanAverage', distribution: 'uniform' }
 * decodeWith('kernel', initialiserCodec)({ tag: 'orthogonl' }) // left(["kernel: there is no initialiser 'orthogonl'; did you mean 'orthogonal'?"])
 * @category codecs
 * @since 0.1.0
 */
export const initialiserCodec: Codec<Initialiser> = taggedUnion<Initialiser>('initialiser', () => codecs)
