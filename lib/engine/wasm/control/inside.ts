/**
 * What the rules of loops and branches share: they call the functions of the programs inside.
 *
 * @since 0.1.0
 */
import type { Parameters, Primitive, Program } from '../../../expr/internal.ts'
import type { FunctionDefinition } from '../assembler/index.ts'
import { spaced } from '../compilation.ts'
import type { Kernel, Task } from '../kernel.ts'

/** A program that runs again and again in one frame. */
export interface Repeated extends Kernel {
  /** a function of the same parameters, to be called once before; of the pointers it reads those that are fixed */
  readonly prologue: FunctionDefinition | undefined
}

/** The kernel of a program: its inputs, of which the first `fixed` stay the same, its outputs, its frame. */
export type Inside = (program: Program, fixed?: number) => Repeated

export type ControlRule<P extends Primitive> = (task: Task<Parameters[P]>, inside: Inside) => Kernel

/** Places for buffers of some sizes one after the other. */
export const carve = (sizes: readonly number[]): { readonly places: readonly number[]; readonly bytes: number } => {
  const places: number[] = []
  let bytes = 0
  for (const each of sizes) {
    places.push(bytes)
    bytes += spaced(each)
  }
  return { places, bytes }
}
