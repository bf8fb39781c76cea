import { describe, expect, it } from 'vitest'
import { evaluate } from '../../lib/engine/index.ts'
import { applyOne, applyPrimitive, typed, type Expr, type Value } from '../../lib/expr/internal.ts'
import * as Random from '../../lib/random/index.ts'
import { bufferOf, fromBuffer } from '../../lib/tensor/internal.ts'
import type { AnyTensor, DType } from '../../lib/tensor/index.ts'
import type { Shape } from '../../lib/shape/index.ts'
import { golden, keyOf, numberIn, streamHash, vectorsOf, written, type Vector } from './golden.ts'

type Draw = (vector: Vector) => (key: Random.KeyLike) => Expr<Shape, DType>

const draw = (vector: Vector, sampler: Draw): AnyTensor => evaluate(sampler(vector)(keyOf(vector.key)))

const samplers: Readonly<Record<string, Draw>> = {
  uniform: (v) => Random.uniform({ shape: v.shape, low: numberIn(v, 'minval'), high: numberIn(v, 'maxval') }),
  normal: (v) => Random.normal({ shape: v.shape }),
  truncated_normal: (v) =>
    Random.truncatedNormal({ shape: v.shape, lower: numberIn(v, 'lower'), upper: numberIn(v, 'upper') }),
  bernoulli: (v) => Random.bernoulli({ shape: v.shape, probability: numberIn(v, 'p') }),
  rademacher: (v) => Random.rademacher({ shape: v.shape }),
  gumbel: (v) => Random.gumbel({ shape: v.shape }),
  exponential: (v) => Random.exponential({ shape: v.shape }),
  laplace: (v) => Random.laplace({ shape: v.shape }),
  logistic: (v) => Random.logistic({ shape: v.shape }),
  cauchy: (v) => Random.cauchy({ shape: v.shape }),
  randint: (v) => Random.randint({ shape: v.shape, low: numberIn(v, 'minval'), high: numberIn(v, 'maxval') }),
  gamma: (v) => Random.gamma({ shape: v.shape, concentration: numberIn(v, 'a') }),
  loggamma: (v) => Random.logGamma({ shape: v.shape, concentration: numberIn(v, 'a') }),
  permutation: (v) => Random.permutation(numberIn(v, 'n'))
}

