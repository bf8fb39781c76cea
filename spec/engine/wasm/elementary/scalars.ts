/** Calls WebAssembly functions of scalars, draws arguments for them, and compares results by bits. */
import { assemble, pagesFor, type FunctionDefinition } from '../../../../lib/engine/wasm/assembler/index.ts'
import { compilation, type Compilation } from '../../../../lib/engine/wasm/compilation.ts'
import { WebAssembly } from '../../../../lib/engine/wasm/platform.ts'

export type Float = 'f32' | 'f64'
export type ScalarFunction = (...operands: readonly number[]) => number

/** A module of some functions, ready to be called. */
export const instantiate = (
  make: (compilation: Compilation) => Readonly<Record<string, FunctionDefinition>>
): Readonly<Record<string, ScalarFunction>> => {
  const shared = compilation()
  const exports = make(shared)
  const pages = pagesFor(shared.end())
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages })
  const bytes = new Uint8Array(memory.buffer)
  for (const segment of shared.segments()) bytes.set(segment.bytes, segment.address)
  const module = new WebAssembly.Module(assemble({ exports, memory: { pages, shared: false } }))
  // every one of the functions gives a number
  return new WebAssembly.Instance(module, { environment: { memory } }).exports as Readonly<
    Record<string, ScalarFunction>
  >
}

// bits

const words = new Uint32Array(2)
const double = new Float64Array(words.buffer)
const single = new Float32Array(words.buffer, 0, 1)

const float32OfBits = (bits: number): number => {
  words[0] = bits
  return single[0]!
}

const float64OfBits = (low: number, high: number): number => {
  words[0] = low
  words[1] = high
  return double[0]!
}

/** Neighbours of a number in the type, and the number itself; `reach` on each side. */
export const around = (type: Float, x: number, reach: number): readonly number[] => {
  const bits = new BigInt64Array(1)
  const view = type === 'f64' ? new Float64Array(bits.buffer) : new Float32Array(bits.buffer, 0, 1)
  view[0] = x
  const centre = bits[0]!
  return Array.from({ length: 2 * reach + 1 }, (_, i) => {
    bits[0] = centre + BigInt(i - reach)
    return view[0]!
  })
}

// arguments

/** Random words that are the same in every run. */
export const randomWords = (seed: number): (() => number) => {
  let state = seed >>> 0
  return () => {
    state = (state + 0x9e3779b9) >>> 0
    let z = Math.imul(state ^ (state >>> 16), 0x21f0aaad)
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97)
    return (z ^ (z >>> 15)) >>> 0
  }
}

/** Any bit pattern. */
export const anyBits = (type: Float, word: () => number): number =>
  type === 'f32' ? float32OfBits(word()) : float64OfBits(word(), word())

/** A number of either sign with a magnitude in [2^from, 2^to): every exponent is as likely. */
export const ofExponents = (type: Float, from: number, to: number, word: () => number): number => {
  const exponent = from + (word() % (to - from))
  const sign = (word() & 1) << 31
  return type === 'f32'
    ? float32OfBits(sign | ((exponent + 127) << 23) | (word() & 0x7fffff))
    : float64OfBits(word(), sign | ((exponent + 1023) << 20) | (word() & 0xfffff))
}

const magnitudes: Readonly<Record<Float, readonly number[]>> = {
  f32: [1.401298464324817e-45, 1.1754942106924411e-38, 1.1754943508222875e-38, 3.4028234663852886e38],
  f64: [5e-324, 2.225073858507201e-308, 2.2250738585072014e-308, 1.7976931348623157e308]
}

/** Zeros, infinities, NaN, subnormals, the largest numbers, integers, halves, powers of two and of ten. */
export const specials = (type: Float): readonly number[] => {
  const positive = [
    0,
    Infinity,
    ...magnitudes[type],
    ...Array.from({ length: 24 }, (_, i) => i + 1),
    ...[0.5, 0.75, 1.5, 2.5, 0.1, 1e-5, 1e-10, 1e-20, 1e-30, 1e10, 1e20, 1e30, 16777216, 9007199254740992],
    ...Array.from({ length: 20 }, (_, i) => 1 / (1 << i))
  ]
  return [NaN, ...positive.flatMap((x) => [x, -x])].map((x) => (type === 'f32' ? Math.fround(x) : x))
}

// comparison

/** A text that is equal where the bits are, and for every NaN. */
export const bitsOf = (x: number): string => {
  if (x !== x) return 'NaN'
  double[0] = x
  return `${words[1]!.toString(16).padStart(8, '0')}${words[0]!.toString(16).padStart(8, '0')} ${x}`
}

/** Whether two results are the same, zeros by their sign. */
export const isSame = (a: number, b: number): boolean => Object.is(a, b)

/** The first arguments at which two functions differ, told in full; empty where they are equal. */
export const differences = (
  actual: ScalarFunction,
  expected: ScalarFunction,
  points: Iterable<readonly number[]>
): readonly string[] => {
  const found: string[] = []
  for (const point of points) {
    const a = actual(...point)
    const b = expected(...point)
    if (isSame(a, b)) continue
    found.push(`at ${point.map(bitsOf).join(', ')}: ${bitsOf(a)}, expected ${bitsOf(b)}`)
    if (found.length === 5) break
  }
  return found
}

/** `count` points of one coordinate each. */
export function* drawn(count: number, draw: () => number): Generator<readonly number[]> {
  for (let i = 0; i < count; i += 1) yield [draw()]
}

export function* drawnPairs(count: number, draw: () => number, other: () => number): Generator<readonly number[]> {
  for (let i = 0; i < count; i += 1) yield [draw(), other()]
}
