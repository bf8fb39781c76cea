/**
 * What the vector instructions compute: the scalar definitions, lane by lane.
 */
import { clamp, converting, float, integer, resizing, truncating, type Definition } from './scalar.ts'

// lanes

export const lanesOf = (bits: number, vector: bigint): readonly bigint[] =>
  Array.from({ length: 128 / bits }, (_, i) => BigInt.asUintN(bits, vector >> BigInt(bits * i)))

export const vectorOf = (bits: number, lanes: readonly bigint[]): bigint =>
  lanes.reduce((vector, lane, i) => vector | (BigInt.asUintN(bits, lane) << BigInt(bits * i)), 0n)

type Vector = (...operands: readonly bigint[]) => bigint

const exactly = (run: Vector): Definition => ({ run })

/** A scalar definition in each lane. */
const each = (bits: number, { run, anyNaN }: Definition): Definition => ({
  run: (...vectors) => {
    const operands = vectors.map((vector) => lanesOf(bits, vector))
    return vectorOf(
      bits,
      operands[0]!.map((_, i) => run(...operands.map((lanes) => lanes[i]!)) ?? 0n)
    )
  },
  ...(anyNaN === undefined ? {} : { anyNaN })
})

/** A comparison in each lane: ones where it holds. */
const masks = (bits: number, { run }: Definition): Definition =>
  each(bits, { run: (...operands) => -(run(...operands) ?? 0n) })

type Table = Readonly<Record<string, Definition>>

const pick = <K extends string>(
  from: Readonly<Record<K, Definition>>,
  make: (definition: Definition) => Definition,
  ...names: readonly K[]
): Record<K, Definition> => Object.fromEntries(names.map((name) => [name, make(from[name])])) as Record<K, Definition>

// integers

const compared = ['equal', 'notEqual', 'lessSigned', 'greaterSigned', 'lessEqualSigned', 'greaterEqualSigned'] as const
const comparedUnsigned = ['lessUnsigned', 'greaterUnsigned', 'lessEqualUnsigned', 'greaterEqualUnsigned'] as const
const computed = ['abs', 'negate', 'add', 'subtract'] as const
const saturating = [
  'addSaturatingSigned',
  'addSaturatingUnsigned',
  'subtractSaturatingSigned',
  'subtractSaturatingUnsigned',
  'averageUnsigned'
] as const
const extrema = ['minimumSigned', 'minimumUnsigned', 'maximumSigned', 'maximumUnsigned'] as const

const shift = (bits: number, { run }: Definition): Definition =>
  exactly((vector, count) =>
    vectorOf(
      bits,
      lanesOf(bits, vector!).map((lane) => run(lane, BigInt.asUintN(32, count!) % BigInt(bits)) ?? 0n)
    )
  )

/** What lanes of all sizes have. */
const common = (bits: number) => {
  const scalar = integer(bits)
  return {
    ...pick(scalar, (one) => masks(bits, one), ...compared),
    ...pick(scalar, (one) => each(bits, one), ...computed),
    ...pick(scalar, (one) => shift(bits, one), 'shiftLeft', 'shiftRightSigned', 'shiftRightUnsigned'),
    splat: exactly((x) =>
      vectorOf(
        bits,
        Array.from({ length: 128 / bits }, () => x!)
      )
    ),
    allTrue: exactly((v) => (lanesOf(bits, v!).every((lane) => lane !== 0n) ? 1n : 0n)),
    bitmask: exactly((v) =>
      lanesOf(bits, v!).reduce((mask, lane, i) => mask | ((lane >> BigInt(bits - 1)) << BigInt(i)), 0n)
    )
  } as const
}

const unsigned = (bits: number) => pick(integer(bits), (one) => masks(bits, one), ...comparedUnsigned)

/** What widens lanes of half the bits. */
const widening = (bits: number) => {
  const half = bits / 2
  const read = (signed: boolean, x: bigint): bigint => (signed ? BigInt.asIntN(half, x) : x)
  const part = (high: boolean, v: bigint): readonly bigint[] => {
    const lanes = lanesOf(half, v)
    return high ? lanes.slice(lanes.length / 2) : lanes.slice(0, lanes.length / 2)
  }
  const extend = (high: boolean, signed: boolean): Definition =>
    exactly((v) =>
      vectorOf(
        bits,
        part(high, v!).map((lane) => read(signed, lane))
      )
    )
  const product = (high: boolean, signed: boolean): Definition =>
    exactly((a, b) => {
      const others = part(high, b!)
      return vectorOf(
        bits,
        part(high, a!).map((lane, i) => read(signed, lane) * read(signed, others[i]!))
      )
    })
  return {
    multiply: each(bits, integer(bits).multiply),
    extendLowSigned: extend(false, true),
    extendHighSigned: extend(true, true),
    extendLowUnsigned: extend(false, false),
    extendHighUnsigned: extend(true, false),
    extendedMultiplyLowSigned: product(false, true),
    extendedMultiplyHighSigned: product(true, true),
    extendedMultiplyLowUnsigned: product(false, false),
    extendedMultiplyHighUnsigned: product(true, false)
  } as const
}

