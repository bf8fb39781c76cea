/**
 * Kernels that read, add and order elements at computed places.
 *
 * @since 0.1.0
 */
import type { KernelRules } from '../kernel.ts'
import { argMax } from './arg-max.ts'
import { gather } from './gather.ts'
import { scatterAdd } from './scatter-add.ts'
import { sort } from './sort.ts'

export const indexing: KernelRules<'gather' | 'scatterAdd' | 'argMax' | 'sort'> = {
  ...gather,
  ...scatterAdd,
  ...argMax,
  ...sort
}
