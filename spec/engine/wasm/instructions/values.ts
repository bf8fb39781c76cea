/**
 * Bit patterns that instructions are tried on.
 */
import * as fc from 'fast-check'
import type { Type } from '../validator/signatures.ts'
import { bitsOf } from './scalar.ts'
import { vectorOf } from './vector.ts'

const integers = (bits: number): readonly bigint[] =>
  [0n, 1n, 2n, 3n, 5n, 7n, 8n, 15n, 16n, 31n, 32n, 33n, 63n, 64n, 65n, 100n, 127n, 128n, 129n, 255n, 32767n, 32768n]
    .concat([1n << BigInt(bits - 1), (1n << BigInt(bits - 1)) - 1n, 0x123456789abcdef0n, 0x5555555555555555n])
    .flatMap((x) => [x, -x])
    .map((x) => BigInt.asUintN(bits, x))

const numbers = [
  ...[0, 0.5, 1, 1.5, 2, 2.5, 3.5, 1 / 3, 16777216, 16777217, 8388609.5, 4503599627370497.5, 2147483647, 2147483648],
  ...[2147483648.5, 4294967295, 4294967296, 1e10, 1e38, 3.4028234663852886e38, 1e300, Infinity],
  ...[1.401298464324817e-45, 1.1754943508222875e-38, 5e-324, 2.2250738585072014e-308, 0.49999997, 0.9999999, 1e-20]
].flatMap((x) => [x, -x])

const floats = (bits: 32 | 64): readonly bigint[] => [
  ...numbers.map((x) => bitsOf(bits, x)),
  // quiet NaNs of both signs, with and without a payload
  ...(bits === 32
    ? [0x7fc00000n, 0xffc00000n, 0x7fc12345n]
    : [0x7ff8000000000000n, 0xfff8000000000000n, 0x7ff8123456789abcn])
]

const special: Readonly<Record<8 | 16 | 32 | 64, readonly bigint[]>> = {
  8: integers(8),
  16: integers(16),
  32: [...integers(32), ...floats(32)],
  64: [...integers(64), ...floats(64)]
}

const lane = (bits: 8 | 16 | 32 | 64): fc.Arbitrary<bigint> =>
  fc.oneof(fc.constantFrom(...special[bits]), fc.bigInt({ min: 0n, max: (1n << BigInt(bits)) - 1n }))

const vectors = fc
  .constantFrom(8 as const, 16 as const, 32 as const, 64 as const)
  .chain((bits) =>
    fc.array(lane(bits), { minLength: 128 / bits, maxLength: 128 / bits }).map((lanes) => vectorOf(bits, lanes))
  )

/** The bits of a value of a type, special ones often. */
export const arbitraryBits: Readonly<Record<Type, fc.Arbitrary<bigint>>> = {
  i: lane(32),
  I: lane(64),
  f: lane(32),
  F: lane(64),
  v: vectors
}
