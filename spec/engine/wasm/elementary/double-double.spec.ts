/** Double-double arithmetic and the slow paths give the pairs of the reference, bit for bit, also outside of what Ziv's test sends them. */
import { describe, expect, it } from 'vitest'
import { define, f64, i32, type Instruction } from '../../../../lib/engine/wasm/assembler/index.ts'
import * as reference from '../../../../lib/engine/elementary/double-double.ts'
import * as exponential from '../../../../lib/engine/elementary/exponential-extended.ts'
import * as hyperbolic from '../../../../lib/engine/elementary/hyperbolic.ts'
import * as logarithm from '../../../../lib/engine/elementary/logarithm-extended.ts'
import * as power from '../../../../lib/engine/elementary/power.ts'
import * as root from '../../../../lib/engine/elementary/root.ts'
import { roundToFloat32 as roundReference } from '../../../../lib/engine/elementary/rounding.ts'
import * as double from '../../../../lib/engine/wasm/elementary/double-double.ts'
import {
  exp2Extended,
  expExtended,
  expm1Extended,
  expNegativeExtended
} from '../../../../lib/engine/wasm/elementary/exponential-extended.ts'
import { difference, isLess, sum } from '../../../../lib/engine/wasm/elementary/float64.ts'
import { coshExtended, sinhExtended, tanhExtended } from '../../../../lib/engine/wasm/elementary/hyperbolic.ts'
import {
  log10Extended,
  log1pExtended,
  log2Extended,
  logExtended
} from '../../../../lib/engine/wasm/elementary/logarithm-extended.ts'
import { powExtended } from '../../../../lib/engine/wasm/elementary/power.ts'
import { cbrtExtended, rsqrtExtended } from '../../../../lib/engine/wasm/elementary/root.ts'
import { roundToFloat32 } from '../../../../lib/engine/wasm/elementary/rounding.ts'
import { entryOf, keep, leaveWhere, scalarDefinition } from '../../../../lib/engine/wasm/elementary/scalar.ts'
import { powerOfTwo, scaleByPowerOfTwo } from '../../../../lib/engine/wasm/elementary/bits.ts'
import * as bits from '../../../../lib/engine/elementary/bits.ts'
import type { Writer } from '../../../../lib/engine/wasm/quad.ts'
import { differences, drawn, instantiate, ofExponents, randomWords, type ScalarFunction } from './scalars.ts'

type Build = (writer: Writer, x: readonly Instruction<'f64'>[]) => double.Pair
type Expected = (...x: readonly number[]) => reference.DoubleDouble

const pairAt = (x: readonly number[], i: number): reference.DoubleDouble => reference.doubleDouble(x[i]!, x[i + 1]!)
const variableAt = (x: readonly Instruction<'f64'>[], i: number): double.Pair => double.pair(x[i]!, x[i + 1]!)

/** Both parts of a pair as functions of four numbers, since JavaScript calls get one. */
const partsOf = (build: Build): { readonly high: ScalarFunction; readonly low: ScalarFunction } => {
  const { high, low } = instantiate((shared) => {
    const callee = double.pairDefinition(shared, 'under test', 4, build)
    const part = (name: 'high' | 'low') =>
      scalarDefinition(shared, name, ['f64', 'f64', 'f64', 'f64'], ['f64'], (writer, x) => [
        double.pairOf(writer, callee, ...x)[name]
      ])
    return { high: part('high'), low: part('low') }
  })
  return { high: high!, low: low! }
}

const coefficients = [reference.LN2, reference.PI, reference.doubleDouble(-3, 1e-17), reference.RECIPROCAL_LN10]
const table = double.tableOfPairs(coefficients)

const operations: readonly (readonly [string, Build, Expected])[] = [
  ['twoSum', (w, [a, b]) => double.twoSum(w, a!, b!), (a, b) => reference.twoSum(a!, b!)],
  ['quickTwoSum', (w, [a, b]) => double.quickTwoSum(w, a!, b!), (a, b) => reference.quickTwoSum(a!, b!)],
  ['twoProduct', (w, [a, b]) => double.twoProduct(w, a!, b!), (a, b) => reference.twoProduct(a!, b!)],
  ['twoProduct of equals', (w, [a]) => double.twoProduct(w, a!, a!), (a) => reference.twoProduct(a!, a!)],
  [
    'quotientOfSums',
    (w, [a, b, c, d]) => double.pair(keep(w, double.quotientOfSums(w, a!, b!, c!, d!))),
    (a, b, c, d) => reference.doubleDouble(reference.quotientOfSums(a!, b!, c!, d!))
  ],
  [
    'add',
    (w, x) => double.add(w, variableAt(x, 0), variableAt(x, 2)),
    (...x) => reference.add(pairAt(x, 0), pairAt(x, 2))
  ],
  [
    'subtract',
    (w, x) => double.subtract(w, variableAt(x, 0), variableAt(x, 2)),
    (...x) => reference.subtract(pairAt(x, 0), pairAt(x, 2))
  ],
  [
    'multiply',
    (w, x) => double.multiply(w, variableAt(x, 0), variableAt(x, 2)),
    (...x) => reference.multiply(pairAt(x, 0), pairAt(x, 2))
  ],
  [
    'divide',
    (w, x) => double.divide(w, variableAt(x, 0), variableAt(x, 2)),
    (...x) => reference.divide(pairAt(x, 0), pairAt(x, 2))
  ],
  ['times', (w, x) => double.times(w, variableAt(x, 0), x[2]!), (...x) => reference.times(pairAt(x, 0), x[2]!)],
  ['scale', (w, x) => double.scale(w, variableAt(x, 0), x[2]!), (...x) => reference.scale(pairAt(x, 0), x[2]!)],
  [
    'polynomial',
    (w, x) => double.polynomial(w, table, variableAt(x, 0)),
    (...x) => reference.polynomial(coefficients, pairAt(x, 0))
  ]
]

