/**
 * The known word nearest to a misspelt one.
 *
 * @since 0.1.0
 */

/** One row of the edit-distance table: the distances of the prefixes of `word` to one more letter of the other. */
const nextRow = (previous: readonly number[], letter: string, word: string): readonly number[] =>
  [...word].reduce<readonly number[]>(
    (row, other, i) => [
      ...row,
      Math.min(
        (row[i] ?? 0) + 1,
        (previous[i + 1] ?? 0) + 1,
        (previous[i] ?? 0) + (letter.toLowerCase() === other.toLowerCase() ? 0 : 1)
      )
    ],
    [(previous[0] ?? 0) + 1]
  )

/** The number of letters to insert, delete or replace; upper and lower case are the same letter. */
const editDistance = (a: string, b: string): number =>
  [...a].reduce<readonly number[]>(
    (row, letter) => nextRow(row, letter, b),
    Array.from({ length: b.length + 1 }, (_, i) => i)
  )[b.length] ?? a.length

/** `; did you mean 'x'?` where a known word is near, else the list of what is known. */
export const suggestion = (word: string, known: readonly string[]): string => {
  const nearest = known
    .map((candidate) => ({ candidate, distance: editDistance(word, candidate) }))
    .reduce((best, next) => (next.distance < best.distance ? next : best), { candidate: '', distance: Infinity })
  return nearest.distance <= Math.max(2, Math.floor(word.length / 3))
    ? `; did you mean '${nearest.candidate}'?`
    : `; known are ${known.join(', ')}`
}
