/**
 * What the scalar instructions compute, on bit patterns: an independent reading of section 4.3 of the WebAssembly
 * specification.
 */

/** What an instruction computes from the bits of its operands; undefined where it traps. */
export interface Definition {
  readonly run: (...operands: readonly bigint[]) => bigint | undefined
  /** the bits of float lanes in which any NaN may stand for any other */
  readonly anyNaN?: 32 | 64
}

type Bits = (...operands: readonly bigint[]) => bigint | undefined

const exactly = (run: Bits): Definition => ({ run })

const flag = (condition: boolean): bigint => (condition ? 1n : 0n)

export const clamp = (low: bigint, high: bigint, x: bigint): bigint => (x < low ? low : x > high ? high : x)

// integers

/** The operations on integers of some bits, as bit patterns. */
export const integer = (bits: number) => {
  const n = BigInt(bits)
  const u = (x: bigint): bigint => BigInt.asUintN(bits, x)
  const s = (x: bigint): bigint => BigInt.asIntN(bits, x)
  const lowest = -(1n << (n - 1n))
  const digits = (x: bigint): string => u(x).toString(2).padStart(bits, '0')
  const wrapped = (f: (...operands: readonly bigint[]) => bigint | undefined): Definition =>
    exactly((...operands) => {
      const result = f(...operands)
      return result === undefined ? undefined : u(result)
    })
  const amount = (b: bigint): bigint => u(b) % n
  const comparing = (f: (a: bigint, b: bigint) => boolean, read: (x: bigint) => bigint): Definition =>
    exactly((a, b) => flag(f(read(a!), read(b!))))
  return {
    isZero: exactly((a) => flag(u(a!) === 0n)),
    equal: comparing((a, b) => a === b, u),
    notEqual: comparing((a, b) => a !== b, u),
    lessSigned: comparing((a, b) => a < b, s),
    lessUnsigned: comparing((a, b) => a < b, u),
    greaterSigned: comparing((a, b) => a > b, s),
    greaterUnsigned: comparing((a, b) => a > b, u),
    lessEqualSigned: comparing((a, b) => a <= b, s),
    lessEqualUnsigned: comparing((a, b) => a <= b, u),
    greaterEqualSigned: comparing((a, b) => a >= b, s),
    greaterEqualUnsigned: comparing((a, b) => a >= b, u),
    countLeadingZeros: exactly((a) => BigInt((digits(a!) + '1').indexOf('1'))),
    countTrailingZeros: exactly((a) => BigInt(bits - 1 - digits(a!).lastIndexOf('1'))),
    countOnes: exactly((a) => BigInt(digits(a!).replaceAll('0', '').length)),
    add: wrapped((a, b) => a! + b!),
    subtract: wrapped((a, b) => a! - b!),
    multiply: wrapped((a, b) => a! * b!),
    divideSigned: wrapped((a, b) => (s(b!) === 0n || (s(a!) === lowest && s(b!) === -1n) ? undefined : s(a!) / s(b!))),
    divideUnsigned: wrapped((a, b) => (u(b!) === 0n ? undefined : u(a!) / u(b!))),
    remainderSigned: wrapped((a, b) => (s(b!) === 0n ? undefined : s(a!) % s(b!))),
    remainderUnsigned: wrapped((a, b) => (u(b!) === 0n ? undefined : u(a!) % u(b!))),
    and: wrapped((a, b) => a! & b!),
    or: wrapped((a, b) => a! | b!),
    xor: wrapped((a, b) => a! ^ b!),
    shiftLeft: wrapped((a, b) => a! << amount(b!)),
    shiftRightSigned: wrapped((a, b) => s(a!) >> amount(b!)),
    shiftRightUnsigned: wrapped((a, b) => u(a!) >> amount(b!)),
    rotateLeft: wrapped((a, b) => (a! << amount(b!)) | (u(a!) >> (n - amount(b!)))),
    rotateRight: wrapped((a, b) => (u(a!) >> amount(b!)) | (a! << (n - amount(b!)))),
    abs: wrapped((a) => (s(a!) < 0n ? -s(a!) : s(a!))),
    negate: wrapped((a) => -a!),
    addSaturatingSigned: wrapped((a, b) => clamp(lowest, -lowest - 1n, s(a!) + s(b!))),
    addSaturatingUnsigned: wrapped((a, b) => clamp(0n, u(-1n), u(a!) + u(b!))),
    subtractSaturatingSigned: wrapped((a, b) => clamp(lowest, -lowest - 1n, s(a!) - s(b!))),
    subtractSaturatingUnsigned: wrapped((a, b) => clamp(0n, u(-1n), u(a!) - u(b!))),
    minimumSigned: wrapped((a, b) => (s(a!) < s(b!) ? a : b)),
    minimumUnsigned: wrapped((a, b) => (u(a!) < u(b!) ? a : b)),
    maximumSigned: wrapped((a, b) => (s(a!) > s(b!) ? a : b)),
    maximumUnsigned: wrapped((a, b) => (u(a!) > u(b!) ? a : b)),
    averageUnsigned: wrapped((a, b) => (u(a!) + u(b!) + 1n) >> 1n),
    multiplyQ15: wrapped((a, b) => clamp(lowest, -lowest - 1n, (s(a!) * s(b!) + 0x4000n) >> 15n))
  } as const
}

