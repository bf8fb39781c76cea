/**
 * The name that was probably meant.
 *
 * @since 0.1.0
 */

/** One row of the table of distances: the words' letters so far, the row above, and the row above that. */
interface Row {
  readonly previous: string
  readonly last: readonly number[]
  readonly beforeLast: readonly number[]
}

const nextRow =
  (other: readonly string[]) =>
  ({ previous, last, beforeLast }: Row, letter: string): Row => {
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
    return { previous: letter, last: row, beforeLast: last }
  }

/**
 * How many letters have to be inserted, removed, replaced or swapped with their neighbours to get from one word to
 * another (optimal string alignment).
 */
export const distance = (a: string, b: string): number => {
  const letters = Array.from(b)
  const first: Row = { previous: '', last: [0, ...letters.map((_, i) => i + 1)], beforeLast: [] }
  return Array.from(a).reduce(nextRow(letters), first).last[letters.length] ?? 0
}

/** The known name that is nearest to a given one, if it is near: at most a third of its letters, or its case. */
export const nearest = (name: string, known: readonly string[]): string | undefined => {
  const [best] = known
    .map((candidate) => ({ candidate, away: distance(name.toLowerCase(), candidate.toLowerCase()) }))
    .toSorted((a, b) => a.away - b.away)
  return best !== undefined && best.away <= Math.floor(name.length / 3) ? best.candidate : undefined
}

/** `; did you mean add?`, or nothing where no name is near. */
export const suggestion = (name: string, known: readonly string[]): string => {
  const meant = nearest(name, known)
  return meant === undefined ? '' : `; did you mean ${meant}?`
}
