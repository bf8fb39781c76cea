/**
 * Calls that give the same every time a loop calls its body: they are made once, before the loop.
 *
 * @since 0.1.0
 */

/** What matters of a call here. */
interface Use {
  readonly reads: readonly { readonly buffer: number }[]
  readonly writes: readonly number[]
}

/** The calls that depend on nothing but buffers that never change, and the others; both in order. */
export const hoist = <C extends Use>(
  calls: readonly C[],
  isFixed: (buffer: number) => boolean,
  isOutput: (buffer: number) => boolean
): readonly [once: readonly C[], again: readonly C[]] => {
  const fixed = new Set<number>()
  const once = calls.filter(({ reads, writes }) => {
    const isOnce =
      reads.every(({ buffer }) => isFixed(buffer) || fixed.has(buffer)) && !writes.some((buffer) => isOutput(buffer))
    if (isOnce) for (const buffer of writes) fixed.add(buffer)
    return isOnce
  })
  return [once, calls.filter((call) => !once.includes(call))]
}
