import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { evaluate } from '../../lib/engine/index.ts'
import { applyOne, inputValue, typed, type Expr } from '../../lib/expr/internal.ts'
import * as Random from '../../lib/random/index.ts'
import { nextDown, nextUp } from '../../lib/random/rounding.ts'
import type { Shape } from '../../lib/shape/index.ts'
import { vmap } from '../../lib/transform/index.ts'
import { bufferOf, fromBuffer } from '../../lib/tensor/internal.ts'
import type { DType, FloatDType } from '../../lib/tensor/index.ts'
import { arbitraryShape } from '../arbitrary/tensor.ts'

const drawn = (expression: Expr<Shape, DType>): readonly number[] => [...bufferOf(evaluate(expression))]

const arbitraryKey = fc.maxSafeInteger().map((seed) => Random.key(seed, { x64: true }))

type Sampler = (shape: readonly number[]) => (key: Random.KeyLike) => Expr<Shape, DType>

/** The samplers of which an element depends on the key and its index only. */
const elementwise: Readonly<Record<string, Sampler>> = {
  bits: (shape) => Random.bits({ shape }),
  uniform: (shape) => Random.uniform({ shape, low: -3, high: 5 }),
  'uniform f64': (shape) => Random.uniform({ shape, dtype: 'f64' }),
  normal: (shape) => Random.normal({ shape, mean: 1, stddev: 2 }),
  'normal f64': (shape) => Random.normal({ shape, dtype: 'f64' }),
  truncatedNormal: (shape) => Random.truncatedNormal({ shape }),
  bernoulli: (shape) => Random.bernoulli({ shape, probability: 0.3 }),
  rademacher: (shape) => Random.rademacher({ shape }),
  randint: (shape) => Random.randint({ shape, low: -5, high: 100 }),
  gumbel: (shape) => Random.gumbel({ shape }),
  exponential: (shape) => Random.exponential({ shape }),
  laplace: (shape) => Random.laplace({ shape }),
  logistic: (shape) => Random.logistic({ shape }),
  cauchy: (shape) => Random.cauchy({ shape }),
  gamma: (shape) => Random.gamma({ shape, concentration: 0.8 }),
  logGamma: (shape) => Random.logGamma({ shape, concentration: 0.1, dtype: 'f64' }),
  poisson: (shape) => Random.poisson({ shape, rate: 5 }),
  choice: (shape) => Random.choice(10, { shape }),
  'choice with probabilities': (shape) => Random.choice(3, { shape, probabilities: [0.5, 0, 0.5] })
}

const product = (shape: readonly number[]): number => shape.reduce((count, n) => count * n, 1)

describe.each(Object.entries(elementwise))('%s', (_, sampler) => {
  it('of a shape is the flat draw, and a longer draw begins like a shorter one', () => {
    fc.assert(
      fc.property(arbitraryKey, arbitraryShape({ empty: true }), (key, shape) => {
        const flat = drawn(sampler([product(shape) + 3])(key))
        expect(drawn(sampler(shape)(key))).toEqual(flat.slice(0, product(shape)))
      }),
      { numRuns: 20 }
    )
  })

  it('differs from key to key', () => {
    const [a, b] = Random.splitList(2)(Random.key(3))
    expect(drawn(sampler([64])(a))).not.toEqual(drawn(sampler([64])(b)))
  })
})

describe('bits', () => {
  it('from an offset are the part of the draw that begins there', () => {
    fc.assert(
      fc.property(arbitraryKey, fc.nat({ max: 40 }), (key, offset) => {
        const whole = drawn(Random.bits({ shape: [50] })(key))
        expect(drawn(Random.bits({ shape: [10], offset })(key))).toEqual(whole.slice(offset, offset + 10))
      }),
      { numRuns: 20 }
    )
    const across = drawn(Random.bits({ shape: [4], offset: 4294967294 })(Random.key(7)))
    const each = [0, 1, 2, 3].map((i) => drawn(Random.bits({ shape: [1], offset: 4294967294 + i })(Random.key(7)))[0])
    expect(across).toEqual(each)
  })

  it('refuses offsets and widths that are none', () => {
    expect(() => Random.bits({ shape: [1], offset: -1 })(Random.key(1))).toThrow('bits: the offset has to be')
    // @ts-expect-error 12 is no width
    expect(() => Random.bits({ shape: [1], width: 12 })(Random.key(1))).toThrow(
      'bits: the width has to be 8, 16 or 32, got 12'
    )
    expect(() => Random.bits({ shape: [-1] })(Random.key(1))).toThrow(
      'bits: the shape has to be whole numbers from 0, got [-1]'
    )
  })
})

