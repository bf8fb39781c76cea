/**
 * Orders and choices.
 *
 * @since 0.1.0
 */
import {
  applyOne,
  applyPrimitive,
  converted,
  reshaped,
  scalar,
  traceValues,
  typed,
  type Expr,
  type Value
} from '../expr/internal.ts'
import { raise, size, type Mutable, type Shape, type Sizes } from '../shape/index.ts'
import { showSlot, type DType } from '../tensor/index.ts'
import { fromBuffer } from '../tensor/internal.ts'
import { words32 } from './bits.ts'
import { gumbelValue } from './continuous.ts'
import { randintValue } from './discrete.ts'
import { binary, checkedShape, outputAt, unary } from './internal.ts'
import { keyValue, splitPair, type KeyLike } from './key.ts'
import { uniformValue } from './uniform.ts'

// constructors

/**
 * The numbers 0, 1, … n − 1 in random order.
 *
 * In each of ⌈3 ln n / ln(2³² − 1)⌉ rounds (one up to n = 1625, two up to 2,642,245) the numbers are sorted, stably, by
 * fresh random words: `key, sub = split(2)(key)`, words from `sub`. An element depends on all of n.
 *
 * @param n how many, from 0 to 2³¹ − 1
 * @returns a function from a key to an expression i32 [n]
 * @see `jax.random.permutation`
 * @example
 * import { key, permutation } from 'gradfold/random'
 * const order = permutation(60000)(key(42)) // Expr<[60000], 'i32'>
 * @category constructors
 * @since 0.1.0
 */
export const permutation =
  <const N extends number>(n: N): ((key: KeyLike) => Expr<[N], 'i32'>) =>
  (key) =>
    typed(permutationValue(keyValue(key), checkedCount(n)))

/**
 * A value with the elements of its first axis in random order: its rows at `permutation(n)`.
 *
 * @param self an expression of at least one axis
 * @returns a function from a key to an expression of the same shape
 * @see `jax.random.permutation`
 * @example
 * import { key, normal, shuffle } from 'gradfold/random'
 * const shuffled = shuffle(normal({ shape: [5, 2] })(key(1)))(key(2))
 * @category constructors
 * @since 0.1.0
 */
export const shuffle =
  <S extends Shape, T extends DType>(self: Expr<S, T>): ((key: KeyLike) => Expr<S, T>) =>
  (key) => {
    const rows = self.shape[0] ?? raise(`shuffle: takes a value of at least one axis, got ${showSlot(self)}`)
    const order = permutationValue(keyValue(key), rows)
    return typed(rows === 0 ? self : applyOne('gather', [self, order], { axis: 0, batch: 0 }))
  }

/**
 * Random elements of 0, 1, … n − 1.
 *
 *     with replacement         randint from 0 to n        with p: the first index whose cumulative p reaches c·(1 − uniform)
 *     without replacement      the first of permutation(n)        with p: the least of −gumbel − log p
 *
 * c is the sum of p; sums are taken in ascending order in f32.
 *
 * @param n how many there are, from 1
 * @param options.shape the shape of the draw
 * @param options.replace whether an element may come more than once. Default true.
 * @param options.probabilities n numbers from 0, or an expression f32 [n]; without them all are equally likely
 * @returns a function from a key to an expression of i32
 * @see `jax.random.choice`
 * @example
 * import { choice, key } from 'gradfold/random'
 * const chosen = choice(10, { shape: [4], replace: false })(key(42)) // Expr<[4], 'i32'>
 * @category constructors
 * @since 0.1.0
 */
export const choice =
  <const S extends Sizes>(
    n: number,
    options: {
      readonly shape: S
      readonly replace?: boolean
      readonly probabilities?: readonly number[] | Expr<readonly [number]>
    }
  ): ((key: KeyLike) => Expr<Mutable<S>, 'i32'>) =>
  (key) => {
    const shape = checkedShape('choice', options.shape)
    const count = size(shape)
    if (checkedCount(n) < 1 && count > 0) raise('choice: there is nothing to choose from, n is 0')
    const p = options.probabilities === undefined ? undefined : probabilityValue(n, options.probabilities)
    if (options.replace ?? true)
      return typed(p === undefined ? randintValue(keyValue(key), shape, 0, n) : weighted(keyValue(key), shape, p))
    if (count > n) raise(`choice: cannot choose ${count} of ${n} without replacement`)
    const order = p === undefined ? permutationValue(keyValue(key), n) : weightedOrder(keyValue(key), n, p)
    return typed(reshaped(applyOne('slice', [order], { start: [0], stop: [count], stride: [1] }), shape))
  }

