/**
 * Keys: the seeds of random draws, as values.
 *
 * A key is never used up and never changes: the same key gives the same draw, and from one key any number of
 * independent ones are derived, by number (`split`) or by name (`foldIn`).
 *
 * @since 0.1.0
 */
import { utf8ToBytes } from '@noble/hashes/utils.js'
import { showValue } from '../codec/index.ts'
import { evaluate } from '../engine/index.ts'
import { encrypt } from '../engine/reference/threefry.ts'
import { isExpr } from '../expr/index.ts'
import { applyOne, reshaped, scalar, typed, type Expr, type Parameters, type Value } from '../expr/internal.ts'
import { raise, type Sizes } from '../shape/index.ts'
import { isTensor, showSlot, type DType, type Tensor } from '../tensor/index.ts'
import { bufferOf, fromBuffer, type Buffer } from '../tensor/internal.ts'
import { bitcast, cipher } from './internal.ts'

// model

/**
 * A key: two words of 32 bits.
 *
 * @category model
 * @since 0.1.0
 */
export type Key = Tensor<[2], 'u32'>

/**
 * A key that is known or one that is computed.
 *
 * @category model
 * @since 0.1.0
 */
export type KeyLike = Key | Expr<[2], 'u32'>

/**
 * What a key can be marked with: a number from 0 to 2³² − 1, a name, or a computed number.
 *
 * @category model
 * @since 0.1.0
 */
export type Mark = number | string | Expr<[], 'u32'> | Expr<[], 'i32'>

// constructors

/**
 * The key of a seed: the high and the low word of the seed as a 64-bit two's-complement integer.
 *
 *     key(42) = [0, 42]        key(−1) = [0, 2³² − 1]        key(2³²) = [0, 0]
 *
 * By default the high word is 0, as in `jax.random.key` with 64-bit types disabled, which is JAX's default: seeds that
 * differ by a multiple of 2³² give the same key. With `x64` the high word is kept, as JAX does with 64-bit types enabled.
 *
 * @param seed a whole number from −(2⁵³ − 1) to 2⁵³ − 1
 * @param options.x64 whether seeds beyond 32 bits keep their high word. Default false.
 * @returns a tensor u32 [2]
 * @see Salmon et al. 2011, Parallel random numbers: as easy as 1, 2, 3
 * @example
 * import { key } from 'gradfold/random'
 * const root = key(42)
 * @category constructors
 * @since 0.1.0
 */
export const key = (seed: number, options: { readonly x64?: boolean } = {}): Key => {
  if (!Number.isSafeInteger(seed)) raise(`key: the seed has to be a whole number up to 2^53 - 1, got ${seed}`)
  const high = options.x64 === true ? Math.floor(seed / 4294967296) : 0
  return fromBuffer('u32', [2], Uint32Array.of(high >>> 0, seed >>> 0))
}

// combinators

/**
 * The key of a thing under a key: marks it with a number, a name, or a path of both.
 *
 *     foldIn(key, d) = Threefry(key, (0, d))        foldIn(key, 'name') = foldIn(key, FNV-1a-32 of its UTF-8 bytes)
 *     foldIn(key, [a, b, …]) = foldIn(foldIn(foldIn(key, a), b), …)
 *
 * `foldIn(key, i)` is the same as row i of `split(n)(key)`: use one or the other under one key, never both.
 *
 * @param key the key to derive from
 * @param mark a number from 0 to 2³² − 1, a name, a scalar expression u32 or i32 (its bits), or a list of these
 * @returns a key as an expression u32 [2]
 * @see Fowler, Noll, Vo, draft-eastlake-fnv; `jax.random.fold_in`
 * @example
 * import { foldIn, key, normal } from 'gradfold/random'
 * const weights = normal({ shape: [784, 128] })(foldIn(key(42), ['init', 'dense_0', 'kernel']))
 * @category combinators
 * @since 0.1.0
 */
export const foldIn = (key: KeyLike, mark: Mark | readonly Mark[]): Expr<[2], 'u32'> => {
  const marks: readonly Mark[] = isList(mark) ? mark : [mark]
  return typed(marks.reduce<Value>((derived, each) => foldOne(derived, markValue(each)), keyValue(key)))
}

/**
 * Independent keys, as the rows of one value: row i is Threefry(key, (0, i)).
 *
 * @param count how many, from 0
 * @returns a function from a key to an expression u32 [count, 2]
 * @see `jax.random.split`, partitionable mode
 * @example
 * import { key, split } from 'gradfold/random'
 * const rows = split(3)(key(42)) // Expr<[3, 2], 'u32'>
 * @category combinators
 * @since 0.1.0
 */
export const split =
  <const N extends number>(count: N) =>
  (key: KeyLike): Expr<[N, 2], 'u32'> => {
    const [k0, k1] = words(keyValue(key))
    const low = applyOne('iota', [], { shape: [checkedCount(count), 1], axis: 0, dtype: 'u32' })
    const high = applyOne('broadcast', [scalar(0, 'u32')], { shape: [count, 1], axes: [] })
    const spread = (word: Value): Value => applyOne('broadcast', [word], { shape: [count, 1], axes: [] })
    return typed(applyOne('concat', [...cipher(spread(k0), spread(k1), high, low)], { axis: 1 }))
  }

