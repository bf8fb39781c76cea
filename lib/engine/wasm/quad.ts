/**
 * Elements in registers: four at a time, whatever their type.
 *
 * A quad of f32, i32 or u32 is one vector. One of f64 is two vectors, elements 0 and 1, then 2 and 3. One of bool is one
 * vector of masks: 32 ones for true, 32 zeros for false.
 *
 * @since 0.1.0
 */
import type { Parameters, Primitive } from '../../expr/internal.ts'
import { size } from '../../shape/index.ts'
import type { DType, Slot } from '../../tensor/index.ts'
import { set, type Instruction, type NewLocal } from './assembler/index.ts'
import type { Compilation } from './compilation.ts'

/** Four elements; the instructions are variables or constants, so that each may be used any number of times. */
export type Quad = readonly Instruction<'v128'>[]

/** Where code is written. */
export interface Writer {
  readonly compilation: Compilation
  readonly local: NewLocal
  /** adds an instruction to the code */
  readonly write: (instruction: Instruction<'none'>) => void
}

/** The types around an application of a primitive. */
export interface ElementTypes {
  readonly operands: readonly DType[]
  readonly outputs: readonly DType[]
}

/**
 * How a primitive with parameters Q computes four elements of each output from four of each operand. The result may be
 * any expressions: who asks for them keeps them in variables. Every lane has to be computed without a trap, whatever
 * bits are in it: lanes beyond the end of a buffer are computed too.
 */
export type ElementRule<Q> = (
  writer: Writer,
  operands: readonly Quad[],
  types: ElementTypes,
  parameters: Q
) => readonly Quad[]

/** Rules of some of the primitives, by name. */
export type ElementRules<P extends Primitive> = { readonly [K in P]: ElementRule<Parameters[K]> }

/** How many vectors a quad has. */
export const vectorsOf = (dtype: DType): 1 | 2 => (dtype === 'f64' ? 2 : 1)

/** Bytes of an element in memory. */
export const bytesOf = (dtype: DType): 1 | 4 | 8 => (dtype === 'f64' ? 8 : dtype === 'bool' ? 1 : 4)

/** Bytes of a tensor in memory. */
export const bytesIn = ({ dtype, shape }: Slot): number => bytesOf(dtype) * size(shape)

/** Keeps the vectors of an expression in new variables. */
export const kept = (writer: Writer, quad: Quad): Quad =>
  quad.map((vector) => {
    const local = writer.local('v128')
    writer.write(set(local, vector))
    return local
  })
