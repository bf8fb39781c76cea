/**
 * The rules of the primitives that work element by element with instructions; elementary functions are elsewhere.
 *
 * @since 0.1.0
 */
import { arithmetic } from './arithmetic.ts'
import { bitwise } from './bitwise.ts'
import { comparison } from './comparison.ts'
import { conversion } from './conversion.ts'
import { division } from './division.ts'
import { extrema } from './extremum.ts'
import { threefry } from './threefry.ts'

export { constantQuad, gatherQuad, loadPart, loadQuad, splatQuad, storePart, storeQuad, type Count } from './memory.ts'

export const elements = {
  ...arithmetic,
  ...bitwise,
  ...comparison,
  ...conversion,
  ...division,
  ...extrema,
  ...threefry
} as const
