import * as fc from 'fast-check'
import * as Either from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { evaluate } from '../../lib/engine/index.ts'
import * as Random from '../../lib/random/index.ts'
import { decodeWith } from '../../lib/codec/index.ts'
import { fansOf, initialise, initialiserCodec, key, type Fans, type Initialiser } from '../../lib/random/index.ts'
import { bufferOf } from '../../lib/tensor/internal.ts'
import type { FloatDType } from '../../lib/tensor/index.ts'

interface Options {
  readonly dtype?: FloatDType
  readonly fans?: Fans
}

const drawn = (self: Initialiser, shape: readonly number[], options: Options = {}, seed = 42): readonly number[] => [
  ...bufferOf(evaluate(initialise(self, { shape, ...options })(key(seed))))
]

const variance = (list: readonly number[]): number => {
  const mean = list.reduce((sum, x) => sum + x, 0) / list.length
  return list.reduce((sum, x) => sum + (x - mean) * (x - mean), 0) / list.length
}

const f = Math.fround

describe('fans', () => {
  it.each([
    [[784, 128], 784, 128],
    [[5, 5, 8, 16], 200, 400],
    [[3, 8, 16], 24, 48],
    [[7], 7, 7],
    [[], 1, 1],
    [[0, 4], 0, 4]
  ])('of %j are %i and %i', (shape, fanIn, fanOut) => {
    expect(fansOf(shape)).toEqual({ fanIn, fanOut })
  })
})

describe('constant initialisers', () => {
  it('give their number whatever the key', () => {
    expect(drawn(Random.zeros(), [2, 2])).toEqual([0, 0, 0, 0])
    expect(drawn(Random.ones(), [3], { dtype: 'f64' })).toEqual([1, 1, 1])
    expect(drawn(Random.constant(0.1), [2])).toEqual([f(0.1), f(0.1)])
    expect(drawn(Random.constant(0.1), [1], { dtype: 'f64' }, 7)).toEqual([0.1])
  })
})

describe('scaled initialisers', () => {
  /** The factor that stands before the draw, and the draw that it multiplies. */
  const cases: readonly (readonly [name: string, self: Initialiser, bound: number, kind: string])[] = [
    ['glorotUniform', Random.glorotUniform(), Math.sqrt(6 / 160), 'uniform'],
    ['heUniform', Random.heUniform(), Math.sqrt(6 / 100), 'uniform'],
    ['lecunUniform', Random.lecunUniform(), Math.sqrt(3 / 100), 'uniform'],
    ['glorotNormal', Random.glorotNormal(), Math.sqrt(2 / 160), 'truncated'],
    ['heNormal', Random.heNormal(), Math.sqrt(2 / 100), 'truncated'],
    ['lecunNormal', Random.lecunNormal(), Math.sqrt(1 / 100), 'truncated'],
    ['glorotNormal of PyTorch', Random.glorotNormal({ truncated: false }), Math.sqrt(2 / 160), 'normal'],
    ['heNormal of PyTorch', Random.heNormal({ truncated: false }), Math.sqrt(2 / 100), 'normal'],
    ['lecunNormal of PyTorch', Random.lecunNormal({ truncated: false }), Math.sqrt(1 / 100), 'normal']
  ]
  const shape = [100, 60]

  it.each(cases)('%s is its draw times its factor, in f64', (_, self, scale, kind) => {
    const draws: Readonly<Record<string, readonly number[]>> = {
      uniform: [...bufferOf(evaluate(Random.uniform({ shape, low: -1, high: 1, dtype: 'f64' })(key(42))))],
      normal: [...bufferOf(evaluate(Random.normal({ shape, dtype: 'f64' })(key(42))))],
      truncated: [...bufferOf(evaluate(Random.truncatedNormal({ shape, dtype: 'f64' })(key(42))))]
    }
    const factor = kind === 'truncated' ? scale / 0.87962566103423978 : scale
    drawn(self, shape, { dtype: 'f64' }).forEach((weight, i) => {
      expect(Math.abs(weight - (draws[kind]?.[i] ?? NaN) * factor)).toBeLessThan(1e-15)
    })
  })

  it.each(cases)('%s has the variance that it promises', (_, self, scale, kind) => {
    const wanted = kind === 'uniform' ? (scale * scale) / 3 : scale * scale
    const found = drawn(self, [400, 240], { fans: { fanIn: 100, fanOut: 60 } })
    expect(Math.abs(variance(found) / wanted - 1)).toBeLessThan(0.02)
  })

  it('the factor rounds to f32 at each step', () => {
    const uniform = [...bufferOf(evaluate(Random.uniform({ shape, low: -1, high: 1 })(key(42))))]
    const bound = f(Math.sqrt(f(3 * f(1 / 80))))
    expect(drawn(Random.glorotUniform(), shape)).toEqual(uniform.map((u) => f(u * bound)))
    const truncated = [...bufferOf(evaluate(Random.truncatedNormal({ shape })(key(42))))]
    const deviation = f(f(Math.sqrt(f(2 / 100))) / f(0.87962566103423978))
    expect(drawn(Random.heNormal(), shape)).toEqual(truncated.map((z) => f(z * deviation)))
  })

  it('the constant of truncation is the deviation of the normal distribution cut at ±2', () => {
    const z = [...bufferOf(evaluate(Random.truncatedNormal({ shape: [200_000], dtype: 'f64' })(key(1))))]
    expect(Math.abs(Math.sqrt(variance(z)) / 0.87962566103423978 - 1)).toBeLessThan(0.004)
  })

  it('a convolution counts the positions of its kernel', () => {
    const found = drawn(Random.heUniform(), [5, 5, 4, 16])
    const bound = Math.sqrt(6 / 100)
    expect(Math.max(...found.map(Math.abs))).toBeLessThanOrEqual(f(bound))
    expect(Math.max(...found.map(Math.abs))).toBeGreaterThan(0.99 * bound)
  })

  it('given fans stand for those of the shape, and none at all counts as 1', () => {
    const given = drawn(Random.lecunUniform(), [40], { fans: { fanIn: 25, fanOut: 1 } })
    expect(Math.max(...given.map(Math.abs))).toBeLessThanOrEqual(f(Math.sqrt(3 / 25)))
    expect(drawn(Random.lecunNormal(), [0, 3])).toEqual([])
    expect(() => drawn(Random.lecunUniform(), [4], { fans: { fanIn: -1, fanOut: 1 } })).toThrow(
      'initialise: the fans have to be numbers from 0, got -1 and 1'
    )
  })
})

