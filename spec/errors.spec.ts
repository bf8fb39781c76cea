/**
 * What the compiler says about wrong programs: every file in spec/errors is compiled once, and what the compiler says is
 * compared with spec/errors/expected.txt. To rewrite that file: UPDATE=1 npx vitest run spec/errors.spec.ts
 */
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = join(root, 'spec/errors')
const expectedFile = join(folder, 'expected.txt')

interface Complaint {
  readonly file: string
  readonly line: number
  readonly column: number
  readonly text: string
}

const compile = (): string => {
  try {
    return execFileSync(join(root, 'node_modules/.bin/tsc'), ['-p', 'spec/errors/tsconfig.json'], {
      cwd: root,
      encoding: 'utf8'
    })
  } catch (error) {
    // the compiler ends with an error code, for the programs are wrong
    return error !== null && typeof error === 'object' && 'stdout' in error ? String(error.stdout) : String(error)
  }
}

const position = /^spec\/errors\/([\w-]+\.ts)\((\d+),(\d+)\): error (TS\d+: .*)$/

/** The complaints about the wrong programs; each begins in one line and may go on in indented ones. */
const complaintsIn = (output: string): readonly Complaint[] =>
  output.split('\n').reduce<readonly Complaint[]>((found, line) => {
    const begin = position.exec(line)
    if (begin !== null) {
      const [, file = '', at = '', column = '', text = ''] = begin
      return [...found, { file, line: Number(at), column: Number(column), text }]
    }
    const last = found[found.length - 1]
    return line.startsWith(' ') && last !== undefined
      ? [...found.slice(0, -1), { ...last, text: `${last.text}\n${line}` }]
      : found
  }, [])

const sources = readdirSync(folder)
  .filter((name) => name.endsWith('.ts'))
  .toSorted()
const linesOf = (file: string): readonly string[] => readFileSync(join(folder, file), 'utf8').split('\n')

/** The comment above a line that names the mistake. */
const mistakeAt = (lines: readonly string[], line: number): string =>
  lines
    .slice(0, line)
    .toReversed()
    .find((text) => text.startsWith('// '))
    ?.slice(3) ?? ''

const report = (complaints: readonly Complaint[]): string =>
  complaints
    .map(({ file, line, column, text }) => {
      const lines = linesOf(file)
      const place = lines[line - 1]?.slice(column - 1) ?? ''
      return `${file}: ${mistakeAt(lines, line)}\n  at ${place}\n  ${text.replaceAll('\n', '\n  ')}\n`
    })
    .join('\n')

describe('what the compiler says about wrong programs', () => {
  const complaints = complaintsIn(compile())
  const mistakes = sources.flatMap((file) => {
    const lines = linesOf(file)
    return lines.flatMap((text, i) =>
      text.startsWith('// ') && lines[i + 1]?.startsWith('export const') === true ? [`${file}: ${text.slice(3)}`] : []
    )
  })

  it('is what the golden file says', () => {
    const actual = report(complaints)
    if (process.env['UPDATE'] === '1') writeFileSync(expectedFile, actual)
    expect(actual).toBe(readFileSync(expectedFile, 'utf8'))
  })

  it('is one complaint for each mistake, in order', () => {
    expect(complaints.map(({ file, line }) => `${file}: ${mistakeAt(linesOf(file), line)}`)).toEqual(mistakes)
  })

  it('is one line for a layer in network(...)', () => {
    const long = complaints.filter(({ file, text }) => file === 'network-list.ts' && text.includes('\n'))
    expect(long).toEqual([])
  })

  it('is the same sentence in network(...) and, as the last line, in pipe', () => {
    const byMistake = (wanted: string): ReadonlyMap<string, string> =>
      new Map(
        complaints
          .filter(({ file }) => file === wanted)
          .map(({ file, line, text }) => [mistakeAt(linesOf(file), line), /'"([^"]*)"'\.$/.exec(text)?.[1] ?? text])
      )
    const list = byMistake('network-list.ts')
    const piped = [...byMistake('network-pipe.ts')]
    expect(piped.length).toBeGreaterThanOrEqual(16)
    expect(piped).toEqual(piped.map(([mistake]) => [mistake, list.get(mistake)]))
  })
})
