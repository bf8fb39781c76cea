import { expectTypeOf, it } from 'vitest'
import type { Expr } from '../../lib/expr/index.ts'
import * as Random from '../../lib/random/index.ts'
import type { Tensor } from '../../lib/tensor/index.ts'

const key = Random.key(42)
const shape: readonly number[] = [2, 3]

it('a key is a tensor of two words, a derived key an expression of them', () => {
  expectTypeOf(key).toEqualTypeOf<Tensor<[2], 'u32'>>()
  expectTypeOf(Random.foldIn(key, ['init', 3])).toEqualTypeOf<Expr<[2], 'u32'>>()
  expectTypeOf(Random.evaluateKey(Random.foldIn(key, 1))).toEqualTypeOf<Tensor<[2], 'u32'>>()
  expectTypeOf(Random.split(3)(key)).toEqualTypeOf<Expr<[3, 2], 'u32'>>()
  expectTypeOf(Random.splitList(2)(key)).toEqualTypeOf<readonly [Expr<[2], 'u32'>, Expr<[2], 'u32'>]>()
})

it('a list of keys of unknown length may be shorter than one thinks', () => {
  const count: number = 2
  expectTypeOf(Random.splitList(count)(key)).toEqualTypeOf<readonly Expr<[2], 'u32'>[]>()
})

it('a draw has the shape and the element type that were asked for', () => {
  expectTypeOf(Random.uniform({ shape: [2, 3] })(key)).toEqualTypeOf<Expr<[2, 3]>>()
  expectTypeOf(Random.normal({ shape: [], dtype: 'f64' })(key)).toEqualTypeOf<Expr<[], 'f64'>>()
  expectTypeOf(Random.normal({ shape })(key)).toEqualTypeOf<Expr<number[]>>()
  expectTypeOf(Random.bits({ shape: [4] })(key)).toEqualTypeOf<Expr<[4], 'u32'>>()
  expectTypeOf(Random.bernoulli({ shape: [4], probability: 0.1 })(key)).toEqualTypeOf<Expr<[4], 'bool'>>()
  expectTypeOf(Random.rademacher({ shape: [4] })(key)).toEqualTypeOf<Expr<[4], 'i32'>>()
  expectTypeOf(Random.rademacher({ shape: [4], dtype: 'f32' })(key)).toEqualTypeOf<Expr<[4]>>()
  expectTypeOf(Random.randint({ shape: [4], high: 6 })(key)).toEqualTypeOf<Expr<[4], 'i32'>>()
  expectTypeOf(Random.gumbel({ shape: [1], dtype: 'f64' })(key)).toEqualTypeOf<Expr<[1], 'f64'>>()
  expectTypeOf(Random.permutation(100)(key)).toEqualTypeOf<Expr<[100], 'i32'>>()
  expectTypeOf(Random.choice(9, { shape: [2, 2] })(key)).toEqualTypeOf<Expr<[2, 2], 'i32'>>()
  expectTypeOf(Random.gamma({ shape: [3], concentration: 2 })(key)).toEqualTypeOf<Expr<[3]>>()
  expectTypeOf(Random.initialise(Random.heNormal(), { shape: [3, 4] })(key)).toEqualTypeOf<Expr<[3, 4]>>()
})

it('shuffling keeps a type, categorical drops the classes and puts the samples first', () => {
  const logits = Random.normal({ shape: [32, 10] })(key)
  expectTypeOf(Random.shuffle(logits)(key)).toEqualTypeOf<Expr<[32, 10]>>()
  expectTypeOf(Random.categorical(logits)(key)).toEqualTypeOf<Expr<[32], 'i32'>>()
  expectTypeOf(Random.categorical(logits, { samples: [5] })(key)).toEqualTypeOf<Expr<[5, 32], 'i32'>>()
})

it('what is no key, no float type or no width is refused', () => {
  const draw = Random.normal({ shape: [2] })
  // @ts-expect-error a seed is not a key
  draw(42)
  // @ts-expect-error numbers of a key are u32
  draw(Random.normal({ shape: [2] })(key))
  // @ts-expect-error a normal number has fractions
  Random.normal({ shape: [2], dtype: 'i32' })
  // @ts-expect-error bits come in 8, 16 and 32
  Random.bits({ shape: [2], width: 64 })
  // @ts-expect-error the bound above has no default
  Random.randint({ shape: [2] })
  // @ts-expect-error the option is called probability
  Random.bernoulli({ shape: [2], p: 0.5 })
})