describe('plain initialisers', () => {
  it('are the draws of the same name', () => {
    const shape = [6, 5]
    const of = (draw: (self: Random.KeyLike) => Parameters<typeof evaluate>[0]) =>
      [...bufferOf(evaluate(draw(key(42))) as Parameters<typeof bufferOf>[0])] as readonly number[]
    expect(drawn(Random.randomUniform({ low: -0.05, high: 0.05 }), shape)).toEqual(
      of(Random.uniform({ shape, low: -0.05, high: 0.05 }))
    )
    expect(drawn(Random.randomNormal({ mean: 1, stddev: 0.02 }), shape)).toEqual(
      of(Random.normal({ shape, mean: 1, stddev: 0.02 }))
    )
    expect(drawn(Random.randomTruncatedNormal({ stddev: 0.02, lower: -1, upper: 3 }), shape)).toEqual(
      of(Random.truncatedNormal({ shape, stddev: 0.02, lower: -1, upper: 3 }))
    )
  })
})

type Matrix = readonly (readonly number[])[]

const rowsOf = (list: readonly number[], columns: number): Matrix =>
  Array.from({ length: list.length / columns }, (_, i) => list.slice(i * columns, (i + 1) * columns))

const transposed = (m: Matrix): Matrix => (m[0] ?? []).map((_, j) => m.map((row) => row[j] ?? NaN))

const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, x, i) => sum + x * (b[i] ?? NaN), 0)

/** The Q, as rows, of a full-rank matrix given by its columns, by Householder reflections; R's diagonal made positive. */
const householder = (columns: Matrix): Matrix => {
  const length = columns[0]?.length ?? 0
  const reflect = (v: readonly number[], x: readonly number[]): readonly number[] => {
    const factor = (2 * dot(v, x)) / dot(v, v)
    return x.map((each, i) => each - factor * (v[i] ?? NaN))
  }
  const { reflections, signs } = columns.reduce<{ readonly reflections: Matrix; readonly signs: readonly number[] }>(
    (state, column, j) => {
      const x = state.reflections.reduce((value, v) => reflect(v, value), column)
      const below = x.map((each, i) => (i < j ? 0 : each))
      const alpha = (x[j] ?? 0) > 0 ? -Math.sqrt(dot(below, below)) : Math.sqrt(dot(below, below))
      const v = below.map((each, i) => (i === j ? each - alpha : each))
      return { reflections: [...state.reflections, v], signs: [...state.signs, Math.sign(alpha)] }
    },
    { reflections: [], signs: [] }
  )
  return columns.map((_, j) => {
    const unit = Array.from({ length }, (__, i) => (i === j ? (signs[j] ?? NaN) : 0))
    return reflections.toReversed().reduce<readonly number[]>((value, v) => reflect(v, value), unit)
  })
}

