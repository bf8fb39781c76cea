/**
 * Flags that a step may set and never takes back, such as which carries of a loop have a tangent, or the batch.
 *
 * @since 0.1.0
 */

/** The flags to which the step adds none. */
export const settle = (
  flags: readonly boolean[],
  step: (flags: readonly boolean[]) => readonly boolean[]
): readonly boolean[] => {
  const found = step(flags)
  const next = flags.map((on, i) => on || found[i] === true)
  return next.every((on, i) => on === flags[i]) ? flags : settle(next, step)
}
