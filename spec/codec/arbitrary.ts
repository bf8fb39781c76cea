/**
 * Random codecs with random values of theirs, for the laws.
 */
import * as fc from 'fast-check'
import {
  count,
  either,
  finite,
  flag,
  fraction,
  list,
  natural,
  nonNegative,
  number,
  oneOf,
  optional,
  orNull,
  positive,
  record,
  taggedRecord,
  taggedUnion,
  text,
  type Codec,
  type Tagged
} from '../../lib/codec/index.ts'

/** A codec with a way to make values of it. */
export interface Sample {
  readonly codec: Codec<unknown>
  readonly value: fc.Arbitrary<unknown>
}

const sample = <A>(codec: Codec<A>, value: fc.Arbitrary<A>): Sample => ({
  // what makes values and what reads them stay together
  codec: codec as unknown as Codec<unknown>,
  value
})

const anyFinite = fc.double({ noNaN: true, noDefaultInfinity: true })

export const leaves: readonly Sample[] = [
  sample(number, fc.double()),
  sample(finite, anyFinite),
  sample(positive, fc.double({ min: Number.MIN_VALUE, noNaN: true, noDefaultInfinity: true })),
  sample(nonNegative, fc.oneof(fc.constant(-0), fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }))),
  sample(fraction, fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })),
  sample(
    count,
    fc.maxSafeNat().filter((n) => n > 0)
  ),
  sample(natural, fc.maxSafeNat()),
  sample(text, fc.string({ unit: 'binary' })),
  sample(flag, fc.boolean()),
  sample(oneOf('mean', 'sum', 'none'), fc.constantFrom('mean', 'sum', 'none'))
]

/** Keys that are hard on records among those that are easy. */
const key = fc.oneof(
  fc.constantFrom('units', 'useBias', '__proto__', 'constructor', 'toString', 'hasOwnProperty', '7', 'a key', ''),
  fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 3 })
)

/** A field with its key, and its value where it is absent, if it may be. */
interface SampleField {
  readonly key: string
  readonly field: Sample
  readonly fallback: readonly unknown[]
}

const recordOf = (fields: readonly SampleField[]): Sample => {
  const entries = fields.map(({ key: name, field: { value } }) => value.map((v) => [name, v] as const))
  return sample(
    record<object>(
      'thing',
      Object.fromEntries(
        fields.map(({ key: name, field: { codec }, fallback }) => [
          name,
          fallback.length > 0 ? optional(codec, fallback[0]) : codec
        ])
      )
    ),
    fc.tuple(...entries).map((pairs) => Object.fromEntries(pairs))
  )
}

const unionOf = (samples: readonly (readonly [string, Sample])[]): Sample => {
  interface Member extends Tagged {
    readonly inside: unknown
  }
  const members = Object.fromEntries(
    samples.map(([tag, { codec }]) => [tag, taggedRecord<Member>(tag, { inside: codec })])
  )
  return sample(
    taggedUnion<Tagged>(
      'thing', // a member is only asked about what has its tag
      () => members as unknown as Readonly<Record<string, Codec<Tagged>>>
    ),
    fc.oneof(...samples.map(([tag, { value }]) => value.map((inside) => ({ tag, inside }))))
  )
}

const { tree } = fc.letrec<{ tree: Sample; leaf: Sample; node: Sample }>((tie) => ({
  leaf: fc.constantFrom(...leaves),
  node: fc.oneof(
    tie('tree').map(({ codec, value }) => sample(list(codec), fc.array(value, { maxLength: 4 }))),
    tie('tree').map(({ codec, value }) => sample(orNull(codec), fc.option(value))),
    tie('tree').map(({ codec, value }) =>
      sample(
        either(list(flag), record('inner', { inside: codec })),
        fc.oneof(fc.array(fc.boolean()), fc.record({ inside: value }, { noNullPrototype: true }))
      )
    ),
    fc
      .uniqueArray(fc.tuple(key, tie('tree'), fc.boolean()), { maxLength: 4, selector: ([name]) => name })
      .chain((triples) =>
        fc.tuple(
          ...triples.map(([name, field, isOptional]) =>
            (isOptional ? field.value.map((v) => Object.freeze([v])) : fc.constant([])).map((fallback) => ({
              key: name,
              field,
              fallback
            }))
          )
        )
      )
      .map(recordOf),
    fc.uniqueArray(fc.tuple(key, tie('tree')), { minLength: 1, maxLength: 3, selector: ([tag]) => tag }).map(unionOf)
  ),
  tree: fc.oneof({ depthSize: 'small', withCrossShrink: true }, tie('leaf'), tie('node'))
}))

/** A codec of any kind with a value of it. */
export const codecAndValue: fc.Arbitrary<readonly [codec: Codec<unknown>, value: unknown]> = tree.chain(
  ({ codec, value }) => value.map((a) => [codec, a] as const)
)

/** A codec of any kind. */
export const anyCodec: fc.Arbitrary<Codec<unknown>> = tree.map(({ codec }) => codec)
