/**
 * Settings that no shape rule looks at: checked where a layer is made.
 *
 * @since 0.1.0
 */
import { raise } from '../shape/index.ts'

/** The setting itself if it is a finite number. */
export const finiteSetting = (what: string, setting: string, value: number): number =>
  Number.isFinite(value) ? value : raise(`${what}: the ${setting} has to be a finite number, got ${value}`)
