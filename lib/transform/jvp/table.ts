/**
 * The forward derivative of every primitive.
 *
 * @since 0.1.0
 */
import type { JvpRules } from '../rule.ts'
import { cond, whileLoop } from './control.ts'
import { customJvp, customLinear, customVjp } from './custom.ts'
import { elementwise } from './elementwise.ts'
import { linear } from './linear.ts'
import { reductions } from './reduction.ts'
import { scan } from './scan.ts'

export const jvpRules: JvpRules = {
  ...elementwise,
  ...linear,
  ...reductions,
  scan,
  cond,
  whileLoop,
  customJvp,
  customVjp,
  customLinear
}
