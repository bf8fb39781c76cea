import type * as Either from 'fp-ts/lib/Either.js'
import { describe, expectTypeOf, it } from 'vitest'
import {
  count,
  decodeWith,
  either,
  finite,
  flag,
  list,
  literal,
  oneOf,
  optional,
  orNull,
  parseWith,
  positive,
  record,
  taggedRecord,
  taggedUnion,
  text,
  type Codec,
  type TypeOf
} from '../../lib/codec/index.ts'

interface Dense {
  readonly tag: 'dense'
  readonly units: number
  readonly useBias: boolean
}
interface Dropout {
  readonly tag: 'dropout'
  readonly rate: number
}

describe('the type of a codec', () => {
  it('is derived from its parts', () => {
    const layer = record('layer', {
      tag: literal('dense'),
      units: count,
      useBias: optional(flag, true),
      sizes: list(orNull(count)),
      mode: oneOf('a', 'b'),
      rate: either(finite, text)
    })
    expectTypeOf(parseWith('layer', layer)).returns.toEqualTypeOf<{
      tag: 'dense'
      units: number
      useBias: boolean
      sizes: readonly (number | null)[]
      mode: 'a' | 'b'
      rate: number | string
    }>()
  })

  it('has a name', () => {
    expectTypeOf<TypeOf<Codec<Dense>>>().toEqualTypeOf<Dense>()
  })

  it('is what decoding gives', () => {
    expectTypeOf(decodeWith('x', list(flag))).returns.toEqualTypeOf<
      Either.Either<readonly string[], readonly boolean[]>
    >()
    expectTypeOf(parseWith('x', list(flag))).returns.toEqualTypeOf<readonly boolean[]>()
  })

  it('can be given, and is then held to', () => {
    expectTypeOf(taggedRecord<Dense>('dense', { units: count, useBias: optional(flag, true) })).toEqualTypeOf<
      Codec<Dense>
    >()
    const inferred: Codec<Dense> = taggedRecord('dense', { units: count, useBias: flag })
    expectTypeOf(inferred).toEqualTypeOf<Codec<Dense>>()
    // @ts-expect-error -- useBias is missing
    taggedRecord<Dense>('dense', { units: count })
    // @ts-expect-error -- units is a number
    taggedRecord<Dense>('dense', { units: text, useBias: flag })
    // @ts-expect-error -- there is no field bias
    taggedRecord<Dense>('dense', { units: count, useBias: flag, bias: flag })
    // @ts-expect-error -- the tag is another
    taggedRecord<Dense>('dens', { units: count, useBias: flag })
    // @ts-expect-error -- the fallback is no flag
    record('dense', { useBias: optional(flag, 1) })
    // @ts-expect-error -- a field that may be missing in the type has a codec nevertheless
    record<{ readonly a?: number }>('optional', {})
  })

  it('of a union needs every member', () => {
    const dense = taggedRecord<Dense>('dense', { units: count, useBias: flag })
    const dropout = taggedRecord<Dropout>('dropout', { rate: positive })
    expectTypeOf(taggedUnion<Dense | Dropout>('layer', () => ({ dense, dropout }))).toEqualTypeOf<
      Codec<Dense | Dropout>
    >()
    // @ts-expect-error -- dropout is missing
    taggedUnion<Dense | Dropout>('layer', () => ({ dense }))
  })
})