/** Pairs whose low part is within half a unit of the high one, of like sizes. */
const pairs = (count: number): readonly (readonly number[])[] => {
  const word = randomWords(7)
  const one = () => {
    const high = ofExponents('f64', -30, 30, word)
    const share = word() % 8 === 0 ? 0 : (word() / 4294967296 - 0.5) * 2.220446049250313e-16
    return [high, high * share]
  }
  return Array.from({ length: count }, () => [...one(), ...one()])
}

const checkPairs = (build: Build, expected: Expected, points: readonly (readonly number[])[]): void => {
  const { high, low } = partsOf(build)
  const padded = points.map((point) => [0, 1, 2, 3].map((i) => point[i] ?? 0))
  expect(differences(high, (...x) => expected(...x).high, padded)).toEqual([])
  expect(differences(low, (...x) => expected(...x).low, padded)).toEqual([])
}

describe('operations on pairs have the bits of the reference', () => {
  it.each(operations)('%s', (_, build, expected) => {
    checkPairs(build, expected, pairs(5000))
  })
})

describe('functions of pairs have the bits of the reference', () => {
  const functions: readonly (readonly [string, number, number, Build, Expected])[] = [
    ['exp', -60, 7, (w, [x]) => expExtended(w, double.pair(x!)), (x) => exponential.expExtended(pairAt([x!, 0], 0))],
    [
      'exp(−x)',
      -60,
      7,
      (w, [x]) => expNegativeExtended(w, double.pair(x!)),
      (x) => exponential.expNegativeExtended(pairAt([x!, 0], 0))
    ],
    ['exp2', -60, 7, (w, [x]) => exp2Extended(w, x!), (x) => exponential.exp2Extended(x!)],
    [
      'expm1',
      -60,
      7,
      (w, [x]) => expm1Extended(w, double.pair(x!)),
      (x) => exponential.expm1Extended(pairAt([x!, 0], 0))
    ],
    ['log1p', -60, 0, (w, [x]) => log1pExtended(w, x!), (x) => logarithm.log1pExtended(x!)],
    ['log1p on both sides of 1/4', -3, -1, (w, [x]) => log1pExtended(w, x!), (x) => logarithm.log1pExtended(x!)],
    ['tanh', -40, 3, (w, [x]) => tanhExtended(w, keep(w, x!)), (x) => hyperbolic.tanhExtended(x!)],
    ['sinh', -40, 6, (w, [x]) => sinhExtended(w, keep(w, x!)), (x) => hyperbolic.sinhExtended(x!)],
    ['cosh', -40, 6, (w, [x]) => coshExtended(w, keep(w, x!)), (x) => hyperbolic.coshExtended(x!)],
    ['cbrt', -149, 128, (w, [x]) => cbrtExtended(w, keep(w, x!)), (x) => root.cbrtExtended(x!)]
  ]
  it.each(functions)('%s', (_, from, to, build, expected) => {
    const word = randomWords(11)
    checkPairs(build, expected, [...drawn(5000, () => ofExponents('f64', from, to, word))])
  })

  const ofPositive: readonly (readonly [string, Build, Expected])[] = [
    ['log', (w, [x]) => logExtended(w, double.pair(x!)), (x) => logarithm.logExtended(pairAt([x!, 0], 0))],
    ['log2', (w, [x]) => log2Extended(w, x!), (x) => logarithm.log2Extended(x!)],
    ['log10', (w, [x]) => log10Extended(w, x!), (x) => logarithm.log10Extended(x!)],
    ['rsqrt', (w, [x]) => rsqrtExtended(w, keep(w, x!)), (x) => root.rsqrtExtended(x!)],
    ['log1p', (w, [x]) => log1pExtended(w, x!), (x) => logarithm.log1pExtended(x!)]
  ]
  it.each(ofPositive)('%s of positive numbers of every size', (_, build, expected) => {
    const word = randomWords(13)
    const near = [...drawn(3000, () => Math.abs(ofExponents('f64', -2, 2, word)))]
    checkPairs(build, expected, [...near, ...drawn(5000, () => Math.abs(ofExponents('f64', -1022, 1024, word)))])
  })

  it('pow, of bases of either sign', () => {
    const word = randomWords(23)
    const drawPower = () => [ofExponents('f32', -9, 9, word), ofExponents('f32', -5, 3, word)]
    const integers = () => [(word() % 2001) - 1000.5 + 0.5, (word() % 9) - 4]
    const points = Array.from({ length: 6000 }, (_, i) => (i % 2 === 0 ? drawPower() : integers()))
    checkPairs(
      (w, [x, y]) => powExtended(w, keep(w, x!), keep(w, y!)),
      (x, y) => power.powExtended(x!, y!),
      points.filter(([x]) => x !== 0)
    )
  })

  it('pairs with a low part are arguments too', () => {
    const points = pairs(5000).map(([high, low]) => [high! * 1e-7, low! * 1e-7])
    checkPairs(
      (w, x) => expExtended(w, variableAt(x, 0)),
      (...x) => exponential.expExtended(pairAt(x, 0)),
      points
    )
    checkPairs(
      (w, x) => logExtended(w, variableAt(x, 0)),
      (...x) => logarithm.logExtended(pairAt(x, 0)),
      points.map(([high, low]) => (high! < 0 ? [-high!, -low!] : [high!, low!]))
    )
  })
})