const pairwise = (bits: number) => {
  const sum = (signed: boolean): Definition =>
    exactly((v) => {
      const lanes = lanesOf(bits / 2, v!).map((lane) => (signed ? BigInt.asIntN(bits / 2, lane) : lane))
      return vectorOf(
        bits,
        Array.from({ length: 128 / bits }, (_, i) => lanes[2 * i]! + lanes[2 * i + 1]!)
      )
    })
  return { pairwiseSumSigned: sum(true), pairwiseSumUnsigned: sum(false) } as const
}

/** Lanes of twice the bits of two vectors, saturated. */
const narrowing = (bits: number) => {
  const narrow = (low: bigint, high: bigint): Definition =>
    exactly((a, b) =>
      vectorOf(
        bits,
        [...lanesOf(2 * bits, a!), ...lanesOf(2 * bits, b!)].map((lane) =>
          clamp(low, high, BigInt.asIntN(2 * bits, lane))
        )
      )
    )
  const half = 1n << BigInt(bits - 1)
  return { narrowSigned: narrow(-half, half - 1n), narrowUnsigned: narrow(0n, 2n * half - 1n) } as const
}

const small = (bits: number) => ({
  ...common(bits),
  ...unsigned(bits),
  ...narrowing(bits),
  ...pick(integer(bits), (one) => each(bits, one), ...saturating, ...extrema)
})

export const i8x16 = { ...small(8), countOnes: each(8, integer(8).countOnes) } satisfies Table

export const i16x8 = {
  ...small(16),
  ...widening(16),
  ...pairwise(16),
  multiplyQ15: each(16, integer(16).multiplyQ15)
} satisfies Table

/** Of the low two lanes of 64 bits, into lanes of 32, zeros above. */
const halving = ({ run, anyNaN }: Definition): Definition => ({
  run: (v) =>
    vectorOf(
      32,
      lanesOf(64, v!).map((lane) => run(lane) ?? 0n)
    ),
  ...(anyNaN === undefined ? {} : { anyNaN })
})

/** Of the low two lanes of 32 bits, into lanes of 64. */
const doubling = ({ run, anyNaN }: Definition): Definition => ({
  run: (v) =>
    vectorOf(
      64,
      lanesOf(32, v!)
        .slice(0, 2)
        .map((lane) => run(lane) ?? 0n)
    ),
  ...(anyNaN === undefined ? {} : { anyNaN })
})

export const i32x4 = {
  ...common(32),
  ...unsigned(32),
  ...widening(32),
  ...pairwise(32),
  ...pick(integer(32), (one) => each(32, one), ...extrema),
  dotI16x8: exactly((a, b) => {
    const signed = (v: bigint): readonly bigint[] => lanesOf(16, v).map((lane) => BigInt.asIntN(16, lane))
    const [left, right] = [signed(a!), signed(b!)]
    return vectorOf(
      32,
      [0, 2, 4, 6].map((i) => left[i]! * right[i]! + left[i + 1]! * right[i + 1]!)
    )
  }),
  truncateF32Signed: each(32, truncating(32, true)),
  truncateF32Unsigned: each(32, truncating(32, false)),
  truncateF64Signed: halving(truncating(64, true)),
  truncateF64Unsigned: halving(truncating(64, false))
} satisfies Table

export const i64x2 = { ...common(64), ...widening(64) } satisfies Table

// floats

const floats = (bits: 32 | 64) => {
  const scalar = float(bits)
  const { splat } = common(bits)
  return {
    splat,
    ...pick(scalar, (one) => masks(bits, one), 'equal', 'notEqual', 'less', 'greater', 'lessEqual', 'greaterEqual'),
    ...pick(scalar, (one) => each(bits, one), 'abs', 'negate', 'sqrt', 'add', 'subtract', 'multiply', 'divide'),
    ...pick(scalar, (one) => each(bits, one), 'minimum', 'maximum', 'pseudoMinimum', 'pseudoMaximum'),
    ...pick(scalar, (one) => each(bits, one), 'ceil', 'floor', 'truncate', 'nearest')
  } as const
}

export const f32x4 = {
  ...floats(32),
  convertI32Signed: each(32, converting(32, 32, true)),
  convertI32Unsigned: each(32, converting(32, 32, false)),
  demoteF64: halving(resizing(64, 32))
} satisfies Table

export const f64x2 = {
  ...floats(64),
  convertI32Signed: doubling(converting(32, 64, true)),
  convertI32Unsigned: doubling(converting(32, 64, false)),
  promoteF32: doubling(resizing(32, 64))
} satisfies Table

// bits

const ones = (1n << 128n) - 1n

export const v128 = {
  not: exactly((a) => a! ^ ones),
  and: exactly((a, b) => a! & b!),
  andNot: exactly((a, b) => a! & (b! ^ ones)),
  or: exactly((a, b) => a! | b!),
  xor: exactly((a, b) => a! ^ b!),
  bitselect: exactly((a, b, mask) => (a! & mask!) | (b! & (mask! ^ ones))),
  anyTrue: exactly((a) => (a === 0n ? 0n : 1n)),
  swizzle: exactly((a, places) => {
    const bytes = lanesOf(8, a!)
    return vectorOf(
      8,
      lanesOf(8, places!).map((place) => (place < 16n ? bytes[Number(place)]! : 0n))
    )
  })
} satisfies Table