describe('orthogonal', () => {
  const shapes = [
    [4, 4],
    [1, 1],
    [3, 7],
    [7, 3],
    [64, 64],
    [3, 3, 4, 8],
    [2, 2, 3, 20],
    [1, 5],
    [5, 1]
  ]

  it.each(shapes.flatMap((shape) => (['f32', 'f64'] as const).map((dtype) => [shape, dtype] as const)))(
    'of %j in %s has orthonormal columns or rows',
    (shape, dtype) => {
      const columns = shape.at(-1) ?? 1
      const matrix = rowsOf(drawn(Random.orthogonal(), shape, { dtype }), columns)
      const vectors = matrix.length < columns ? matrix : transposed(matrix)
      const tolerance = dtype === 'f32' ? 1e-6 : 2e-15
      vectors.forEach((a, i) => {
        vectors.forEach((b, j) => {
          expect(Math.abs(dot(a, b) - (i === j ? 1 : 0))).toBeLessThan(tolerance)
        })
      })
    }
  )

  it('is the Q of the normal draw, R with a positive diagonal: as Householder reflections give it', () => {
    for (const [rows, columns] of [
      [6, 4],
      [4, 6],
      [12, 12]
    ] as const) {
      const [fewer, more] = [Math.min(rows, columns), Math.max(rows, columns)]
      const normal = [...bufferOf(evaluate(Random.normal({ shape: [fewer, more], dtype: 'f64' })(key(42))))]
      const q = householder(rowsOf(normal, more))
      const expected = (rows < columns ? q : transposed(q)).flat()
      drawn(Random.orthogonal(), [rows, columns], { dtype: 'f64' }).forEach((x, i) => {
        expect(Math.abs(x - (expected[i] ?? NaN))).toBeLessThan(1e-12)
      })
    }
  })

  it('is multiplied by its gain', () => {
    const one = drawn(Random.orthogonal(), [3, 3])
    expect(drawn(Random.orthogonal({ gain: 3 }), [3, 3])).toEqual(one.map((x) => f(x * 3)))
  })

  it('needs two axes', () => {
    expect(() => drawn(Random.orthogonal(), [3])).toThrow('orthogonal: takes a shape of at least two axes, got [3]')
  })
})

const arbitraryInitialiser: fc.Arbitrary<Initialiser> = (() => {
  const finite = fc.double({ noNaN: true, noDefaultInfinity: true })
  const fromZero = fc.double({ min: 0, noNaN: true, noDefaultInfinity: true })
  const bounds = fc
    .uniqueArray(finite, { minLength: 2, maxLength: 2, comparator: (a, b) => a === b })
    .map(([a = 0, b = 0]) => [Math.min(a, b), Math.max(a, b)] as const)
  return fc.oneof(
    fc.constantFrom(Random.zeros(), Random.ones(), Random.glorotUniform(), Random.glorotNormal({ truncated: false })),
    finite.map(Random.constant),
    bounds.map(([low, high]) => Random.randomUniform({ low, high })),
    fc.tuple(finite, fromZero).map(([mean, stddev]) => Random.randomNormal({ mean, stddev })),
    fc
      .tuple(finite, fromZero, bounds)
      .map(([mean, stddev, [lower, upper]]) => Random.randomTruncatedNormal({ mean, stddev, lower, upper })),
    fc
      .record({
        scale: fromZero,
        mode: fc.constantFrom('fanIn' as const, 'fanOut' as const, 'fanAverage' as const),
        distribution: fc.constantFrom('normal' as const, 'truncatedNormal' as const, 'uniform' as const)
      })
      .map(Random.varianceScaling),
    finite.map((gain) => Random.orthogonal({ gain }))
  )
})()

const messages = (u: unknown): readonly string[] => {
  const result = decodeWith('kernel', initialiserCodec)(u)
  if (Either.isRight(result)) throw new Error('was decoded')
  return result.left
}

