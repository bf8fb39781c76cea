/**
 * Every example of the documentation compiles, runs, and says what its comments claim (comment.ts has the convention).
 */
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { generate, root, type Written } from './generate.ts'

const written = generate()

/** Everything the compiler says about the examples; it works while they run. */
const complaints = new Promise<readonly string[]>((resolve) => {
  execFile(
    join(root, 'node_modules/.bin/tsc'),
    ['-p', 'spec/docs/tsconfig.json'],
    { cwd: root, maxBuffer: 2 ** 26 },
    (_, out, err) => {
      resolve(`${out}${err}`.split('\n').filter((line) => line !== ''))
    }
  )
})

/** The complaints about a module, indented lines with the one they explain; the module's line 2 is the example's first. */
const complaintsAbout = ({ example, path }: Written, lines: readonly string[]): readonly string[] =>
  lines.flatMap((line, i) => {
    if (!line.startsWith(`${path}(`)) return []
    const [, at = '', text = ''] = /\((\d+),\d+\): (.*)$/.exec(line) ?? []
    const rest = lines.slice(i + 1)
    const end = rest.findIndex((next) => !next.startsWith(' '))
    const more = end < 0 ? rest : rest.slice(0, end)
    return [[`${example.file}:${example.line + Number(at) - 2} ${example.symbol}: ${text}`, ...more].join('\n')]
  })

/** A text with every piece of white space as one blank. */
const flat = (text: string): string => text.split(/\s+/).join(' ').trim()

/** The names that an example has from elsewhere. */
const importedBy = (code: string): readonly string[] =>
  [...code.matchAll(/^import (?:type )?(?:\* as (\w+)|\{([^}]*)\})/gm)].flatMap(([, namespace, list = '']) =>
    namespace === undefined
      ? list.split(',').map((name) =>
          name
            .replace(/^\s*type /, '')
            .replace(/^.* as /, '')
            .trim()
        )
      : [namespace]
  )

describe('the examples of the documentation', () => {
  it('are there', () => {
    expect(written.filter(({ example }) => example.file.startsWith('lib/')).length).toBeGreaterThan(300)
    expect(written.reduce((sum, { claims }) => sum + claims, 0)).toBeGreaterThan(200)
  })

  it('compile', { timeout: 120_000 }, async () => {
    const lines = await complaints
    const wrong = written.flatMap((one) => (one.example.treatment === 'refuse' ? [] : complaintsAbout(one, lines)))
    const elsewhere = lines.filter((line) => line.startsWith('error'))
    expect([...wrong, ...elsewhere]).toEqual([])
  })

  it('do not compile where they say so, for the reason they give', { timeout: 120_000 }, async () => {
    const lines = await complaints
    written
      .filter(({ example }) => example.treatment === 'refuse')
      .forEach((one) => {
        const said = flat(complaintsAbout(one, lines).join(' '))
        expect(said, `${one.example.file}:${one.example.line} compiles`).not.toBe('')
        expect(said).toContain(flat(one.example.says ?? ''))
      })
  })

  it('import nothing that they do not use', () => {
    expect(
      written.flatMap(({ example: { file, line, symbol, code } }) =>
        importedBy(code)
          .filter((name) => code.split(new RegExp(`(?<![\\w$'])${name}(?![\\w$'])`)).length < 3)
          .map((name) => `${file}:${line} ${symbol}: ${name}`)
      )
    ).toEqual([])
  })

  it('claim nothing that cannot be checked', () => {
    expect(written.flatMap(({ unreadable }) => unreadable)).toEqual([])
  })
})

describe('an example', () => {
  beforeAll(() => {
    vi.spyOn(console, 'log').mockImplementation(() => undefined)
  })
  afterAll(() => {
    vi.restoreAllMocks()
  })

  written
    .filter(({ example }) => example.treatment === 'run')
    .forEach(({ example: { file, line, symbol }, path }) => {
      it(`${file}:${line} ${symbol}`, async () => {
        const outcome: unknown = await import(/* @vite-ignore */ join(root, path))
        expect(outcome).toBeDefined()
      })
    })
})
