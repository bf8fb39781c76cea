/**
 * Kernels: functions of a module that compute one task from buffers to buffers.
 *
 * A kernel is a function of pointers: the operands in order, then the outputs, then, where it needs any, scratch
 * memory. So tasks of equal shapes share one kernel. Buffers are row-major and aligned to their elements (a scan hands
 * out slices of a buffer), no more. A kernel writes every element of its outputs and nothing else; it may read up to 16
 * bytes beyond the end of an operand. An output overlaps no operand, but for those whose place a call says it may take.
 *
 * @since 0.1.0
 */
import type { Parameters, Primitive } from '../../expr/internal.ts'
import type { Slot } from '../../tensor/index.ts'
import type { FunctionDefinition } from './assembler/index.ts'
import type { Compilation } from './compilation.ts'

export interface Kernel {
  /** parameters: pointers to operands, to outputs, and, where `scratch` is not 0, to scratch memory; no results */
  readonly definition: FunctionDefinition
  /** bytes of scratch memory, whose contents are arbitrary; its pointer is aligned to 64 */
  readonly scratch: number
  /** an estimate of the arithmetic operations in one call; of a loop that nobody knows the length of, in one turn */
  readonly operations: number
}

/** What a kernel is made for. */
export interface Task<Q> {
  readonly operands: readonly Slot[]
  readonly outputs: readonly Slot[]
  readonly parameters: Q
}

/** How a primitive with parameters Q becomes a kernel. */
export type KernelRule<Q> = (compilation: Compilation, task: Task<Q>) => Kernel

/** Rules of some of the primitives, by name. */
export type KernelRules<P extends Primitive> = { readonly [K in P]: KernelRule<Parameters[K]> }

/** A text that tells tasks of a primitive apart. */
export const keyOf = (name: string, { operands, outputs, parameters }: Task<unknown>): string =>
  `${name} ${[...operands, ...outputs].map(({ dtype, shape }) => `${dtype}[${shape.join()}]`).join(' ')} ${JSON.stringify(parameters)}`
