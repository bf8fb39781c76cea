/**
 * Texts that tell values apart: keys of what is shared.
 *
 * @since 0.1.0
 */

const spelled = (_: string, value: unknown): unknown =>
  typeof value !== 'number' || (Number.isFinite(value) && !Object.is(value, -0))
    ? value
    : Object.is(value, -0)
      ? '-0'
      : String(value)

/** As JSON, with −0, NaN and the infinities, which JSON has no words for, as texts. */
export const textOf = (value: unknown): string => JSON.stringify(value, spelled)
