/**
 * The transpose of every primitive, or the reason why it has none.
 *
 * @since 0.1.0
 */
import type { TransposeRules } from '../rule.ts'
import { control } from './control.ts'
import { linear } from './linear.ts'

export const transposeRules: TransposeRules = { ...linear, ...control }
