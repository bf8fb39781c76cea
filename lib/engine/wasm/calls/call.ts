/**
 * Calls of kernels, and what is shared while those of a program are made.
 *
 * @since 0.1.0
 */
import type { Slot } from '../../../tensor/index.ts'
import type { Compilation } from '../compilation.ts'
import type { Inside } from '../control/inside.ts'
import type { Kernel, Task } from '../kernel.ts'
import type { Group } from '../passes/fuse.ts'
import type { Graph } from '../passes/graph.ts'
import type { Splitting } from '../threads/split.ts'

// model

/** A place in a buffer, in bytes. */
export interface Place {
  readonly buffer: number
  readonly offset: number
}

/** One call of a kernel. */
export interface Call {
  /** the primitives that it computes */
  readonly name: string
  readonly kernel: Kernel
  readonly reads: readonly Place[]
  readonly writes: readonly number[]
  /** for each write the operands whose place it may take */
  readonly reusable: readonly (readonly number[])[]
  /** how threads may share it */
  readonly split: () => Splitting | undefined
}

/** A program as calls. Buffers are its variables, and further numbers for copies. */
export interface Calls {
  readonly calls: readonly Call[]
  /** how many variables the program has */
  readonly variables: number
  readonly slotOf: (buffer: number) => Slot
  /** the output of the program that each buffer is, of those that are one */
  readonly outputOf: ReadonlyMap<number, number>
  /** the buffers that hold panels of a matrix */
  readonly packed: ReadonlySet<number>
}

/** What the calls of a program share while they are made. */
export interface Making {
  readonly compilation: Compilation
  readonly graph: Graph
  readonly inside: Inside
  /** whether a buffer is the same in all calls of the program */
  readonly isFixed: (buffer: number) => boolean
  /** the roots that are panels in memory */
  readonly packed: ReadonlySet<number>
  /** other panels of matrices, by variable */
  readonly panels: Map<number, number>
  /** the roots that leave the group that computes them */
  readonly written: ReadonlySet<number>
  readonly calls: Call[]
  /** what the buffers after the program's variables hold */
  readonly copies: Slot[]
}

export type Slots = Pick<Task<unknown>, 'operands' | 'outputs'>

/** The primitives of a group. */
export const nameOf = (graph: Graph, { equations }: Group): string =>
  equations.map((e) => graph.program.equations[e]!.primitive).join(' ')

// constructors

/** The beginnings of buffers. */
export const wholly = (buffers: readonly number[]): readonly Place[] => buffers.map((buffer) => ({ buffer, offset: 0 }))
