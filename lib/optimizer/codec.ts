/**
 * Transforms as plain data.
 *
 * @since 0.1.0
 */
import * as Either from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { Eq } from 'fp-ts/lib/Eq.js'
import { byTag, decodeWith, showValue, type Tagged } from '../codec/index.ts'
import { anyDefinition, type AnyAtomDefinition, type AtomSpec } from './atom.ts'
import { adaGradDefinition } from './atom/ada-grad.ts'
import { adamWDefinition } from './atom/adam-w.ts'
import { adamDefinition } from './atom/adam.ts'
import { addDecayedWeightsDefinition } from './atom/add-decayed-weights.ts'
import { clipByGlobalNormDefinition } from './atom/clip-by-global-norm.ts'
import { clipByValueDefinition } from './atom/clip-by-value.ts'
import { dampenDefinition } from './atom/dampen.ts'
import { emaDefinition } from './atom/ema.ts'
import { gradientDescentDefinition } from './atom/gradient-descent.ts'
import { momentumDefinition } from './atom/momentum.ts'
import { nesterovDefinition } from './atom/nesterov.ts'
import { rmsPropDefinition } from './atom/rms-prop.ts'
import { scaleByLearningRateDefinition } from './atom/scale-by-learning-rate.ts'
import { scaleDefinition } from './atom/scale.ts'
import { traceDefinition } from './atom/trace.ts'
import { namedAtoms } from './state.ts'
import { chain, type AnyTransform } from './transform.ts'

// model

/**
 * The definitions of the atoms of this library.
 *
 * @category model
 * @since 0.1.0
 */
export const builtInAtoms: readonly AnyAtomDefinition[] = [
  anyDefinition(gradientDescentDefinition),
  anyDefinition(momentumDefinition),
  anyDefinition(nesterovDefinition),
  anyDefinition(adaGradDefinition),
  anyDefinition(rmsPropDefinition),
  anyDefinition(adamDefinition),
  anyDefinition(adamWDefinition),
  anyDefinition(clipByGlobalNormDefinition),
  anyDefinition(clipByValueDefinition),
  anyDefinition(addDecayedWeightsDefinition),
  anyDefinition(scaleDefinition),
  anyDefinition(scaleByLearningRateDefinition),
  anyDefinition(traceDefinition),
  anyDefinition(emaDefinition),
  anyDefinition(dampenDefinition)
]

// codec

/**
 * A transform as plain data: the list of its atoms' specs.
 *
 * @example
 * import { clipByGlobalNorm, encode } from 'gradfold/optimizer'
 * encode(clipByGlobalNorm(1)) // [{ tag: 'clipByGlobalNorm', maximum: 1, epsilon: 0 }]
 * @category codec
 * @since 0.1.0
 */
export const encode = (self: AnyTransform): readonly Tagged[] =>
  // a spec is encoded as a record with its tag
  namedAtoms(self).map(({ spec, definition }) => definition.codec.encode(spec) as Tagged)

/** The atom at a place in the list, which begins its problems: `atom 2: adam: beta1 has to be …`. */
const decodeAtom =
  (definitions: readonly AnyAtomDefinition[]) =>
  (u: unknown, i: number): Either.Either<readonly string[], AnyTransform> =>
    pipe(
      u,
      decodeWith(`atom ${i}`, byTag('atom', definitions)),
      Either.flatMap((definition) =>
        pipe(
          u,
          decodeWith(`atom ${i}: ${definition.tag}`, definition.codec),
          Either.map((spec: AtomSpec) => ({ atoms: [spec], definitions: { [definition.tag]: definition } }))
        )
      )
    )

/**
 * The transform in some plain data, or all that is wrong with it.
 *
 * @param definitions the atoms to know. Default those of this library.
 * @example
 * import { adam, decode, encode } from 'gradfold/optimizer'
 * decode()(encode(adam())) // right(adam())
 * decode()([{ tag: 'adm' }]) // left(["atom 0: there is no atom 'adm'; did you mean 'adam'?"])
 * @category codec
 * @since 0.1.0
 */
export const decode =
  (definitions: readonly AnyAtomDefinition[] = builtInAtoms) =>
  (u: unknown): Either.Either<readonly string[], AnyTransform> => {
    if (!Array.isArray(u)) return Either.left([`optimizer has to be a list of atoms, got ${showValue(u)}`])
    const decoded = u.map(decodeAtom(definitions))
    const problems = decoded.flatMap((result) => (Either.isLeft(result) ? result.left : []))
    const transforms = decoded.flatMap((result) => (Either.isRight(result) ? [result.right] : []))
    return problems.length > 0 ? Either.left(problems) : Either.right(chain(...transforms))
  }

// destructors

const text = (u: unknown): string => {
  if (Array.isArray(u)) return `[${u.map(text).join(', ')}]`
  if (typeof u !== 'object' || u === null) return typeof u === 'string' ? `'${u}'` : showValue(u)
  const fields = Object.entries(u).filter(([key]) => key !== 'tag')
  const inside = fields.length === 0 ? '' : `{ ${fields.map(([key, value]) => `${key}: ${text(value)}`).join(', ')} }`
  return 'tag' in u ? `${String(u.tag)}(${inside})` : inside
}

/**
 * A transform as text.
 *
 * @example
 * import { chain, clipByValue, scale, show } from 'gradfold/optimizer'
 * show(chain(clipByValue(1), scale(2))) // 'chain(clipByValue({ maximum: 1 }), scale({ factor: 2 }))'
 * @category destructors
 * @since 0.1.0
 */
export const show = (self: AnyTransform): string => {
  const atoms = namedAtoms(self).map(({ spec }) => text(spec))
  return atoms.length === 1 ? (atoms[0] ?? '') : `chain(${atoms.join(', ')})`
}

// instances

/**
 * Transforms are equal when their atoms are, in order.
 *
 * @category instances
 * @since 0.1.0
 */
export const transformEq: Eq<AnyTransform> = {
  // encoded specs have their keys in the order of their codecs
  equals: (a, b) => JSON.stringify(encode(a)) === JSON.stringify(encode(b))
}
