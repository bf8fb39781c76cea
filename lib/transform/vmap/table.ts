/**
 * The batched form of every primitive.
 *
 * @since 0.1.0
 */
import type { BatchRules } from '../rule.ts'
import { axes } from './axes.ts'
import { control } from './control.ts'
import { pointwise } from './pointwise.ts'
import { sliding } from './sliding.ts'

export const batchRules: BatchRules = { ...pointwise, ...axes, ...sliding, ...control }
