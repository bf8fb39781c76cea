import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  binary32,
  binary64,
  elementary32,
  elementary64,
  type ElementaryName
} from '../../../lib/engine/elementary/index.ts'

const { pow, atan2 } = binary64
const { PI } = Math
const anyFloat64 = fc.double()
const greatest = Number.MAX_VALUE
const least = Number.MIN_VALUE

describe('special values are those of C99 Annex F', () => {
  const cases: ReadonlyArray<readonly [ElementaryName, number, number]> = [
    ['exp', -Infinity, 0],
    ['exp', Infinity, Infinity],
    ['exp', 709.7827128933841, Infinity],
    ['exp', -745.1332191019412, 0],
    ['exp', -745.133219101941, least],
    ['exp', 0, 1],
    ['exp2', -Infinity, 0],
    ['exp2', Infinity, Infinity],
    ['exp2', 1024, Infinity],
    ['exp2', -1075, 0],
    ['exp2', -1074, least],
    ['expm1', -Infinity, -1],
    ['expm1', Infinity, Infinity],
    ['expm1', 710, Infinity],
    ['log', Infinity, Infinity],
    ['log', 0, -Infinity],
    ['log', -0, -Infinity],
    ['log', -1, NaN],
    ['log', 1, 0],
    ['log1p', -1, -Infinity],
    ['log1p', -2, NaN],
    ['log1p', Infinity, Infinity],
    ['log2', 0, -Infinity],
    ['log2', -least, NaN],
    ['log10', -0, -Infinity],
    ['log10', -Infinity, NaN],
    ['tanh', Infinity, 1],
    ['tanh', -Infinity, -1],
    ['sinh', Infinity, Infinity],
    ['sinh', -711, -Infinity],
    ['cosh', -Infinity, Infinity],
    ['cosh', 0, 1],
    ['sin', Infinity, NaN],
    ['cos', -Infinity, NaN],
    ['cos', 0, 1],
    ['tan', Infinity, NaN],
    ['erf', Infinity, 1],
    ['erf', -Infinity, -1],
    ['erfc', Infinity, 0],
    ['erfc', -Infinity, 2],
    ['erfc', 0, 1],
    ['atan', Infinity, PI / 2],
    ['atan', -Infinity, -PI / 2],
    ['cbrt', Infinity, Infinity],
    ['cbrt', -Infinity, -Infinity],
    ['rsqrt', 0, Infinity],
    ['rsqrt', -0, -Infinity],
    ['rsqrt', Infinity, 0],
    ['rsqrt', -1, NaN],
    ['sqrt', -1, NaN],
    ['erfInv', 1, Infinity],
    ['erfInv', -1, -Infinity],
    ['erfInv', 1.0000000000000002, NaN],
    ['sigmoid', Infinity, 1],
    ['sigmoid', -Infinity, 0],
    ['sigmoid', 0, 0.5]
  ]

  it.each(cases)('%s(%d) = %d', (name, x, expected) => {
    expect(elementary64[name](x)).toBe(expected)
  })

  it.each(['expm1', 'log1p', 'sin', 'tan', 'tanh', 'sinh', 'atan', 'erf', 'cbrt', 'erfInv', 'sqrt'] as const)(
    '%s keeps the sign of zero and the least subnormal',
    (name) => {
      expect(elementary64[name](-0)).toBe(-0)
      expect(elementary64[name](0)).toBe(0)
      if (name !== 'cbrt' && name !== 'sqrt') expect(elementary64[name](-least)).toBe(-least)
    }
  )

  it.each(Object.keys(elementary64) as ReadonlyArray<ElementaryName>)('%s of NaN is NaN', (name) => {
    expect(elementary64[name](NaN)).toBeNaN()
  })

  const powers: ReadonlyArray<readonly [number, number, number]> = [
    [NaN, 0, 1],
    [NaN, -0, 1],
    [Infinity, 0, 1],
    [1, NaN, 1],
    [1, Infinity, 1],
    [-1, Infinity, 1],
    [-1, -Infinity, 1],
    [-1, 2 ** 53, 1],
    [-1, 2 ** 53 - 1, -1],
    [0, 3, 0],
    [-0, 3, -0],
    [-0, 2, 0],
    [0, 0.5, 0],
    [-0, 0.5, 0],
    [0, -3, Infinity],
    [-0, -3, -Infinity],
    [-0, -2, Infinity],
    [-0, -0.5, Infinity],
    [0, -Infinity, Infinity],
    [0.5, -Infinity, Infinity],
    [0.5, Infinity, 0],
    [-2, Infinity, Infinity],
    [-2, -Infinity, 0],
    [-Infinity, -3, -0],
    [-Infinity, -2, 0],
    [-Infinity, -0.5, 0],
    [-Infinity, 3, -Infinity],
    [-Infinity, 2, Infinity],
    [-Infinity, 0.5, Infinity],
    [Infinity, -1, 0],
    [Infinity, 1, Infinity],
    [-8, 1 / 3, NaN],
    [NaN, 1, NaN],
    [2, NaN, NaN],
    [greatest, 2, Infinity],
    [-greatest, 3, -Infinity],
    [least, 2, 0],
    [-least, 3, -0],
    [1.0000000000000002, 1e300, Infinity],
    [0.9999999999999999, 1e300, 0],
    [2, -1074, least],
    [2, -1075, 0],
    [2, 1023, 2 ** 1023],
    [2, 1024, Infinity]
  ]

  it.each(powers)('pow(%d, %d) = %d', (x, y, expected) => {
    expect(pow(x, y)).toBe(expected)
  })

  const singles = powers.filter(([x, y]) => Object.is(Math.fround(x), x) && Object.is(Math.fround(y), y))

  it.each(singles)('pow(%d, %d) = %d, rounded, in float32', (x, y, expected) => {
    expect(binary32.pow(x, y)).toBe(Math.fround(expected))
  })

  const angles: ReadonlyArray<readonly [number, number, number]> = [
    [0, 1, 0],
    [-0, 1, -0],
    [0, 0, 0],
    [-0, 0, -0],
    [0, -0, PI],
    [-0, -0, -PI],
    [0, -1, PI],
    [-0, -1, -PI],
    [1, 0, PI / 2],
    [-1, -0, -PI / 2],
    [least, -Infinity, PI],
    [-1, -Infinity, -PI],
    [1, Infinity, 0],
    [-1, Infinity, -0],
    [Infinity, 1, PI / 2],
    [-Infinity, -1, -PI / 2],
    [Infinity, Infinity, PI / 4],
    [Infinity, -Infinity, (3 * PI) / 4],
    [-Infinity, Infinity, -PI / 4],
    [-Infinity, -Infinity, (-3 * PI) / 4],
    [NaN, 1, NaN],
    [1, NaN, NaN],
    [greatest, least, PI / 2],
    [least, greatest, 0],
    [greatest, greatest, PI / 4],
    [least, least, PI / 4]
  ]

  it.each(angles)('atan2(%d, %d) = %d', (y, x, expected) => {
    expect(atan2(y, x)).toBe(expected)
    expect(binary32.atan2(clamp(y), clamp(x))).toBe(Math.fround(expected))
  })
})

