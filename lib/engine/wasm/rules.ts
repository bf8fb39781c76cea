/**
 * The kernels of the primitives that are not fused: one rule for each.
 *
 * @since 0.1.0
 */
import type { Equation, Primitive } from '../../expr/internal.ts'
import { raise } from '../../shape/index.ts'
import type { Slot } from '../../tensor/index.ts'
import type { Compilation } from './compilation.ts'
import { cond } from './control/cond.ts'
import type { ControlRule, Inside } from './control/inside.ts'
import { scan } from './control/scan.ts'
import { whileLoop } from './control/while-loop.ts'
import { convolution } from './convolution/index.ts'
import { indexing } from './indexing/index.ts'
import type { Kernel, KernelRule, KernelRules } from './kernel.ts'
import { movement } from './movement/index.ts'
import { windows } from './window/index.ts'

/** The primitives that are kernels of their own; a matrix product has views for operands, and a rule elsewhere. */
type KernelPrimitive = keyof typeof kernels

const kernels = { ...indexing, ...movement, ...convolution, ...windows } satisfies Partial<KernelRules<Primitive>>

const control = { scan, cond, whileLoop } as const

interface Slots {
  readonly operands: readonly Slot[]
  readonly outputs: readonly Slot[]
}

/** The kernel of an equation that is not fused; `inside` makes the kernels of the programs in it. */
export const kernelFor = (
  compilation: Compilation,
  { primitive, parameters }: Equation,
  slots: Slots,
  inside: Inside
): Kernel => {
  const task = { ...slots, parameters }
  // the parameters of an equation are those of its primitive, which TypeScript does not see through the index
  if (Object.hasOwn(control, primitive))
    return (control[primitive as keyof typeof control] as ControlRule<never>)(task as never, inside)
  return Object.hasOwn(kernels, primitive)
    ? (kernels[primitive as KernelPrimitive] as KernelRule<unknown>)(compilation, task)
    : raise(`engine: there is no kernel for ${primitive}`)
}
