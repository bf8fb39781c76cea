/**
 * Writes every example of the library and of the README to spec/.generated/docs: a folder for each source file, a module
 * for each example. Examples keep their lines, and their names do not meet.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { examplesOfMarkdown, examplesOfSource, type Example } from './example.ts'
import { instrument } from './instrument.ts'

export const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = join(root, 'spec/.generated/docs')
const helpers = join(root, 'spec/docs/claim.ts')

/** An example and the module that was made of it. */
export interface Written {
  readonly example: Example
  /** relative to the repository */
  readonly path: string
  readonly claims: number
  readonly unreadable: readonly string[]
}

/** The files below a folder of the repository, relative to the repository, in order. */
export const filesBelow = (name: string): readonly string[] =>
  readdirSync(join(root, name), { recursive: true, encoding: 'utf8', withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .toSorted()

const read = (file: string): string => readFileSync(join(root, file), 'utf8')

const examples = (): readonly Example[] => [
  ...filesBelow('lib').flatMap((file) => (file.endsWith('.ts') ? examplesOfSource(file, read(file)) : [])),
  ...['README.md'].flatMap((file) => (existsSync(join(root, file)) ? examplesOfMarkdown(file, read(file)) : []))
]

/** The module's name: that of the symbol, with a number where it is taken; letters' case does not tell files apart. */
const pathsOf = (all: readonly Example[]): readonly string[] => {
  const nameOf = ({ file, symbol }: Example): string =>
    `spec/.generated/docs/${file.replace(/^lib\//, '').replace(/\.\w+$/, '')}/${symbol.replaceAll(/[^\w]+/g, '-')}`
  const names = all.map(nameOf)
  const small = names.map((name) => name.toLowerCase())
  return names.map((name, i) => {
    const earlier = small.slice(0, i).filter((other) => other === small[i]).length
    return `${name}${earlier === 0 ? '' : `-${earlier + 1}`}.ts`
  })
}

const write = (path: string, code: string): void => {
  const file = join(root, path)
  mkdirSync(dirname(file), { recursive: true })
  // what has not changed stays, for the caches of those who read it
  if (!existsSync(file) || readFileSync(file, 'utf8') !== code) writeFileSync(file, code)
}

/** Writes the modules of all examples and removes those of examples that are gone. */
export const generate = (): readonly Written[] => {
  const all = examples()
  const paths = pathsOf(all)
  mkdirSync(folder, { recursive: true })
  const kept = new Set(paths)
  filesBelow('spec/.generated/docs').forEach((path) => {
    if (!kept.has(path)) rmSync(join(root, path), { force: true })
  })
  return all.map((example, i) => {
    const path = paths[i] ?? ''
    const made = instrument(example, relative(dirname(join(root, path)), helpers).replaceAll('\\', '/'))
    write(path, made.code)
    return {
      example,
      path,
      claims: made.claims,
      unreadable: made.unreadable.map(
        ({ line, text }) => `${example.file}:${example.line + line} ${example.symbol}: no value or type: ${text}`
      )
    }
  })
}
