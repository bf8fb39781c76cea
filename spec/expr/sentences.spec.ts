/**
 * Every mistake of spec/errors/operators.ts is refused at run time with the sentence that the compiler says, which
 * spec/errors/expected.txt has.
 */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { sentenceOf } from './helpers.ts'

const source = new URL('../errors/operators.ts', import.meta.url)
const text = (url: URL): string => readFileSync(fileURLToPath(url), 'utf8')

/** The sentence of each mistake: the last string literal type in what the compiler says. */
const expected = new Map(
  text(new URL('../errors/expected.txt', import.meta.url))
    .split(/\n\n/)
    .flatMap((entry) => {
      const mistake = /^operators\.ts: (.*)$/m.exec(entry)?.[1]
      const sentence = [...entry.matchAll(/'"(.*)"'\.$/gm)].at(-1)?.[1]
      return mistake === undefined || sentence === undefined ? [] : [[mistake, sentence] as const]
    })
)

const mistakes = [...text(source).matchAll(/^\/\/ (.*)\nexport const (e\d+)/gm)].map(
  ([, mistake = '', name = '']) => [mistake, name] as const
)

describe('what does not fit', async () => {
  // not imported by name: the file does not type-check
  const wrong = (await import(source.href)) as Readonly<Record<string, () => unknown>>

  it('is listed', () => {
    expect(mistakes.length).toBeGreaterThanOrEqual(58)
    expect(mistakes.map(([mistake]) => mistake)).toEqual([...expected.keys()])
  })

  it('is told apart from what fits', () => {
    expect(sentenceOf(() => wrong['right']?.())).toBe('nothing was thrown')
  })

  it.each(mistakes)('is refused when it runs as it is by the compiler: %s', (mistake, name) => {
    expect(sentenceOf(() => wrong[name]?.())).toBe(expected.get(mistake))
  })
})