// internal

const checkedCount = (n: number): number =>
  Number.isInteger(n) && n >= 0 && n <= 2147483647
    ? n
    : raise(`permutation: n has to be a whole number from 0 to 2^31 - 1, got ${n}`)

/** The least r with (2³² − 1)ʳ ≥ n³: the rounds after which equal words are unlikely to matter. */
const rounds = (n: number): number => (n <= 1 ? 0 : n <= 1625 ? 1 : n <= 2642245 ? 2 : 3)

const iota = (n: number): Value => applyOne('iota', [], { shape: [n], axis: 0, dtype: 'i32' })

const sortedBy = (keys: Value, values: Value): Value => outputAt(applyPrimitive('sort', [keys, values], { axis: 0 }), 1)

const permutationValue = (key: Value, n: number): Value =>
  Array.from({ length: rounds(n) }).reduce<{ readonly key: Value; readonly order: Value }>(
    (state) => {
      const [next, sub] = splitPair(state.key)
      return { key: next, order: sortedBy(words32(sub, [n]), state.order) }
    },
    { key, order: iota(n) }
  ).order

const probabilityValue = (n: number, probabilities: readonly number[] | Value): Value => {
  if (!isList(probabilities))
    return probabilities.dtype === 'f32' && probabilities.shape.length === 1 && probabilities.shape[0] === n
      ? probabilities
      : raise(`choice: the probabilities have to be f32[${n}], got ${showSlot(probabilities)}`)
  const wrong = probabilities.find((p) => !(p >= 0 && p < Infinity))
  if (wrong !== undefined) raise(`choice: probabilities have to be numbers from 0, got ${wrong}`)
  if (probabilities.length !== n) raise(`choice: there have to be ${n} probabilities, got ${probabilities.length}`)
  return applyOne('constant', [], { value: fromBuffer('f32', [n], Float32Array.from(probabilities)) })
}

const isList = (u: readonly number[] | Value): u is readonly number[] => Array.isArray(u)

/** The sums of the first, the first two, … elements, each rounded once. */
const cumulative = (self: Value): Value => {
  const element = { shape: [], dtype: 'f32' } as const
  const body = traceValues([element, element], (inputs) => {
    const sum = binary('add', outputAt(inputs, 0), outputAt(inputs, 1))
    return [sum, sum]
  })
  const parameters = { body, length: self.shape[0] ?? 0, constants: 0, carry: 1, reverse: false }
  return outputAt(applyPrimitive('scan', [scalar(0, 'f32'), self], parameters), 1)
}

/** Independent draws: how many cumulative probabilities are below a uniform share of their last. */
const weighted = (key: Value, shape: Sizes, p: Value): Value => {
  const n = p.shape[0] ?? 0
  const sums = cumulative(p)
  const total = reshaped(applyOne('slice', [sums], { start: [n - 1], stop: [n], stride: [1] }), [])
  const share = binary('multiply', binary('subtract', 1, uniformValue(key, shape, 'f32', 0, 1)), total)
  const rank = shape.length
  const place = applyOne('broadcast', [share], { shape: [...shape, n], axes: shape.map((_, axis) => axis) })
  const steps = applyOne('broadcast', [sums], { shape: [...shape, n], axes: [rank] })
  const below = converted(applyOne('less', [steps, place], {}), 'i32')
  const found = applyOne('reduceSum', [below], { axes: [rank] })
  return binary('minimum', found, n - 1)
}

/** All elements in an order in which likely ones tend to come first. */
const weightedOrder = (key: Value, n: number, p: Value): Value => {
  const score = binary('subtract', unary('negate', gumbelValue(key, [n], 'f32')), unary('log', p))
  return sortedBy(score, iota(n))
}