describe('the codec of initialisers', () => {
  it('decodes what it encodes', () => {
    fc.assert(
      fc.property(arbitraryInitialiser, (self) => {
        expect(initialiserCodec.decode(initialiserCodec.encode(self))).toStrictEqual(Either.right(self))
        expect(initialiserCodec.is(self)).toBe(true)
      })
    )
  })

  it('gives plain JSON', () => {
    const text = JSON.stringify(initialiserCodec.encode(Random.glorotUniform()))
    expect(text).toBe('{"tag":"varianceScaling","scale":1,"mode":"fanAverage","distribution":"uniform"}')
    expect(initialiserCodec.decode(JSON.parse(text))).toStrictEqual(Either.right(Random.glorotUniform()))
  })

  it('gives and takes frozen records', () => {
    fc.assert(
      fc.property(arbitraryInitialiser, (self) => {
        expect(Object.isFrozen(self)).toBe(true)
        const back = initialiserCodec.decode(initialiserCodec.encode(self))
        expect(Either.isRight(back) && Object.isFrozen(back.right)).toBe(true)
      })
    )
  })

  it('refuses what is none, and says what was probably meant', () => {
    expect(messages({ tag: 'orthogonl', gain: 1 })).toEqual([
      "kernel: there is no initialiser 'orthogonl'; did you mean 'orthogonal'?"
    ])
    expect(messages({ tag: 'xavier' })).toEqual([
      "kernel: there is no initialiser 'xavier'; known are zeros, ones, constant, randomUniform, randomNormal, randomTruncatedNormal, varianceScaling, orthogonal"
    ])
    expect(messages({ tag: 'constant', value: 1, valeu: 2 })).toEqual([
      "kernel: there is no option 'valeu'; did you mean 'value'?"
    ])
    expect(messages({ tag: 'orthogonal', gain: 1, gian: 2, tga: 3 })).toEqual([
      "kernel: there is no option 'gian'; did you mean 'gain'?",
      "kernel: there is no option 'tga'; did you mean 'tag'?"
    ])
    expect(messages(7)).toEqual(["kernel has to be an initialiser: a record with a tag such as 'zeros', got 7"])
    expect(messages({ tag: 'constant', value: NaN })).toEqual(['kernel: value has to be a finite number, got NaN'])
    expect(messages({ tag: 'randomNormal', mean: 'a', stddev: -1 })).toEqual([
      "kernel: mean has to be a finite number, got 'a'",
      'kernel: stddev has to be a finite number that is not negative, got -1'
    ])
    expect(messages({ tag: 'varianceScaling', scale: 1, mode: 'fan', distribution: 'uniform' })).toEqual([
      "kernel: mode has to be 'fanIn', 'fanOut' or 'fanAverage', got 'fan'"
    ])
    expect(messages({ tag: 'randomUniform', low: 1, high: 0 })).toEqual([
      "kernel has to have low at most high, got { tag: 'randomUniform', low: 1, high: 0 }"
    ])
    expect(messages({ tag: 'randomTruncatedNormal', mean: 0, stddev: 1, lower: 1, upper: 1 })).toEqual([
      "kernel has to have lower less than upper, got { tag: 'randomTruncatedNormal', mean: 0, stddev: 1, lower: 1, upper: 1 }"
    ])
  })
})

describe('a builder of initialisers refuses nonsense in one sentence', () => {
  it.each([
    [() => Random.constant(NaN), 'constant: value has to be a finite number, got NaN'],
    [
      () => Random.randomNormal({ stddev: -1 }),
      'randomNormal: stddev has to be a finite number that is not negative, got -1'
    ],
    [
      () => Random.randomUniform({ low: 1, high: 0 }),
      "randomUniform has to have low at most high, got { tag: 'randomUniform', low: 1, high: 0 }"
    ],
    [
      () => Random.varianceScaling({ scale: Infinity }),
      'varianceScaling: scale has to be a finite number that is not negative, got Infinity'
    ],
    [
      () => Random.randomTruncatedNormal({ stddev: 1, lower: 3 }),
      "randomTruncatedNormal has to have lower less than upper, got { tag: 'randomTruncatedNormal', mean: 0, stddev: 1, lower: 3, upper: 2 }"
    ],
    [() => Random.orthogonal({ gain: NaN }), 'orthogonal: gain has to be a finite number, got NaN']
  ])('%#', (build, sentence) => {
    expect(build).toThrow(sentence)
  })
})
