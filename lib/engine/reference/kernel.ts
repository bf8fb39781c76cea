/**
 * Kernels: what an equation becomes when its shapes and element types are known.
 *
 * A kernel is made once, when a program is compiled, and then reads its operands' buffers and writes its outputs'. It
 * may write to its outputs only, and has to write every element of them: their old contents are arbitrary.
 *
 * @since 0.1.0
 */
import type { Parameters, Primitive, Program } from '../../expr/internal.ts'
import type { Slot } from '../../tensor/index.ts'
import type { Buffer } from '../../tensor/internal.ts'

// model

/** A compiled program on bare buffers. Its results are never written again, but may be its inputs. */
export type Evaluate = (inputs: readonly Buffer[]) => readonly Buffer[]

export type Kernel =
  /** computes into buffers that it is given */
  | { readonly kind: 'compute'; readonly run: (inputs: readonly Buffer[], outputs: readonly Buffer[]) => void }
  /** reads the bytes of its one operand in another way */
  | { readonly kind: 'view'; readonly view: (operand: Buffer) => Buffer }
  /** is the same in every run */
  | { readonly kind: 'constant'; readonly buffer: Buffer }
  /** runs programs, which own their results */
  | { readonly kind: 'program'; readonly run: Evaluate }

/** What is known of an equation when it is compiled. */
export interface Context {
  readonly operands: readonly Slot[]
  readonly outputs: readonly Slot[]
  readonly compile: (program: Program) => Evaluate
}

/** How a primitive with parameters Q becomes a kernel. */
export type Rule<Q> = (context: Context, parameters: Q) => Kernel

/** Rules of some of the primitives, by name. */
export type Rules<P extends Primitive> = { readonly [Q in P]: Rule<Parameters[Q]> }

/** A loop over whole buffers of one length. */
export type Loop1 = (out: Buffer, x: Buffer) => void
export type Loop2 = (out: Buffer, a: Buffer, b: Buffer) => void
export type Loop3 = (out: Buffer, a: Buffer, b: Buffer, c: Buffer) => void

// constructors

// the table of primitives has checked how many operands there are, so they are there

export const compute1 = (loop: Loop1): Kernel => ({
  kind: 'compute',
  run: (inputs, outputs) => {
    loop(outputs[0]!, inputs[0]!)
  }
})

export const compute2 = (loop: Loop2): Kernel => ({
  kind: 'compute',
  run: (inputs, outputs) => {
    loop(outputs[0]!, inputs[0]!, inputs[1]!)
  }
})

export const compute3 = (loop: Loop3): Kernel => ({
  kind: 'compute',
  run: (inputs, outputs) => {
    loop(outputs[0]!, inputs[0]!, inputs[1]!, inputs[2]!)
  }
})

/** The operand itself under another shape. */
export const same: Kernel = { kind: 'view', view: (operand) => operand }

/** The slot of an operand that the table of primitives has checked to be there. */
export const operandOf = (context: Context, index: number): Slot => context.operands[index]!

/** The slot of an output. */
export const outputOf = (context: Context, index = 0): Slot => context.outputs[index]!