/** A list of N values of one type. */
type Repeated<N extends number, A, L extends readonly A[] = readonly []> = number extends N
  ? readonly A[]
  : L['length'] extends N
    ? L
    : Repeated<N, A, readonly [...L, A]>

/**
 * Independent keys, as a list: the rows of `split`, one by one.
 *
 * @param count how many, from 0
 * @returns a function from a key to a list of keys u32 [2]
 * @example
 * import { key, splitList } from 'gradfold/random'
 * const [first, second] = splitList(2)(key(42))
 * @category combinators
 * @since 0.1.0
 */
export const splitList =
  <const N extends number>(count: N) =>
  (key: KeyLike): Repeated<N, Expr<[2], 'u32'>> => {
    const list = Array.from({ length: checkedCount(count) }, (_, i) => foldIn(key, i))
    // as long as its length says
    return list as readonly Expr<[2], 'u32'>[] as Repeated<N, Expr<[2], 'u32'>>
  }

// destructors

/**
 * The words of a derived key, computed: a tensor to store or to pass to a compiled program.
 *
 * @param key a key, computed from known ones
 * @returns the key as a tensor u32 [2]
 * @example
 * import { evaluateKey, foldIn, key } from 'gradfold/random'
 * const stored = evaluateKey(foldIn(key(42), 'data'))
 * @category destructors
 * @since 0.1.0
 */
export const evaluateKey = (key: KeyLike): Key => (isTensor(key) ? key : evaluate(key))

// internal

const isList = (mark: Mark | readonly Mark[]): mark is readonly Mark[] => Array.isArray(mark)

const checkedCount = (count: number): number =>
  Number.isInteger(count) && count >= 0 && count < 4294967296
    ? count
    : raise(`split: the number of keys has to be whole and from 0 to 2^32 - 1, got ${count}`)

/**
 * A key as a value.
 *
 * @internal
 */
export const keyValue = (key: KeyLike): Value => {
  // `init(42)` for `init(key(42))` is what compiles nowhere and is written in JavaScript all the same
  if (!isTensor(key) && !isExpr(key))
    return raise(`random: a key is u32[2], got ${showValue(key)}; make one with key(seed)`)
  const value: Value = isTensor(key) ? applyOne('constant', [], { value: key }) : key
  return value.dtype === 'u32' && value.shape.length === 1 && value.shape[0] === 2
    ? value
    : raise(`random: a key is u32[2], got ${showSlot(value)}; make one with key(seed)`)
}

/**
 * The two words of a key, without axes.
 *
 * @internal
 */
export const words = (self: Value): readonly [Value, Value] => {
  const word = (i: number): Value => reshaped(applyOne('slice', [self], { start: [i], stop: [i + 1], stride: [1] }), [])
  return [word(0), word(1)]
}

/**
 * The two keys of `split(2)` as values.
 *
 * @internal
 */
export const splitPair = (self: Value): readonly [Value, Value] => [foldValue(self, 0), foldValue(self, 1)]

/**
 * A key with a number folded in, as a value.
 *
 * @internal
 */
export const foldValue = (self: Value, number: number): Value => foldOne(self, scalar(number, 'u32'))

/** The elements of a constant. */
const known = ({ node }: Value): Buffer | undefined =>
  node.kind === 'apply' && node.primitive === 'constant'
    ? // the primitive says what its parameters are
      bufferOf((node.parameters as Parameters['constant']).value)
    : undefined

/** Of a key and a number that are known, the key is made here and now: it is two words, not a program. */
const foldOne = (self: Value, number: Value): Value => {
  const [from, mark] = [known(self), known(number)]
  if (from !== undefined && mark !== undefined) {
    const derived = new Uint32Array(2)
    encrypt(
      [from.subarray(0, 1), from.subarray(1), Uint32Array.of(0), mark],
      [derived.subarray(0, 1), derived.subarray(1)]
    )
    return applyOne('constant', [], { value: fromBuffer('u32', [2], derived) })
  }
  const [k0, k1] = words(self).map((word) => reshaped(word, [1]))
  const zero = reshaped(scalar(0, 'u32'), [1])
  return k0 === undefined || k1 === undefined
    ? raise('random: a key has two words')
    : applyOne('concat', [...cipher(k0, k1, zero, reshaped(number, [1]))], { axis: 0 })
}

const isScalar = (value: { readonly shape: Sizes; readonly dtype: DType }): boolean =>
  value.shape.length === 0 && (value.dtype === 'u32' || value.dtype === 'i32')

/** What is folded in for a mark: a u32 without axes. */
const markValue = (mark: Mark): Value => {
  if (typeof mark === 'string') return scalar(fnv1a(mark), 'u32')
  if (typeof mark === 'number')
    return Number.isInteger(mark) && mark >= 0 && mark <= 4294967295
      ? scalar(mark, 'u32')
      : raise(`foldIn: a number has to be whole and from 0 to 2^32 - 1, got ${mark}`)
  return isScalar(mark)
    ? mark.dtype === 'i32'
      ? bitcast(mark, 'u32')
      : mark
    : raise(`foldIn: takes a number, a name or a scalar u32 or i32, got ${showSlot(mark)}`)
}

/** FNV-1a, 32 bits, of the UTF-8 bytes of a text. */
const fnv1a = (text: string): number =>
  utf8ToBytes(text).reduce((hash, byte) => Math.imul(hash ^ byte, 0x01000193) >>> 0, 0x811c9dc5)