/** Mean and variance of many draws; the key is fixed, so the test gives the same answer every time. */
const moments = (expression: Expr<Shape, DType>): { readonly mean: number; readonly variance: number } => {
  const list = drawn(expression)
  const mean = list.reduce((sum, x) => sum + x, 0) / list.length
  return { mean, variance: list.reduce((sum, x) => sum + (x - mean) * (x - mean), 0) / list.length }
}

describe('the moments of 40,000 draws are those of the distribution', () => {
  const shape = [40_000]
  const euler = 0.5772156649015329
  const pi2 = 9.869604401089358
  const cases: Readonly<Record<string, readonly [sampler: Sampler, mean: number, variance: number]>> = {
    uniform: [() => Random.uniform({ shape, low: -1, high: 3 }), 1, 16 / 12],
    'uniform f64': [() => Random.uniform({ shape, dtype: 'f64' }), 0.5, 1 / 12],
    normal: [() => Random.normal({ shape, mean: 3, stddev: 2 }), 3, 4],
    'normal f64': [() => Random.normal({ shape, dtype: 'f64' }), 0, 1],
    truncatedNormal: [() => Random.truncatedNormal({ shape }), 0, 0.7737413035760788],
    bernoulli: [() => Random.bernoulli({ shape, probability: 0.3 }), 0.3, 0.21],
    rademacher: [() => Random.rademacher({ shape, dtype: 'f32' }), 0, 1],
    randint: [() => Random.randint({ shape, low: 1, high: 7 }), 3.5, 35 / 12],
    gumbel: [() => Random.gumbel({ shape }), euler, pi2 / 6],
    exponential: [() => Random.exponential({ shape, dtype: 'f64' }), 1, 1],
    laplace: [() => Random.laplace({ shape }), 0, 2],
    logistic: [() => Random.logistic({ shape, dtype: 'f64' }), 0, pi2 / 3],
    poisson: [() => Random.poisson({ shape, rate: 2.5 }), 2.5, 2.5],
    permutation: [() => Random.permutation(40_000), 19_999.5, (40_000 * 40_000 - 1) / 12],
    choice: [() => Random.choice(3, { shape, probabilities: [0.25, 0.25, 0.5] }), 1.25, 0.6875]
  }
  it.each(Object.entries(cases))('%s', (_, [sampler, mean, variance]) => {
    const found = moments(sampler(shape)(Random.key(2024)))
    const deviation = Math.sqrt(variance / 40_000)
    expect(Math.abs(found.mean - mean)).toBeLessThan(4 * deviation)
    expect(Math.abs(found.variance / variance - 1)).toBeLessThan(0.06)
  })

  it.each([0.5, 3])('gamma of %s has this mean and variance, and logGamma is its logarithm', (concentration) => {
    const options = { shape: [4000], concentration, dtype: 'f64' } as const
    const found = moments(Random.gamma(options)(Random.key(2024)))
    expect(Math.abs(found.mean / concentration - 1)).toBeLessThan(4 / Math.sqrt(4000 * concentration))
    expect(Math.abs(found.variance / concentration - 1)).toBeLessThan(0.2)
    const logarithms = drawn(Random.logGamma(options)(Random.key(2024)))
    drawn(Random.gamma(options)(Random.key(2024))).forEach((x, i) => {
      expect(Math.abs(Math.log(x) - (logarithms[i] ?? NaN))).toBeLessThan(1e-11)
    })
  })

  it('cauchy has its quartiles at −1 and 1', () => {
    const sorted = [...drawn(Random.cauchy({ shape })(Random.key(2024)))].toSorted((a, b) => a - b)
    expect(Math.abs((sorted[10_000] ?? NaN) + 1)).toBeLessThan(0.05)
    expect(Math.abs((sorted[30_000] ?? NaN) - 1)).toBeLessThan(0.05)
  })
})

