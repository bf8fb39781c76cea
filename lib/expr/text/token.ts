/**
 * The words of the text form.
 *
 * @since 0.1.0
 */

// model

/** A word, number, text in quotes or symbol, and where it stands; `end` comes after the last. */
export interface Token {
  readonly kind: 'word' | 'number' | 'string' | 'symbol' | 'unknown' | 'end'
  readonly text: string
  /** the place of its first character in the source */
  readonly at: number
}

// constructors

/** Blanks and comments (`// …` to the end of the line) are skipped; each other alternative is a kind of token. */
const pattern = new RegExp(
  [
    String.raw`(?:\s|//[^\n]*)+`,
    String.raw`(?<number>-?(?:\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|inf\b))`,
    String.raw`(?<word>[A-Za-z_][A-Za-z0-9_]*)`,
    String.raw`(?<string>"(?:[^"\\\n]|\\.)*")`,
    String.raw`(?<symbol>[()[\]{},:=])`,
    String.raw`(?<unknown>.)`
  ].join('|'),
  'gsu'
)

const kinds = ['word', 'symbol', 'number', 'string', 'unknown'] as const

const tokenOf = (match: RegExpExecArray): readonly Token[] => {
  const kind = kinds.find((name) => match.groups?.[name] !== undefined)
  return kind === undefined ? [] : [{ kind, text: match[0], at: match.index }]
}

/** The tokens of a source, in order; the last is the only `end`. */
export const tokenise = (source: string): readonly Token[] => [
  ...Array.from(source.matchAll(pattern), tokenOf).flat(),
  { kind: 'end', text: '', at: source.length }
]

// destructors

/** A token in a sentence. */
export const showToken = ({ kind, text }: Token): string => (kind === 'end' ? 'the end of the text' : `'${text}'`)

/** The line and column of a place in a source, both from 1. */
export const position = (source: string, at: number): string => {
  const before = source.slice(0, at).split('\n')
  return `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`
}
