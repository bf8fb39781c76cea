/**
 * Storing and loading initialisers.
 *
 * @since 0.1.0
 */
import * as Either from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'
import { suggestion } from '../expr/text/nearest.ts'
import type { Initialiser } from './initialiser.ts'

// codecs of options

const finite = t.refinement(t.number, (n) => Number.isFinite(n), 'a finite number')
const fromZero = t.refinement(t.number, (n) => Number.isFinite(n) && n >= 0, 'a number from 0')
const oneOf = <const L extends readonly [string, string, ...string[]]>(...names: L): t.Type<L[number]> =>
  new t.Type(
    names.join(' or '),
    (u): u is L[number] => names.some((name) => name === u),
    (u, context) => (names.some((name) => name === u) ? t.success(u as L[number]) : t.failure(u, context)),
    t.identity
  )

type Tag = Initialiser['tag']

/** The options of each initialiser. */
const codecs: Readonly<Record<Tag, t.Decoder<unknown, Initialiser>>> = {
  zeros: t.strict({ tag: t.literal('zeros') }),
  ones: t.strict({ tag: t.literal('ones') }),
  constant: t.strict({ tag: t.literal('constant'), value: finite }),
  randomUniform: t.strict({ tag: t.literal('randomUniform'), low: finite, high: finite }),
  randomNormal: t.strict({ tag: t.literal('randomNormal'), mean: finite, stddev: fromZero }),
  randomTruncatedNormal: t.strict({
    tag: t.literal('randomTruncatedNormal'),
    mean: finite,
    stddev: fromZero,
    lower: finite,
    upper: finite
  }),
  varianceScaling: t.strict({
    tag: t.literal('varianceScaling'),
    scale: fromZero,
    mode: oneOf('fanIn', 'fanOut', 'fanAverage'),
    distribution: oneOf('normal', 'truncatedNormal', 'uniform')
  }),
  orthogonal: t.strict({ tag: t.literal('orthogonal'), gain: finite })
}

const tags: readonly string[] = Object.keys(codecs)

const isTag = (u: unknown): u is Tag => typeof u === 'string' && Object.hasOwn(codecs, u)

/** Bounds in the wrong order. */
const disorder = (self: Initialiser): string | undefined => {
  if (self.tag === 'randomUniform' && self.low > self.high) return 'low has to be at most high'
  if (self.tag === 'randomTruncatedNormal' && self.lower >= self.upper) return 'lower has to be less than upper'
  return undefined
}

const validate: t.Validate<unknown, Initialiser> = (u, context) => {
  if (typeof u !== 'object' || u === null || !('tag' in u))
    return t.failure(u, context, `initialiser: expected a record with a tag, got ${JSON.stringify(u)}`)
  const { tag } = u
  if (!isTag(tag)) {
    const named = typeof tag === 'string' ? suggestion(tag, tags) : ''
    return t.failure(u, context, `initialiser: ${JSON.stringify(tag)} is not one of ${tags.join(', ')}${named}`)
  }
  return pipe(
    codecs[tag].validate(u, context),
    Either.flatMap((self) => {
      const known = Object.keys(self)
      const unknown = Object.keys(u).filter((name) => !known.includes(name))
      const problem = disorder(self)
      if (problem !== undefined) return t.failure(u, context, `${tag}: ${problem}`)
      return unknown.length === 0
        ? t.success(Object.freeze(self))
        : t.failures<Initialiser>(
            unknown.map((name) => ({
              value: u,
              context,
              message: `${tag}: has no option ${name}${suggestion(name, known)}`
            }))
          )
    })
  )
}

// codec

/**
 * The codec of initialisers: plain JSON records with closed keys.
 *
 * Decoding collects all problems: a tag that is none, an option that is missing, unknown (with the one that was
 * probably meant) or of the wrong kind, numbers that are not finite, bounds in the wrong order.
 *
 * @example
 * import { glorotUniform, initialiserCodec } from 'gradfold/random'
 * console.log(initialiserCodec.encode(glorotUniform()))
 * // { tag: 'varianceScaling', scale: 1, mode: 'fanAverage', distribution: 'uniform' }
 * @category codecs
 * @since 0.1.0
 */
export const initialiserCodec: t.Type<Initialiser, unknown> = new t.Type<Initialiser, unknown>(
  'Initialiser',
  (u): u is Initialiser => Either.isRight(validate(u, [])),
  validate,
  (self) => ({ ...self })
)
