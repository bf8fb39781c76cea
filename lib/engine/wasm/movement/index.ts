/**
 * Kernels that move elements.
 *
 * @since 0.1.0
 */
import type { KernelRules } from '../kernel.ts'
import { concat } from './concat.ts'
import { pad } from './pad.ts'

export { copyKernel } from './copy.ts'
export type { View } from './view.ts'

export const movement: KernelRules<'concat' | 'pad'> = { ...concat, ...pad }
