/** Exponentials, logarithms, hyperbolic functions, powers and roots have the bits of the reference for every argument. */
import { describe, expect, it } from 'vitest'
import {
  binary32,
  binary64,
  elementary32,
  elementary64,
  type ElementaryName
} from '../../../../lib/engine/elementary/index.ts'
import { scalarFunction, scalarFunctionOfTwo } from '../../../../lib/engine/wasm/elementary/index.ts'
import { compilation } from '../../../../lib/engine/wasm/compilation.ts'
import { float32OfBits } from '../../elementary/bits.ts'
import { golden, hashOf } from '../../elementary/golden.ts'
import {
  anyBits,
  around,
  differences,
  drawn,
  drawnPairs,
  instantiate,
  ofExponents,
  randomWords,
  specials,
  type Float
} from './scalars.ts'

const types = ['f32', 'f64'] as const
const reference = { f32: elementary32, f64: elementary64 }

/** The arguments at which a function changes its path, and the exponents of those at which something happens at all. */
const functions: Readonly<
  Partial<
    Record<ElementaryName, { readonly thresholds: readonly number[]; readonly exponents: readonly [number, number] }>
  >
> = {
  exp: {
    thresholds: [709.79, 709.782712893384, 745.14, 745.13321, 744.5, 708.4, 89, 88.72284, 104, 87.33655, 103.972],
    exponents: [-60, 11]
  },
  exp2: { thresholds: [1024, 1075, 1022, 128, 151, 149, 126, 0.5, 0.0078125], exponents: [-60, 11] },
  expm1: { thresholds: [40, 0.0625, 5.551115123125783e-17, 89, 18, 709.79, 0.34], exponents: [-60, 11] },
  sigmoid: { thresholds: [709.79, 745.14, 88.72284, 104, 17, 37], exponents: [-60, 11] },
  log: { thresholds: [1, 1.421875, 1.4140625, 2, 0.5, 2.2250738585072014e-308], exponents: [-20, 20] },
  log1p: { thresholds: [1, 5.551115123125783e-17, 0.421875, 0.25, 9007199254740992], exponents: [-60, 60] },
  log2: { thresholds: [1, 1.421875, 1.4140625, 2, 0.5, 2.2250738585072014e-308], exponents: [-20, 20] },
  log10: { thresholds: [1, 1.421875, 10, 100, 1000, 2.2250738585072014e-308], exponents: [-20, 20] },
  tanh: { thresholds: [22, 10, 1.862645149230957e-9, 0.03125, 20], exponents: [-40, 6] },
  sinh: {
    thresholds: [22, 90, 1.862645149230957e-9, 712, 710.475860073944, 0.0625, 0.6931471805599453, 89.41599],
    exponents: [-40, 11]
  },
  cosh: { thresholds: [22, 90, 712, 710.475860073944, 89.41599], exponents: [-40, 11] },
  sqrt: { thresholds: [1, 2, 4], exponents: [-60, 60] },
  rsqrt: { thresholds: [1, 2, 4], exponents: [-60, 60] },
  cbrt: { thresholds: [1, 2, 8, 27, 2.2250738585072014e-308], exponents: [-60, 60] }
}

const module = instantiate((shared) =>
  Object.fromEntries([
    ...Object.keys(functions).flatMap((name) =>
      // the keys are those of the record above
      types.map((type) => [`${name} ${type}`, scalarFunction(shared, name as ElementaryName, type)] as const)
    ),
    ...types.map((type) => [`pow ${type}`, scalarFunctionOfTwo(shared, 'pow', type)] as const)
  ])
)

const cases = Object.entries(functions).flatMap(([name, about]) =>
  types.map((type) => [name as ElementaryName, type, about] as const)
)