describe('the golden draws, bit for bit', () => {
  it.each(Object.entries(samplers))('%s', (name, sampler) => {
    for (const vector of vectorsOf(name)) {
      const drawn = draw(vector, sampler)
      expect(drawn.shape).toEqual(vector.shape)
      expect(written(drawn), `${name} of ${JSON.stringify([vector.key, vector.args])}`).toEqual(vector.expect)
    }
  })

  it('bits of 8, 16 and 32', () => {
    const narrow = vectorsOf('bits').filter((vector) => vector.args['width'] !== 64)
    expect(narrow.length).toBe(20)
    for (const vector of narrow) {
      const width = vector.args['width'] as 8 | 16 | 32
      expect(written(draw(vector, (v) => Random.bits({ shape: v.shape, width })))).toEqual(vector.expect)
    }
  })

  it('the 52 bits of a float64 fraction are those of the 64-bit words', () => {
    const wide = vectorsOf('bits').filter((vector) => vector.args['width'] === 64)
    expect(wide.length).toBe(6)
    for (const vector of wide) {
      const drawn = bufferOf(evaluate(Random.uniform({ shape: vector.shape, dtype: 'f64' })(keyOf(vector.key))))
      const expected = [...vector.expect].map((word) => {
        const pattern = (BigInt(`0x${String(word)}`) >> 12n) | 0x3ff0000000000000n
        return (new Float64Array(BigUint64Array.of(pattern).buffer)[0] ?? NaN) - 1
      })
      expect([...drawn]).toEqual(expected)
    }
  })

  it('bits at indices beyond 32 bits', () => {
    for (const vector of vectorsOf('bits at index')) {
      const offset = Number(vector.args['index'])
      const [first] = written(evaluate(Random.bits({ shape: [3], offset })(keyOf(vector.key))))
      expect([first]).toEqual(vector.expect)
    }
  })

  it('keys of seeds', () => {
    for (const { seed, x64, expect: words } of golden.keys) expect(written(Random.key(seed, { x64 }))).toEqual(words)
    expect(written(Random.key(-1))).toEqual([0, 4294967295])
  })

  it('split', () => {
    for (const vector of vectorsOf('split')) {
      const count = numberIn(vector, 'num')
      expect(written(draw(vector, () => Random.split(count)))).toEqual([...vector.expect].flat())
      expect(Random.splitList(count)(keyOf(vector.key)).flatMap((key) => written(evaluate(key)))).toEqual(
        [...vector.expect].flat()
      )
    }
  })

  it('fold in', () => {
    for (const vector of vectorsOf('fold_in'))
      expect(written(draw(vector, (v) => (key) => Random.foldIn(key, numberIn(v, 'data'))))).toEqual(vector.expect)
  })

  it('normal of each key of split', () => {
    for (const vector of vectorsOf('normal of split(3)')) {
      const keys = Random.splitList(3)(keyOf(vector.key))
      expect(keys.flatMap((key) => written(evaluate(Random.normal({ shape: [] })(key))))).toEqual(vector.expect)
    }
  })

  it('categorical', () => {
    for (const vector of vectorsOf('categorical')) {
      const patterns = vector.args['logits_f32_hex'] as readonly string[]
      const words = Uint32Array.from(patterns.map((pattern) => Number.parseInt(pattern, 16)))
      const value = fromBuffer('f32', [words.length], new Float32Array(words.buffer))
      const logits = typed<[4], 'f32'>(applyOne('constant', [], { value }))
      expect(written(draw(vector, (v) => Random.categorical(logits, { samples: v.shape })))).toEqual(vector.expect)
    }
  })

  it('choice with and without replacement, with and without probabilities', () => {
    for (const vector of vectorsOf('choice')) {
      const values = vector.args['a'] as readonly number[] | undefined
      const replace = vector.args['replace'] as boolean
      const probabilities = vector.args['p'] as readonly number[] | undefined
      const options = { shape: vector.shape, replace, ...(probabilities === undefined ? {} : { probabilities }) }
      const drawn = written(draw(vector, () => Random.choice(values?.length ?? numberIn(vector, 'n'), options)))
      expect(values === undefined ? drawn : drawn.map((i) => values[Number(i)])).toEqual(vector.expect)
    }
  })

  it('poisson numbers of rates below 10', () => {
    const small = vectorsOf('poisson').filter((vector) => numberIn(vector, 'lam') < 10)
    expect(small.length).toBe(4)
    for (const vector of small)
      expect(written(draw(vector, (v) => Random.poisson({ shape: v.shape, rate: numberIn(v, 'lam') })))).toEqual(
        vector.expect
      )
  })

  it('permutations of thousands', () => {
    for (const vector of vectorsOf('permutation hash')) {
      const order = bufferOf(evaluate(Random.permutation(numberIn(vector, 'n'))(keyOf(vector.key))))
      expect(streamHash(order)).toBe(vector.expect)
    }
  })

  it('every sampler of the golden file in the default mode is compared', () => {
    const others = [
      'bits',
      'bits at index',
      'split',
      'fold_in',
      'normal of split(3)',
      'categorical',
      'choice',
      'poisson'
    ]
    const compared = [...Object.keys(samplers), ...others, 'permutation hash']
    const present = new Set(golden.vectors.filter((v) => v.mode !== 'original').map((v) => v.sampler))
    expect([...present].filter((name) => !compared.includes(name)).toSorted()).toEqual([])
  })

  it('the block cipher of 20 rounds', () => {
    const ciphers = golden.blockCiphers.filter(({ cipher, rounds }) => cipher === 'threefry2x32' && rounds === 20)
    expect(ciphers.length).toBe(3)
    for (const { counter, key, expect: words } of ciphers) {
      const operands = [...key, ...counter].map((word): Value => {
        const value = fromBuffer('u32', [], Uint32Array.of(Number.parseInt(word, 16)))
        return applyOne('constant', [], { value })
      })
      const outputs = applyPrimitive('threefry2x32', operands, {}).map((value) => typed<[], 'u32'>(value))
      expect(outputs.flatMap((output) => [...bufferOf(evaluate(output))])).toEqual(
        words.map((word) => Number.parseInt(word, 16))
      )
    }
  })
})
