/**
 * The name that was probably meant.
 *
 * @since 0.1.0
 */

// model

/** One row of the table of distances: the letter of the row, the row above, and the row above that. */
interface Row {
  readonly letter: string
  readonly last: readonly number[]
  readonly beforeLast: readonly number[]
}

// distance

const nextRow =
  (other: readonly string[]) =>
  ({ letter: previous, last, beforeLast }: Row, letter: string): Row => {
    const row = other.reduce<readonly number[]>(
      (left, candidate, i) => {
        const replaced = (last[i] ?? 0) + (letter === candidate ? 0 : 1)
        const inserted = Math.min((left[i] ?? 0) + 1, (last[i + 1] ?? 0) + 1)
        const isSwap = i > 0 && letter === other[i - 1] && previous === candidate
        const swapped = isSwap ? (beforeLast[i - 1] ?? 0) + 1 : Infinity
        return [...left, Math.min(replaced, inserted, swapped)]
      },
      [(last[0] ?? 0) + 1]
    )
    return { letter, last: row, beforeLast: last }
  }

/**
 * How many letters have to be inserted, removed, replaced or swapped with their neighbours to get from one word to
 * another.
 *
 * @see the optimal string alignment distance: Damerau 1964, A technique for computer detection and correction of
 *   spelling errors; no letter is touched twice
 * @example
 * import { distance } from 'gradfold/codec'
 * distance('lenght', 'length') // 1
 * @category suggestions
 * @since 0.1.0
 */
export const distance = (a: string, b: string): number => {
  const letters = Array.from(b)
  const first: Row = { letter: '', last: [0, ...letters.map((_, i) => i + 1)], beforeLast: [] }
  return Array.from(a).reduce(nextRow(letters), first).last[letters.length] ?? 0
}

// suggestions

/**
 * The known name that is nearest to a given one, if it is near: no more slips than a third of the letters of the given
 * name, rounded down; upper and lower case are the same letter. The first of several that are equally near.
 *
 * @param name the name that is not known.
 * @param known the names that are.
 * @example
 * import { nearest } from 'gradfold/codec'
 * nearest('learningrate', ['learningRate', 'beta1']) // 'learningRate'
 * nearest('lr', ['learningRate', 'beta1']) // undefined
 * @category suggestions
 * @since 0.1.0
 */
export const nearest = (name: string, known: readonly string[]): string | undefined => {
  const allowed = Math.floor(Array.from(name).length / 3)
  const [best] = known
    // the lengths of words that are near are near
    .filter((candidate) => Math.abs(candidate.length - name.length) <= 2 * allowed)
    .map((candidate) => ({ candidate, away: distance(name.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ away }) => away <= allowed)
    .toSorted((a, b) => a.away - b.away)
  return best?.candidate
}

/**
 * The end of a sentence about an unknown name: the name that was probably meant, or nothing. For sentences that list what
 * is known themselves.
 *
 * @example
 * import { didYouMean } from 'gradfold/codec'
 * didYouMean('dens', ['dense', 'flatten']) // "; did you mean 'dense'?"
 * didYouMean('gru', ['dense', 'flatten']) // ''
 * @category suggestions
 * @since 0.1.0
 */
export const didYouMean = (name: string, known: readonly string[]): string => {
  const meant = nearest(name, known)
  return meant === undefined ? '' : `; did you mean '${meant}'?`
}

/**
 * The end of a sentence about an unknown name: the name that was probably meant, or else all that are known.
 *
 * @example
 * import { suggestion } from 'gradfold/codec'
 * suggestion('dens', ['dense', 'flatten']) // "; did you mean 'dense'?"
 * suggestion('gru', ['dense', 'flatten']) // '; known are dense, flatten'
 * @category suggestions
 * @since 0.1.0
 */
export const suggestion = (name: string, known: readonly string[]): string => {
  const meant = didYouMean(name, known)
  if (meant !== '') return meant
  return known.length === 0 ? '; none is known' : `; known are ${known.join(', ')}`
}
