/**
 * Elements: what one place of a tensor holds, as JavaScript sees it.
 *
 * @since 0.1.0
 */
import { raise } from '../shape/index.ts'
import type { DType } from './dtype.ts'

// model

/**
 * The JavaScript value of one element: a boolean for bool, a number for every other type.
 *
 * @category model
 * @since 0.1.0
 */
export type Element<T extends DType> = T extends 'bool' ? boolean : number

// destructors

/** The stored number of an element as JavaScript sees it. */
export const elementOf = <T extends DType>(dtype: T, stored: number): Element<T> =>
  // TypeScript does not narrow T by the test of dtype
  (dtype === 'bool' ? stored !== 0 : stored) as Element<T>

// constructors

const wholeRanges = {
  i32: [-2147483648, 2147483647],
  u32: [0, 4294967295]
} as const

/** What is wrong with an element of a type, or nothing; floats hold every number, rounded once. */
const elementProblem = (dtype: DType, value: unknown): string | undefined => {
  if (dtype === 'bool') return typeof value === 'boolean' ? undefined : `bool holds true or false, got ${String(value)}`
  if (typeof value !== 'number') return `${dtype} holds numbers, got ${String(value)}`
  if (dtype === 'f32' || dtype === 'f64') return undefined
  const [low, high] = wholeRanges[dtype]
  return Number.isInteger(value) && value >= low && value <= high
    ? undefined
    : `${dtype} holds whole numbers from ${low} to ${high}, got ${value}`
}

/** The number that stores an element; throws one sentence, which names the place, where the type cannot hold it. */
export const storedOf = (what: string, dtype: DType, value: unknown, place: () => string): number => {
  const problem = elementProblem(dtype, value)
  return problem === undefined ? Number(value) : raise(`${what}: ${problem} at ${place()}`)
}

/** Refuses sizes that are no sizes. */
export const checkSizes = (what: string, sizes: readonly number[]): void => {
  const bad = sizes.findIndex((n) => !Number.isSafeInteger(n) || n < 0)
  if (bad >= 0)
    raise(`${what}: a size has to be a whole number of at least 0, got ${String(sizes[bad])} for axis ${bad}`)
}
