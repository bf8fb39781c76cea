/**
 * What instrumented examples call: comparisons of values and of types with what the comments say.
 */
import { format } from 'node:util'
import { expect } from 'vitest'
import { evaluate } from 'gradfold/engine'
import { isExpr } from 'gradfold/expr'
import { isTensor, toArray } from 'gradfold/tensor'

export { left, right } from 'fp-ts/lib/Either.js'
export { none, some } from 'fp-ts/lib/Option.js'

// the types that comments name, by their bare names
export type { Either } from 'fp-ts/lib/Either.js'
export type { Option } from 'fp-ts/lib/Option.js'
export type { TaskEither } from 'fp-ts/lib/TaskEither.js'
export type { DataErrors, Dataset } from 'gradfold/data'
export type { Expr, Program } from 'gradfold/expr'
export type { Network } from 'gradfold/network'
export type { Tensor, TypedSlot } from 'gradfold/tensor'

/** True where two types are the same one, for the compiler's own notion of sameness. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- two functions are compared, not called
export type Same<A, B> = (<X>() => X extends A ? 1 : 2) extends <X>() => X extends B ? 1 : 2 ? true : false

/** A value with its tensors, and the tensors of its closed expressions, as nested lists of numbers. */
const plain = (value: unknown): unknown => {
  if (isTensor(value)) return toArray(value)
  if (isExpr(value)) return toArray(evaluate(value))
  if (Array.isArray(value)) return value.map(plain)
  if (value === null || typeof value !== 'object') return value
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
    ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]))
    : value
}

/** Refuses an example whose value is not what its comment says; −0 is not 0. */
export const claim = (actual: unknown, expected: unknown): void => {
  expect(plain(actual)).toEqual(plain(expected))
}

/** Refuses an example that prints something else than its comment says. */
export const printed = (parts: readonly unknown[], text: string): void => {
  expect(format(...parts.map(plain))).toBe(text)
}

/** A number that agrees with one in all its decimals. */
export const near = (value: number, decimals: number): unknown => expect.closeTo(value, decimals)
