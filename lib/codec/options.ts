/**
 * Options of builders that are no specs: closed all the same.
 *
 * @since 0.1.0
 */
import { raise } from '../shape/raise.ts'
import { isRecord, showValue } from './show.ts'
import { suggestion } from './suggestion.ts'

/**
 * Throws where a key is no option. The compiler sees misspelt options in a literal only; others come here.
 *
 * @internal
 */
export const requireKnown = (builder: string, known: readonly string[], options: object): void => {
  if (!isRecord(options)) raise(`${builder}: the options have to be a record, got ${showValue(options)}`)
  const unknown = Object.keys(options).find((key) => !known.includes(key))
  if (unknown !== undefined) raise(`${builder}: there is no option '${unknown}'${suggestion(unknown, known)}`)
}