describe('uniform', () => {
  it('stays within its bounds, which may be computed', () => {
    fc.assert(
      fc.property(
        arbitraryKey,
        fc.float({ noNaN: true, min: Math.fround(-1e6), max: Math.fround(1e6) }),
        fc.float({ noNaN: true, min: 0, max: Math.fround(1e6) }),
        (key, low, width) => {
          const high = Math.fround(low + width)
          const known = drawn(Random.uniform({ shape: [20], low, high })(key))
          for (const x of known) expect(x >= low && x <= high).toBe(true)
          const bound = (value: number): Expr<[]> =>
            typed(applyOne('constant', [], { value: fromBuffer('f32', [], Float32Array.of(value)) }))
          expect(drawn(Random.uniform({ shape: [20], low: bound(low), high: bound(high) })(key))).toEqual(known)
        }
      ),
      { numRuns: 30 }
    )
  })

  it('refuses bounds that are none', () => {
    const draw = (low: number, high: number) => () => Random.uniform({ shape: [1], low, high })(Random.key(1))
    expect(draw(1, 0)).toThrow('uniform: low has to be at most high, got 1 and 0')
    expect(draw(NaN, 1)).toThrow('uniform: low has to be a number, got NaN')
    expect(draw(0, Infinity)).toThrow('uniform: high has to be finite in f32, got Infinity')
    const vector = typed<[], 'f32'>(inputValue({ shape: [2], dtype: 'f32' }))
    expect(() => Random.uniform({ shape: [1], low: vector })(Random.key(1))).toThrow(
      'uniform: low has to be a number or f32[], got f32[2]'
    )
  })
})

describe('normal', () => {
  it('in f64 is the quantile of the uniform draw: erf of it over √2 gives the draw back', () => {
    const key = Random.key(11)
    const z = Random.normal({ shape: [2000], dtype: 'f64' })(key)
    const root = applyOne('constant', [], { value: fromBuffer('f64', [], Float64Array.of(1.4142135623730951)) })
    const spread = applyOne('broadcast', [root], { shape: [2000], axes: [] })
    const back = drawn(typed<[2000], 'f64'>(applyOne('erf', [applyOne('divide', [z, spread], {})], {})))
    const u = drawn(Random.uniform({ shape: [2000], low: -1 + 2 ** -53, high: 1, dtype: 'f64' })(key))
    back.forEach((x, i) => {
      expect(Math.abs(x - (u[i] ?? NaN))).toBeLessThan(1e-14)
    })
  })

  it('scales and shifts the standard draw with one rounding each', () => {
    const standard = drawn(Random.normal({ shape: [50] })(Random.key(5)))
    const moved = drawn(Random.normal({ shape: [50], mean: 0.1, stddev: 0.3 })(Random.key(5)))
    const [mean, stddev] = [Math.fround(0.1), Math.fround(0.3)]
    expect(moved).toEqual(standard.map((z) => Math.fround(Math.fround(z * stddev) + mean)))
  })

  it('truncated keeps strictly within its bounds, in both types', () => {
    const dtypes: readonly FloatDType[] = ['f32', 'f64']
    for (const dtype of dtypes)
      fc.assert(
        fc.property(
          arbitraryKey,
          fc.double({ min: -6, max: 5, noNaN: true }),
          fc.double({ min: 0.01, max: 5, noNaN: true }),
          (key, lower, width) => {
            const upper = lower + width
            const [least, greatest] = dtype === 'f32' ? [Math.fround(lower), Math.fround(upper)] : [lower, upper]
            for (const x of drawn(Random.truncatedNormal({ shape: [40], lower, upper, dtype })(key)))
              expect(x > least && x < greatest).toBe(true)
          }
        ),
        { numRuns: 30 }
      )
  })

  it('refuses a negative deviation and crossed bounds', () => {
    expect(() => Random.normal({ shape: [1], stddev: -1 })(Random.key(1))).toThrow(
      'normal: stddev has to be 0 or more, got -1'
    )
    expect(() => Random.truncatedNormal({ shape: [1], lower: 2, upper: 2 })(Random.key(1))).toThrow(
      'truncatedNormal: lower has to be less than upper, got 2 and 2'
    )
  })
})

describe('the neighbours of a number', () => {
  it('are the next ones of its type', () => {
    fc.assert(
      fc.property(fc.float({ noNaN: true, noDefaultInfinity: true }), (x) => {
        const up = nextUp('f32', x)
        expect(Math.fround(up)).toBe(up)
        expect(up > x).toBe(true)
        expect(nextDown('f32', up) + 0).toBe(x + 0)
        // nothing of the type lies between: what is between rounds to one of the two
        expect([x + 0, up + 0]).toContain(Math.fround((x + up) / 2) + 0)
      })
    )
    expect([nextUp('f32', 0), nextUp('f64', 0), nextDown('f64', -0)]).toEqual([1.401298464324817e-45, 5e-324, -5e-324])
    expect(nextUp('f64', -1)).toBe(-0.9999999999999999)
    expect(nextUp('f32', -1)).toBe(new Float32Array(Uint32Array.of(0xbf7fffff).buffer)[0])
    expect([nextUp('f32', Infinity), nextUp('f64', -Infinity)]).toEqual([Infinity, -1.7976931348623157e308])
  })
})

