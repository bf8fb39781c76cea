/**
 * Arithmetic of two doubles at once, which may be plain numbers, and the way from four floats to twice two doubles and
 * back.
 *
 * @since 0.1.0
 */
import { f32x4, f64x2, v128, type Instruction } from '../assembler/index.ts'

// model

/** Two doubles, or one number for both. */
export type Doubles = Instruction<'v128'> | number

/** Which two of four floats. */
export type Half = 'low' | 'high'

// arithmetic

const lifted = (x: Doubles): Instruction<'v128'> => (typeof x === 'number' ? v128.constantF64(x) : x)

const operation =
  (apply: (a: Instruction<'v128'>, b: Instruction<'v128'>) => Instruction<'v128'>) =>
  (a: Doubles, b: Doubles): Instruction<'v128'> =>
    apply(lifted(a), lifted(b))

export const sum = operation(f64x2.add)
export const difference = operation(f64x2.subtract)
export const product = operation(f64x2.multiply)
export const quotient = operation(f64x2.divide)

/** `c0 + x (c1 + x (c2 + …))`, lowest coefficient first; x is a variable. */
export const polynomial = (x: Instruction<'v128'>, coefficients: readonly number[]): Instruction<'v128'> => {
  const [first = 0, ...rest] = coefficients
  return rest.length === 0 ? lifted(first) : sum(product(polynomial(x, rest), x), first)
}

// four floats

const halfOf = (x: Instruction<'v128'>, half: Half): Instruction<'v128'> =>
  half === 'low' ? x : v128.shuffle32(x, x, [2, 3, 2, 3])

/** Half of four floats as doubles. */
export const promoted = (x: Instruction<'v128'>, half: Half): Instruction<'v128'> => f64x2.promoteF32(halfOf(x, half))

/** Half of four signed integers as doubles. */
export const converted = (x: Instruction<'v128'>, half: Half): Instruction<'v128'> =>
  f64x2.convertI32Signed(halfOf(x, half))

/** Twice two doubles as four floats, rounded. */
export const demoted = (low: Instruction<'v128'>, high: Instruction<'v128'>): Instruction<'v128'> =>
  v128.shuffle32(f32x4.demoteF64(low), f32x4.demoteF64(high), [0, 1, 4, 5])
