/**
 * The one table of the primitives.
 *
 * @since 0.1.0
 */
import { control } from './control.ts'
import { creation } from './creation.ts'
import type { Definition, Definitions } from './definition.ts'
import { elementwise } from './elementwise.ts'
import { indexing } from './indexing.ts'
import { movement } from './movement.ts'
import type { Parameters, Primitive } from './parameters.ts'
import { reductions } from './reduction.ts'
import { sliding } from './sliding.ts'

/** Every primitive's shape rule and parameter codec. */
const table: Definitions<Primitive> = {
  ...elementwise,
  ...creation,
  ...reductions,
  ...movement,
  ...indexing,
  ...sliding,
  ...control
}

/** The names of all primitives, in the order of the table. */
export const primitives: readonly Primitive[] =
  // Object.keys forgets that the keys are the table's
  Object.keys(table) as readonly Primitive[]

export const isPrimitive = (name: string): name is Primitive => Object.hasOwn(table, name)

export const definitionOf = <P extends Primitive>(primitive: P): Definition<Parameters[P]> => table[primitive]
