import { isDeepStrictEqual } from 'node:util'
import * as Either from 'fp-ts/lib/Either.js'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeWith, problemsOf } from '../../lib/codec/index.ts'
import { anyCodec, codecAndValue } from './arbitrary.ts'

/** Equal to the last bit; vitest's own comparison stumbles over fields called `constructor`. */
const expectSame = (actual: unknown, expected: unknown): void => {
  expect(isDeepStrictEqual(actual, expected)).toBe(true)
}

const isDeeplyFrozen = (u: unknown): boolean =>
  typeof u !== 'object' || u === null || (Object.isFrozen(u) && Object.values(u).every(isDeeplyFrozen))

describe('every codec', () => {
  it('decodes what it encodes, through JSON text as well, to the last bit', () => {
    fc.assert(
      fc.property(codecAndValue, ([codec, value]) => {
        expectSame(codec.decode(codec.encode(value)), Either.right(value))
        const text = JSON.stringify(codec.encode(value))
        expectSame(codec.decode(JSON.parse(text)), Either.right(value))
      }),
      { numRuns: 500 }
    )
  })

  it('knows its values', () => {
    fc.assert(fc.property(codecAndValue, ([codec, value]) => codec.is(value)))
  })

  it('knows what it decodes, and has decoded it once and for all', () => {
    fc.assert(
      fc.property(anyCodec, fc.jsonValue(), (codec, u) => {
        const result = codec.decode(u)
        fc.pre(Either.isRight(result))
        expect(codec.is(result.right)).toBe(true)
        expectSame(codec.decode(result.right), result)
      })
    )
  })

  it('gives frozen values', () => {
    fc.assert(
      fc.property(codecAndValue, ([codec, value]) => {
        const result = codec.decode(codec.encode(value))
        return Either.isRight(result) && isDeeplyFrozen(result.right)
      })
    )
  })

  it('says of whatever else it is given what is wrong, each time in one line that begins with the name', () => {
    fc.assert(
      fc.property(
        anyCodec,
        fc.anything({ withBigInt: true, withDate: true, withMap: true, withTypedArray: true }),
        (codec, u) => {
          const result = decodeWith('the value', codec)(u)
          const problems = Either.isLeft(result) ? result.left : []
          expect(Either.isLeft(result)).toBe(problems.length > 0)
          problems.forEach((sentence) => expect(sentence).toMatch(/^the value(:| has to ).*$/))
        }
      ),
      { numRuns: 500 }
    )
  })

  it('finds the same problems alone and under a name', () => {
    fc.assert(
      fc.property(anyCodec, fc.jsonValue(), (codec, u) => {
        const result = codec.decode(u)
        expect(decodeWith('x', codec)(u)).toEqual(
          Either.isLeft(result) ? Either.left(problemsOf('x')(result.left)) : result
        )
      })
    )
  })
})
