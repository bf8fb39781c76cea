/**
 * The table of the reference engine: how each primitive is computed.
 *
 * @since 0.1.0
 */
import type { Equation, Primitive } from '../../expr/internal.ts'
import { arithmetic } from './arithmetic.ts'
import { bitwise } from './bitwise.ts'
import { comparison } from './comparison.ts'
import { control } from './control.ts'
import { conversion } from './conversion.ts'
import { convolution } from './convolution.ts'
import { creation } from './creation.ts'
import { elementary } from './elementary.ts'
import { indexing } from './indexing.ts'
import type { Context, Kernel, Rule, Rules } from './kernel.ts'
import { contraction } from './matmul.ts'
import { movement } from './movement.ts'
import { reduction } from './reduction.ts'
import { sorting } from './sort.ts'
import { threefry } from './threefry.ts'
import { windows } from './window.ts'

/** Every primitive's rule. */
const rules: Rules<Primitive> = {
  ...arithmetic,
  ...bitwise,
  ...elementary,
  ...comparison,
  ...conversion,
  ...creation,
  ...reduction,
  ...contraction,
  ...movement,
  ...indexing,
  ...sorting,
  ...threefry,
  ...convolution,
  ...windows,
  ...control
}

/** The kernel of an equation. */
export const kernelOf = ({ primitive, parameters }: Equation, context: Context): Kernel =>
  // the parameters of an equation are those of its primitive, which TypeScript does not see through the index
  (rules[primitive] as Rule<unknown>)(context, parameters)