describe('permutation', () => {
  it('has every number once', () => {
    fc.assert(
      fc.property(arbitraryKey, fc.nat({ max: 60 }), (key, n) => {
        const order = drawn(Random.permutation(n)(key))
        expect([...order].toSorted((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i))
      }),
      { numRuns: 50 }
    )
  })

  it('sorts in as many rounds as keep equal words unlikely: the least r with (2³² − 1)ʳ ≥ n³', () => {
    const least = (n: bigint): number => [0, 1, 2, 3].find((r) => (2n ** 32n - 1n) ** BigInt(r) >= n ** 3n) ?? NaN
    const sorts = (n: number): number => {
      const seen = new Set<unknown>()
      const walk = (value: { readonly node: unknown }): number => {
        const node = value.node as { readonly primitive?: string; readonly operands?: readonly { node: unknown }[] }
        if (seen.has(node)) return 0
        seen.add(node)
        return (node.operands ?? []).reduce((sum, operand) => sum + walk(operand), node.primitive === 'sort' ? 1 : 0)
      }
      return walk(Random.permutation(n)(Random.key(1)))
    }
    for (const n of [0, 1, 2, 3, 1624, 1625, 1626, 2642245, 2642246, 2147483647])
      expect([n, sorts(n)]).toEqual([n, n <= 1 ? 0 : least(BigInt(n))])
  })

  it('shuffle moves whole rows, in the order of permutation', () => {
    const rows = Random.normal({ shape: [7, 3] })(Random.key(1))
    const values = drawn(rows)
    const order = drawn(Random.permutation(7)(Random.key(2)))
    expect(drawn(Random.shuffle(rows)(Random.key(2)))).toEqual(order.flatMap((i) => values.slice(3 * i, 3 * i + 3)))
    const none = Random.normal({ shape: [0, 3] })(Random.key(1))
    expect(evaluate(Random.shuffle(none)(Random.key(2))).shape).toEqual([0, 3])
  })

  it('choice without replacement chooses each at most once, and only likely ones where the others have no chance', () => {
    fc.assert(
      fc.property(arbitraryKey, (key) => {
        const chosen = drawn(Random.choice(6, { shape: [2, 3], replace: false })(key))
        expect(new Set(chosen).size).toBe(6)
        const probabilities = [0, 0.5, 0, 0.25, 0.25]
        expect([...drawn(Random.choice(5, { shape: [3], replace: false, probabilities })(key))].toSorted()).toEqual([
          1, 3, 4
        ])
        for (const i of drawn(Random.choice(5, { shape: [20], probabilities })(key))) expect([1, 3, 4]).toContain(i)
      }),
      { numRuns: 20 }
    )
  })

  it('refuses what cannot be chosen', () => {
    const draw = (n: number, options: Parameters<typeof Random.choice>[1]) => () =>
      Random.choice(n, options)(Random.key(1))
    expect(draw(3, { shape: [4], replace: false })).toThrow('choice: cannot choose 4 of 3 without replacement')
    expect(draw(0, { shape: [1] })).toThrow('choice: there is nothing to choose from, n is 0')
    expect(draw(2, { shape: [1], probabilities: [1] })).toThrow('choice: there have to be 2 probabilities, got 1')
    expect(draw(2, { shape: [1], probabilities: [1, -1] })).toThrow('choice: probabilities have to be numbers from 0')
    expect(() => Random.permutation(-1)(Random.key(1))).toThrow('permutation: n has to be a whole number')
  })
})

describe('randint', () => {
  /** The rule with whole numbers of any size. */
  const oracle = (high: bigint, low: bigint, words: readonly [number, number]): number => {
    const mod = 2n ** 32n
    const span = (high > low ? high - low : 1n) % mod
    const rem = (x: bigint): bigint => (span === 0n ? x : x % span)
    const half = rem(65536n)
    const multiplier = rem((half * half) % mod)
    const drawnNumber = rem((rem(BigInt(words[0])) * multiplier + rem(BigInt(words[1]))) % mod)
    return Number(BigInt.asIntN(32, low + drawnNumber))
  }

  it('follows its rule for every range, the widest included', () => {
    fc.assert(
      fc.property(
        arbitraryKey,
        fc.integer({ min: -2147483648, max: 2147483647 }),
        fc.oneof(fc.integer({ min: -2147483647, max: 2147483647 }), fc.constant(2147483648)),
        (key, low, high) => {
          const [more, less] = Random.splitList(2)(key).map((each) => drawn(Random.bits({ shape: [4] })(each)))
          const expected = [0, 1, 2, 3].map((i) => oracle(BigInt(high), BigInt(low), [more?.[i] ?? 0, less?.[i] ?? 0]))
          expect(drawn(Random.randint({ shape: [4], low, high })(key))).toEqual(expected)
        }
      ),
      { numRuns: 60 }
    )
    const widest = drawn(Random.randint({ shape: [4], low: -2147483648, high: 2147483648 })(Random.key(3)))
    const words = Random.splitList(2)(Random.key(3)).map((each) => drawn(Random.bits({ shape: [4] })(each)))
    expect(widest).toEqual(
      [0, 1, 2, 3].map((i) => oracle(2147483648n, -2147483648n, [words[0]?.[i] ?? 0, words[1]?.[i] ?? 0]))
    )
  })

  it('refuses numbers beyond 32 bits', () => {
    expect(() => Random.randint({ shape: [1], high: 4294967296 })(Random.key(1))).toThrow(
      'randint: low and high have to be whole numbers of 32 bits, got 0 and 4294967296'
    )
  })
})

describe('categorical', () => {
  it('draws classes as often as their probabilities say, batch by batch', () => {
    const probabilities = [0.1, 0.2, 0.7, 0.6, 0.3, 0.1]
    const value = fromBuffer<[2, 3], 'f32'>('f32', [2, 3], Float32Array.from(probabilities, Math.log))
    const logits = typed<[2, 3], 'f32'>(applyOne('constant', [], { value }))
    const draws = drawn(Random.categorical(logits, { samples: [20_000] })(Random.key(9)))
    probabilities.forEach((p, i) => {
      const [row, label] = [i < 3 ? 0 : 1, i % 3]
      const share = draws.filter((found, at) => at % 2 === row && found === label).length / 20_000
      expect(Math.abs(share - p)).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / 20_000))
    })
  })

  it('refuses logits without classes', () => {
    const scalar = typed<[], 'f32'>(inputValue({ shape: [], dtype: 'f32' }))
    expect(() => Random.categorical(scalar)(Random.key(1))).toThrow(
      'categorical: takes logits f32 or f64 [..., classes], got f32[]'
    )
  })
})