describe.each(cases)('%s %s', (name, type, { thresholds, exponents: [from, to] }) => {
  const actual = module[`${name} ${type}`]!
  const expected = reference[type][name]

  it('holds at zeros, infinities, NaN, subnormals, integers and around thresholds', () => {
    const neighbours = thresholds.flatMap((x) => [...around(type, x, 40), ...around(type, -x, 40)])
    expect(
      differences(
        actual,
        expected,
        [...specials(type), ...neighbours].map((x) => [x])
      )
    ).toEqual([])
  })

  it('holds for 200,000 of all bit patterns', () => {
    const word = randomWords(1)
    expect(
      differences(
        actual,
        expected,
        drawn(200_000, () => anyBits(type, word))
      )
    ).toEqual([])
  })

  it('holds for 100,000 numbers of the range where it is not trivial', () => {
    const word = randomWords(2)
    expect(
      differences(
        actual,
        expected,
        drawn(100_000, () => ofExponents(type, from, to, word))
      )
    ).toEqual([])
  })
})

describe('correct rounding, where the double does not decide', () => {
  const hard = Object.entries(golden.hard.cases).filter(([name]) => name in functions)

  it.each(hard)('%s', (name, inputs) => {
    const points = inputs.map(([x]) => [float32OfBits(parseInt(x, 16))])
    const expected = inputs.map(([, result]) => float32OfBits(parseInt(result, 16)))
    expect(points.map(([x]) => module[`${name} f32`]!(x!))).toEqual(expected)
  })

  it.each(golden.hashes.filter(({ f }) => f in functions))(
    '$f has the golden hash over 2^20 inputs of all bit patterns',
    ({ f, n20 }) => {
      expect(hashOf(module[`${f} f32`]!, 2 ** 20)).toBe(n20)
    }
  )

  it('the golden file names twelve of the functions', () => {
    expect(hard.length).toBe(12)
  })
})

describe.each(types)('pow %s', (type) => {
  const actual = module[`pow ${type}`]!
  const expected = type === 'f32' ? binary32.pow : binary64.pow
  const bases = type === 'f32' ? [-60, 60] : [-500, 500]

  it('holds for all pairs of special values', () => {
    const values = specials(type)
    const points = values.flatMap((x) => values.map((y) => [x, y]))
    expect(differences(actual, expected as typeof actual, points)).toEqual([])
  })

  const draws: readonly (readonly [string, number, (word: () => number) => number, (word: () => number) => number])[] =
    [
      ['all bit patterns', 100_000, (word) => anyBits(type, word), (word) => anyBits(type, word)],
      [
        'bases and exponents of moderate size',
        100_000,
        (word) => ofExponents(type, bases[0]!, bases[1]!, word),
        (word) => ofExponents(type, -8, 6, word)
      ],
      [
        'bases near one and large exponents',
        50_000,
        (word) => (type === 'f32' ? Math.fround : Number)(1 + ofExponents('f32', -24, -2, word)),
        (word) => ofExponents(type, 0, 30, word)
      ],
      [
        'neighbours of one and exponents that take them to the limits',
        50_000,
        (word) => 1 + ((word() % 9) - 4) * (type === 'f32' ? 1.1920928955078125e-7 : 2.220446049250313e-16),
        (word) => (type === 'f32' ? ofExponents('f32', 22, 36, word) : ofExponents('f64', 50, 70, word))
      ],
      [
        'integers, whose powers may be exact or midpoints',
        50_000,
        (word) => (word() % 20001) - 10000,
        (word) => (word() % 13) - 4
      ],
      [
        'halves of odd integers as exponents',
        20_000,
        (word) => (word() % 4096) * (word() % 4096),
        (word) => (word() % 13) / 2 - 3
      ]
    ]
  it.each(draws)('holds for %s', (_, count, base, exponent) => {
    const word = randomWords(3)
    const points = drawnPairs(
      count,
      () => base(word),
      () => exponent(word)
    )
    expect(differences(actual, expected as typeof actual, points)).toEqual([])
  })
})

describe('the functions of a module', () => {
  it('are defined once', () => {
    const shared = compilation()
    const twice = (make: () => unknown) => {
      expect(make()).toBe(make())
    }
    types.forEach((type: Float) => {
      twice(() => scalarFunction(shared, 'tanh', type))
      twice(() => scalarFunctionOfTwo(shared, 'pow', type))
    })
  })
})