/** The float32 that plays the same part: the greatest and the least numbers of each format correspond. */
const clamp = (x: number): number =>
  x === greatest ? 3.4028234663852886e38 : x === least ? 1.401298464324817e-45 : Math.fround(x)

describe('what is exact is exact', () => {
  it('exp2 of integers and log2 of powers of two', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1074, max: 1023 }), (n) => {
        expect(elementary64.exp2(n)).toBe(2 ** n)
        expect(elementary64.log2(2 ** n)).toBe(n)
      })
    )
  })

  it('log10 of the powers of ten that a double holds', () => {
    const exponents = Array.from({ length: 23 }, (_, n) => n)
    expect(exponents.map((n) => elementary64.log10(Number(`1e${n}`)))).toEqual(exponents)
  })

  it('cube roots of cubes', () => {
    fc.assert(
      fc.property(fc.integer({ min: -200000, max: 200000 }), (n) => {
        expect(elementary64.cbrt(n * n * n)).toBe(n)
      })
    )
  })

  it('first powers, and squares of numbers of 26 bits', () => {
    fc.assert(
      fc.property(anyFloat64, fc.integer({ min: -67108864, max: 67108864 }), (x, n) => {
        expect(pow(x, 1)).toBe(x)
        expect(pow(n, 2)).toBe(n * n)
      })
    )
  })
})

describe('identities, to a few units', () => {
  const close = (a: number, b: number, units: number): void => {
    expect(Math.abs(a - b)).toBeLessThanOrEqual(units * 2.220446049250313e-16 * Math.max(Math.abs(a), Math.abs(b)))
  }
  const moderate = fc.double({ min: -20, max: 20, noNaN: true })

  it.each(['sin', 'tan', 'tanh', 'sinh', 'atan', 'erf', 'cbrt', 'erfInv'] as const)('%s is odd', (name) => {
    fc.assert(
      fc.property(anyFloat64, (x) => {
        expect(elementary64[name](-x)).toBe(-elementary64[name](x))
      })
    )
  })

  it.each(['cos', 'cosh'] as const)('%s is even', (name) => {
    fc.assert(
      fc.property(anyFloat64, (x) => {
        expect(elementary64[name](-x)).toBe(elementary64[name](x))
      })
    )
  })

  it('sin² + cos² = 1 for arguments of any size', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (x) => {
        close(elementary64.sin(x) * elementary64.sin(x) + elementary64.cos(x) * elementary64.cos(x), 1, 4)
      })
    )
  })

  it('erf + erfc = 1', () => {
    fc.assert(
      fc.property(moderate, (x) => {
        close(elementary64.erf(x) + elementary64.erfc(x), 1, 2)
      })
    )
  })

  it('x^y · x^−y = 1', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 100, noNaN: true }), moderate, (x, y) => {
        close(pow(x, y) * pow(x, -y), 1, 3)
      })
    )
  })

  it('float32 results are the float64 ones rounded, or their neighbours', () => {
    const names = ['exp', 'log1p', 'tanh', 'sin', 'erf', 'erfc', 'cbrt', 'sinh'] as const
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.double({ min: 0, max: 5, noNaN: true }), (name, argument) => {
        const x = Math.fround(argument)
        const single = elementary32[name](x)
        expect(Math.abs(single - elementary64[name](x))).toBeLessThanOrEqual(6e-8 * Math.abs(single) + 7.1e-46)
      })
    )
  })
})
