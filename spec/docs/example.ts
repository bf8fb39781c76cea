/**
 * Examples: the `@example` blocks of docstrings, and the fenced blocks of Markdown files.
 *
 * A Markdown block is a program of its own where it is fenced as
 *
 * - `ts`: it compiles and runs;
 * - `ts continued`: it goes on from the block above it, whose names it uses;
 * - `ts norun`: it compiles, but would run too long or reads files that readers have to bring;
 * - `ts error`: it does not compile; a `text` block directly below it says what the compiler says, in part.
 *
 * Blocks of other languages, and of `typescript`, are no examples.
 */

export type Treatment = 'run' | 'compile' | 'refuse'

export interface Example {
  /** the file of the example, relative to the repository */
  readonly file: string
  /** the line of the file that its first line is, from 1 */
  readonly line: number
  /** what it documents */
  readonly symbol: string
  readonly treatment: Treatment
  readonly code: string
  /** what the compiler has to say of it, white space aside */
  readonly says?: string
}

// docstrings

const docstring = /\/\*\*[\s\S]*?\*\//g
const declaration =
  /^\s*export (?:declare )?(?:abstract )?(?:const|function|type|interface)\s+(?:\{|(?<name>[\w$]+))|^\s*readonly (?<member>[\w$]+)/

const lineOf = (text: string, position: number): number => text.slice(0, position).split('\n').length

/** A line of a docstring without what belongs to the comment. */
const inner = (line: string): string =>
  line
    .replace(/^\s*\*\/$/, '')
    .replace(/^\s*\* ?/, '')
    .trimEnd()

/** The examples of a docstring, each with the number of its first line in the docstring. */
const examplesOf = (comment: string): readonly { readonly first: number; readonly code: string }[] => {
  const lines = comment.split('\n').map(inner)
  return lines.flatMap((line, i) => {
    if (!line.startsWith('@example')) return []
    const rest = lines.slice(i + 1)
    const end = rest.findIndex((text) => /^@[a-z]/i.test(text))
    return [{ first: i + 1, code: (end < 0 ? rest : rest.slice(0, end)).join('\n').trimEnd() }]
  })
}

/** The examples in the docstrings of a source file. */
export const examplesOfSource = (file: string, source: string): readonly Example[] =>
  [...source.matchAll(docstring)].flatMap((match) => {
    const groups = declaration.exec(source.slice(match.index + match[0].length))?.groups
    const symbol = groups?.['name'] ?? groups?.['member'] ?? 'module'
    return examplesOf(match[0]).map(({ first, code }) => ({
      file,
      line: lineOf(source, match.index) + first,
      symbol,
      treatment: 'run' as const,
      code
    }))
  })

// Markdown

const treatments: Readonly<Record<string, Treatment>> = {
  '': 'run',
  continued: 'run',
  norun: 'compile',
  error: 'refuse'
}

interface Block {
  readonly line: number
  readonly mode: string
  readonly code: string
  readonly below: string | undefined
}

const blocksOf = (text: string): readonly Block[] =>
  [...text.matchAll(/^```ts(?: +(?<mode>[^\n]*))?\n(?<code>[\s\S]*?)^```$/gm)].map((match) => ({
    line: lineOf(text, match.index) + 1,
    mode: match.groups?.['mode']?.trim() ?? '',
    code: match.groups?.['code']?.trimEnd() ?? '',
    below: /^\s*```text\n([\s\S]*?)^```$/m.exec(text.slice(match.index + match[0].length))?.[1]
  }))

/** The examples in a Markdown file; a continued one has the text of those above it before its own. */
export const examplesOfMarkdown = (file: string, text: string): readonly Example[] =>
  blocksOf(text).reduce<readonly Example[]>((examples, { line, mode, code, below }) => {
    const treatment = treatments[mode]
    if (treatment === undefined) {
      throw new Error(
        `${file}:${line - 1}: a block is fenced as ts, ts continued, ts norun or ts error, not ts ${mode}`
      )
    }
    const above = examples[examples.length - 1]
    if (mode === 'continued' && above === undefined) throw new Error(`${file}:${line - 1}: continues no block`)
    // the blank lines keep the numbers of the lines those of the file
    const start = mode === 'continued' && above !== undefined ? above : undefined
    const gap = start === undefined ? 0 : line - start.line - start.code.split('\n').length
    const example: Example = {
      file,
      line: start?.line ?? line,
      symbol: `block ${examples.length + 1}`,
      treatment: start?.treatment === 'compile' ? 'compile' : treatment,
      code: start === undefined ? code : start.code + '\n'.repeat(gap + 1) + code,
      ...(treatment === 'refuse' && below !== undefined ? { says: below } : {})
    }
    return [...examples, example]
  }, [])
