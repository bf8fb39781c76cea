/**
 * The names of layers on one level: unnamed layers are counted per kind (`dense_0`, `dense_1`), given names do not count.
 *
 * @since 0.1.0
 */
import type { Spec } from './rules.ts'

// sentences

export type NameTwice<K extends string> = `named: there is already a layer '${K}'; choose another name`
const nameTwice = <K extends string>(name: K): NameTwice<K> =>
  `named: there is already a layer '${name}'; choose another name`

export type NameNumber<K extends string> =
  `named: a name has to be a word, got '${K}'; an integer would lose its place among the keys`
const nameNumber = <K extends string>(name: K): NameNumber<K> =>
  `named: a name has to be a word, got '${name}'; an integer would lose its place among the keys`

export type NameAutomatic<K extends string> =
  `named: '${K}' is how unnamed layers are called; choose a name of another form`
const nameAutomatic = <K extends string>(name: K): NameAutomatic<K> =>
  `named: '${name}' is how unnamed layers are called; choose a name of another form`

// values

/** Whether a description is that of a named layer. */
export const isNamed = (spec: Spec): spec is Spec & { readonly name: string; readonly layer: Spec } =>
  spec.tag === 'named' && 'name' in spec && typeof spec.name === 'string' && 'layer' in spec

/** The name that a layer was given, if any. */
const givenName = (spec: Spec): string | undefined => (isNamed(spec) ? spec.name : undefined)

/** The names of the layers of one level, in order. */
export const namesOf = (specs: readonly Spec[]): readonly string[] => {
  const seen = new Map<string, number>()
  return specs.map((spec) => {
    const given = givenName(spec)
    if (given !== undefined) return given
    const times = seen.get(spec.tag) ?? 0
    // eslint-disable-next-line functional/immutable-data -- a tally, local to one pass over a list that may be long
    seen.set(spec.tag, times + 1)
    return `${spec.tag}_${times}`
  })
}

/** The kinds of the library's own layers, whose automatic names are never given. */
export const ownKinds: readonly string[] = [
  'dense',
  'conv2d',
  'maxPool2d',
  'averagePool2d',
  'activation',
  'leakyRelu',
  'elu',
  'hardTanh',
  'flatten',
  'reshape',
  'dropout',
  'named',
  'sequential',
  'residual',
  'overAxes'
]

const integer = /^-?(0|[1-9][0-9]*)$/
const automatic = /^(.*)_(0|[1-9][0-9]*)$/

/** The complaint about a layer's given name after the layers before it: the run-time twin of `NameMessage`. */
export const nameComplaint = (
  before: readonly Spec[],
  spec: Spec,
  known: { readonly has: (tag: string) => boolean }
): string | undefined => {
  const name = givenName(spec)
  if (name === undefined) return undefined
  if (before.some((other) => givenName(other) === name)) return nameTwice(name)
  if (name === '' || integer.test(name)) return nameNumber(name)
  const kind = automatic.exec(name)?.[1] ?? ''
  return ownKinds.includes(kind) || known.has(kind) ? nameAutomatic(name) : undefined
}