describe('rounding a pair to float32', () => {
  const { round } = instantiate((shared) => ({
    round: scalarDefinition(shared, 'round', ['f64', 'f64'], ['f64'], (writer, [high, low]) => [
      f64.promoteF32(roundToFloat32(writer, double.pair(high, low)))
    ])
  }))
  const expected: ScalarFunction = (high, low) => roundReference(reference.doubleDouble(high!, low!))

  it('decides midpoints by the low part, subnormals and the overflow among them', () => {
    const word = randomWords(17)
    const points = Array.from({ length: 20000 }, () => {
      const below = ofExponents('f32', -126, 128, word) * (word() % 3 === 0 ? 2.0 * 2.938735877055719e-39 : 1)
      const high = Math.fround(below) * (1 + 5.960464477539063e-8 * (word() % 3))
      const low = high * 1e-17 * ((word() % 3) - 1)
      return [high, low]
    })
    const least = 1.401298464324817e-45
    const edges = [0.5, 1.5, 2.5].flatMap((k) => [-1e-70, 0, 1e-70].map((low) => [k * least, low]))
    const overflow = [-1e20, 0, 1e20].map((low) => [3.4028235677973366e38, low])
    expect(differences(round!, expected, [...points, ...edges, ...overflow])).toEqual([])
  })
})

describe('bits', () => {
  const functions = instantiate((shared) => ({
    power: scalarDefinition(shared, 'power', ['f64'], ['f64'], (writer, [exponent]) => [
      powerOfTwo(keep(writer, i32.truncateF64Signed(exponent)))
    ]),
    scaled: scalarDefinition(shared, 'scaled', ['f64', 'f64'], ['f64'], (writer, [x, exponent]) => [
      scaleByPowerOfTwo(writer, x, i32.truncateF64Signed(exponent))
    ])
  }))

  it('powers of two of every exponent', () => {
    const exponents = Array.from({ length: 2098 }, (_, i) => [i - 1074])
    expect(differences(functions['power']!, (exponent) => bits.powerOfTwo(exponent!), exponents)).toEqual([])
  })

  it('scaling rounds once, down to nothing and up to infinity', () => {
    const word = randomWords(19)
    const points = Array.from({ length: 2301 }, (_, i) => [ofExponents('f64', -1, 1, word), i - 1200])
    expect(differences(functions['scaled']!, (x, e) => bits.scaleByPowerOfTwo(x!, e!), points)).toEqual([])
  })
})

describe('how functions are written', () => {
  it('a branch that leaves runs its own statements only', () => {
    const squares = Float64Array.of(0, 1, 4, 9)
    const { f } = instantiate((shared) => ({
      f: scalarDefinition(shared, 'f', ['f64'], ['f64'], (writer, [x]) => {
        leaveWhere(writer, isLess(x, 4), (inner) => [keep(inner, entryOf(inner, squares, i32.truncateF64Signed(x)))])
        return [difference(x, sum(x, 1))]
      })
    }))
    expect([0, 1, 2, 3, 4].map((x) => f!(x))).toEqual([0, 1, 4, 9, -1])
  })

  it('a function is defined once for each module', () => {
    const made = instantiate((shared) => {
      const make = () => scalarDefinition(shared, 'one', [], ['f64'], () => [f64.constant(1)])
      expect(make()).toBe(make())
      return { one: make(), other: define('other', [], ['f64'], () => [f64.constant(2)]) }
    })
    expect([made['one']!(), made['other']!()]).toEqual([1, 2])
  })
})