// floats

const view = new DataView(new ArrayBuffer(8))

/** The number of a bit pattern. */
export const numberOf = (bits: 32 | 64, x: bigint): number => {
  view.setBigUint64(0, x)
  return bits === 64 ? view.getFloat64(0) : view.getFloat32(4)
}

/** The bit pattern of a number, rounded once to the type. */
export const bitsOf = (bits: 32 | 64, x: number): bigint => {
  if (bits === 64) {
    view.setFloat64(0, x)
    return view.getBigUint64(0)
  }
  view.setFloat32(0, x)
  return BigInt(view.getUint32(0))
}

/** To the nearest integer, ties to even. */
const nearest = (x: number): number => {
  if (!(Math.abs(x) < 2 ** 52)) return x
  const low = Math.floor(x)
  const rest = x - low
  const rounded = rest < 0.5 || (rest === 0.5 && low % 2 === 0) ? low : low + 1
  return rounded === 0 && (x < 0 || Object.is(x, -0)) ? -0 : rounded
}

const least = (a: number, b: number): number =>
  a !== a || b !== b ? NaN : a === b ? (Object.is(a, -0) ? a : b) : a < b ? a : b

/** The operations on floats of some bits. */
export const float = (bits: 32 | 64) => {
  const read = (x: bigint): number => numberOf(bits, x)
  const sign = 1n << BigInt(bits - 1)
  const rounding = (f: (...operands: readonly number[]) => number): Definition => ({
    run: (...operands) => bitsOf(bits, f(...operands.map(read))),
    anyNaN: bits
  })
  const comparing = (f: (a: number, b: number) => boolean): Definition => exactly((a, b) => flag(f(read(a!), read(b!))))
  return {
    equal: comparing((a, b) => a === b),
    notEqual: comparing((a, b) => a !== b),
    less: comparing((a, b) => a < b),
    greater: comparing((a, b) => a > b),
    lessEqual: comparing((a, b) => a <= b),
    greaterEqual: comparing((a, b) => a >= b),
    // signs are bits, of a NaN as well
    abs: exactly((a) => a! & ~sign),
    negate: exactly((a) => a! ^ sign),
    copySign: exactly((a, b) => (a! & ~sign) | (b! & sign)),
    ceil: rounding((a) => Math.ceil(a!)),
    floor: rounding((a) => Math.floor(a!)),
    truncate: rounding((a) => Math.trunc(a!)),
    nearest: rounding((a) => nearest(a!)),
    // rounding to double and then to float gives what rounding once gives, for these operations
    sqrt: rounding((a) => Math.sqrt(a!)),
    add: rounding((a, b) => a! + b!),
    subtract: rounding((a, b) => a! - b!),
    multiply: rounding((a, b) => a! * b!),
    divide: rounding((a, b) => a! / b!),
    minimum: rounding((a, b) => least(a!, b!)),
    maximum: rounding((a, b) => -least(-a!, -b!)),
    pseudoMinimum: exactly((a, b) => (read(b!) < read(a!) ? b : a)),
    pseudoMaximum: exactly((a, b) => (read(a!) < read(b!) ? b : a))
  } as const
}

// conversions

/** From a float to an integer of 32 bits: truncated and saturated, 0 for NaN. */
export const truncating = (from: 32 | 64, signed: boolean): Definition =>
  exactly((a) => {
    const x = Math.trunc(numberOf(from, a!))
    if (x !== x) return 0n
    const [low, high] = signed ? [-2147483648, 2147483647] : [0, 4294967295]
    return BigInt.asUintN(32, BigInt(Math.min(Math.max(x, low), high)))
  })

/** From an integer of some bits to a float; rounded once. */
export const converting = (from: 32 | 64, to: 32 | 64, signed: boolean): Definition =>
  exactly((a) => bitsOf(to, Number(signed ? BigInt.asIntN(from, a!) : BigInt.asUintN(from, a!))))

/** From a float to a float. */
export const resizing = (from: 32 | 64, to: 32 | 64): Definition => ({
  run: (a) => bitsOf(to, numberOf(from, a!)),
  anyNaN: to
})

export const keeping: Definition = exactly((a) => a)

export const extending = (from: number, to: number, signed: boolean): Definition =>
  exactly((a) => BigInt.asUintN(to, signed ? BigInt.asIntN(from, a!) : BigInt.asUintN(from, a!)))