describe('gamma and poisson', () => {
  it('refuse parameters that are none', () => {
    expect(() => Random.gamma({ shape: [1], concentration: 0 })(Random.key(1))).toThrow(
      'gamma: the concentration has to be a number greater than 0, got 0'
    )
    expect(() => Random.poisson({ shape: [1], rate: 10 })(Random.key(1))).toThrow(
      'poisson: the rate has to be from 0 and below 10, got 10'
    )
  })

  it('draw nothing for empty shapes, and zeros for the rate 0', () => {
    expect(drawn(Random.gamma({ shape: [0, 2], concentration: 1 })(Random.key(1)))).toEqual([])
    expect(drawn(Random.poisson({ shape: [2, 0], rate: 1 })(Random.key(1)))).toEqual([])
    expect(drawn(Random.poisson({ shape: [3], rate: 0 })(Random.key(1)))).toEqual([0, 0, 0])
  })
})

describe('vmap of a sampler', () => {
  it.each(Object.entries(elementwise))('%s over split keys is the loop over the keys, bit for bit', (_, sampler) => {
    const keys = Random.split(5)(Random.key(8))
    const batched = vmap((key: Expr<[2], 'u32'>) => sampler([3])(key))(keys)
    const looped = Random.splitList(5)(Random.key(8)).flatMap((key) => drawn(sampler([3])(key)))
    expect(drawn(batched)).toEqual(looped)
  })
})

describe('bernoulli', () => {
  it('of 0 never and of 1 always shows true, also where the probability is computed', () => {
    const p = typed<[], 'f64'>(applyOne('constant', [], { value: fromBuffer('f64', [], Float64Array.of(1)) }))
    expect(new Set(drawn(Random.bernoulli({ shape: [500], probability: 0 })(Random.key(1))))).toEqual(new Set([0]))
    expect(new Set(drawn(Random.bernoulli({ shape: [500], probability: 1 })(Random.key(1))))).toEqual(new Set([1]))
    expect(new Set(drawn(Random.bernoulli({ shape: [500], probability: p })(Random.key(1))))).toEqual(new Set([1]))
  })

  it.each([-0.1, 1.1, NaN])('of %s is refused', (probability) => {
    expect(() => Random.bernoulli({ shape: [1], probability })(Random.key(1))).toThrow(
      `bernoulli: the probability has to be from 0 to 1, got ${probability}`
    )
  })
})
