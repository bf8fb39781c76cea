/**
 * Numbers, names and tables as text.
 *
 * @since 0.1.0
 */
import type { Slot } from '../../../tensor/index.ts'
import type { Lowered } from '../lower.ts'

/** An integer with its digits in threes. */
export const digits = (n: number): string => String(Math.round(n)).replace(/\B(?=(\d{3})+$)/g, ' ')

/** A count with its noun. */
export const counted = (n: number, noun: string): string => `${digits(n)} ${noun}${n === 1 ? '' : 's'}`

/** The name of a kernel, each primitive once with its count: `multiply ×3, add`. */
export const shortName = (name: string): string => {
  const counts = new Map<string, number>()
  for (const word of name.split(' ')) counts.set(word, (counts.get(word) ?? 0) + 1)
  return [...counts].map(([word, count]) => (count === 1 ? word : `${word} ×${count}`)).join(', ')
}

/** A type and shape as in tensors' own text, briefly: `f32[2, 3]`. */
export const briefly = ({ dtype, shape }: Slot): string => `${dtype}[${shape.join(', ')}]`

/** Where a buffer is in memory. */
export const placeOf = ({ program, outputOf, plan }: Lowered, buffer: number): string => {
  if (buffer < program.inputs.length) return `input ${buffer}`
  const output = outputOf.get(buffer)
  if (output !== undefined) return `output ${output}`
  const offset = plan.offsets.get(buffer)
  return offset === undefined ? 'constant' : `frame + ${digits(offset)}`
}

/** A buffer in words. */
export const showBuffer = (lowered: Lowered, buffer: number): string =>
  `v${buffer} ${briefly(lowered.slotOf(buffer))} ${placeOf(lowered, buffer)}`

/** Rows of cells as lines whose columns stand below each other: the first two to the left, the others to the right. */
export const table = (rows: readonly (readonly string[])[]): readonly string[] => {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]!.length)))
  return rows.map((row) =>
    row
      .map((cell, column) => (column === 1 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)))
      .join('  ')
      .trimEnd()
  )
}
