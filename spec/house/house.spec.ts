/**
 * The structure of the library: who imports whom, how long files are, what the package exports.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { cycleOf, folderOf, library, root, type Graph } from './imports.ts'

/** The folders from the ground up, and those that each one may import: none above it, and none that is not named. */
const house: Readonly<Record<string, readonly string[]>> = {
  shape: [],
  codec: ['shape'],
  tensor: ['shape'],
  expr: ['shape', 'codec', 'tensor'],
  transform: ['shape', 'codec', 'tensor', 'expr'],
  engine: ['shape', 'tensor', 'expr'],
  random: ['shape', 'codec', 'tensor', 'expr', 'engine'],
  optimizer: ['shape', 'codec', 'tensor', 'expr', 'engine'],
  objective: ['shape', 'codec', 'tensor', 'expr', 'engine', 'optimizer'],
  network: ['shape', 'codec', 'tensor', 'expr', 'engine', 'random'],
  data: ['shape', 'codec', 'tensor', 'engine', 'random'],
  training: [
    'shape',
    'codec',
    'tensor',
    'expr',
    'transform',
    'engine',
    'random',
    'optimizer',
    'objective',
    'network',
    'data'
  ]
}

/** Tables of many similar functions, which read better in one piece. */
const tables: ReadonlySet<string> = new Set<string>([])
const longest = 320

const files = new Set(library.map(({ path }) => path))
const folders = [...new Set(library.flatMap(({ path }) => folderOf(path) ?? []))]

const runtime: Graph = new Map(
  library.map(({ path, imports }) => [
    path,
    imports.flatMap(({ target, typeOnly }) => (!typeOnly && files.has(target) ? [target] : []))
  ])
)

/** The other folders that the files of a folder import, for types as well. */
const importedBy = (folder: string): readonly string[] => [
  ...new Set(
    library
      .filter(({ path }) => folderOf(path) === folder)
      .flatMap(({ imports }) => imports.flatMap(({ target }) => folderOf(target) ?? []))
      .filter((other) => other !== folder)
  )
]

describe('the files of the library', () => {
  it('are read', () => {
    expect(library.length).toBeGreaterThan(200)
    expect([...runtime.values()].flat().length).toBeGreaterThan(500)
  })

  it('import files that exist', () => {
    const missing = library.flatMap(({ path, imports }) =>
      imports.filter(({ target }) => target.startsWith('lib') && !files.has(target)).map(({ target }) => [path, target])
    )
    expect(missing).toEqual([])
  })

  it('import nothing from outside of the library by path', () => {
    const outside = library.flatMap(({ path, imports }) =>
      imports
        .filter(({ target }) => /^(\.|spec|examples|dist|gradfold)/.test(target))
        .map(({ target }) => [path, target])
    )
    expect(outside).toEqual([])
  })

  it('form no circle at run time', () => {
    expect(cycleOf(runtime)).toBeUndefined()
  })

  it('import only packages that the library depends on, or that the build brings along', () => {
    const { dependencies, devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      readonly dependencies: Readonly<Record<string, string>>
      readonly devDependencies: Readonly<Record<string, string>>
    }
    // no declaration names it, and its licence is packed
    const bundled = '@noble/hashes'
    expect(devDependencies).toHaveProperty([bundled])
    const packages = library.flatMap(({ imports }) =>
      imports.flatMap(({ target }) =>
        target.startsWith('lib/') || target.startsWith('node:') ? [] : [/^(@[^/]+\/)?[^/]+/.exec(target)?.[0] ?? target]
      )
    )
    expect([...new Set(packages)].toSorted()).toEqual([...Object.keys(dependencies), bundled].toSorted())
  })

  it('import modules of Node in lib/data/node only', () => {
    const guilty = library
      .filter(
        ({ path, imports }) =>
          !path.startsWith('lib/data/node/') && imports.some(({ target }) => target.startsWith('node:'))
      )
      .map(({ path }) => path)
    expect(guilty).toEqual([])
  })

  it('that know Node are imported by nobody outside their folder', () => {
    const guilty = library
      .filter(
        ({ path, imports }) =>
          !path.startsWith('lib/data/node/') && imports.some(({ target }) => target.startsWith('lib/data/node/'))
      )
      .map(({ path }) => path)
    expect(guilty).toEqual([])
  })

  it(`have at most ${longest} lines, tables excepted`, () => {
    const long = library.filter(({ path, lines }) => lines > longest && !tables.has(path))
    expect(long.map(({ path, lines }) => `${path}: ${lines}`)).toEqual([])
  })

  it('that may be longer exist and are', () => {
    const long = new Set(library.filter(({ lines }) => lines > longest).map(({ path }) => path))
    expect([...tables].filter((path) => !long.has(path))).toEqual([])
  })
})

describe('the folders of the library', () => {
  it('are those of the house', () => {
    expect(folders.toSorted()).toEqual(Object.keys(house).toSorted())
  })

  it('import only folders that the table grants them', () => {
    const strange = folders.flatMap((folder) =>
      importedBy(folder)
        .filter((other) => house[folder]?.includes(other) !== true)
        .map((other) => `${folder} imports ${other}`)
    )
    expect(strange).toEqual([])
    expect(importedBy('training').length).toBeGreaterThan(5)
  })

  it('are granted folders below only', () => {
    const order = Object.keys(house)
    const upward = order.flatMap((folder, i) =>
      (house[folder] ?? [])
        .filter((other) => order.indexOf(other) < 0 || order.indexOf(other) >= i)
        .map((other) => `${folder} may import ${other}`)
    )
    expect(upward).toEqual([])
  })

  it('form no circle, for types as well', () => {
    expect(cycleOf(new Map(folders.map((folder) => [folder, importedBy(folder)])))).toBeUndefined()
  })
})

describe('the package', () => {
  const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    readonly exports: Readonly<Record<string, string | null | { readonly types: string; readonly default: string }>>
  }
  const entries = Object.entries(exports).flatMap(([name, target]) =>
    target !== null && typeof target === 'object' ? [{ name, target }] : []
  )

  it('exports the folders that have an index, and no others', () => {
    const indices = [...files].filter(
      (path) => path === 'lib/index.ts' || /^lib\/([^/]+|data\/node)\/index\.ts$/.test(path)
    )
    const names = indices.map((path) => path.replace(/^lib/, '.').replace(/\/index\.ts$/, ''))
    expect(entries.map(({ name }) => name).toSorted()).toEqual(names.toSorted())
  })

  it('exports of each the module and its types', () => {
    entries.forEach(({ name, target }) => {
      const folder = name.replace(/^\./, './dist')
      expect(target).toEqual({ types: `${folder}/index.d.ts`, default: `${folder}/index.js` })
      expect(existsSync(join(root, 'lib', name, 'index.ts'))).toBe(true)
    })
  })

  it('keeps what is internal to itself', () => {
    expect(exports['./internal/*']).toBeNull()
    expect(Object.keys(exports).filter((name) => name.includes('*'))).toEqual(['./internal/*'])
  })

  it('exports namespaces only from its root, one for each folder', () => {
    const index = library.find(({ path }) => path === 'lib/index.ts')
    const statements = index?.source.statements ?? []
    const namespaces = statements.flatMap((statement) =>
      ts.isExportDeclaration(statement) &&
      statement.exportClause !== undefined &&
      ts.isNamespaceExport(statement.exportClause)
        ? [statement.exportClause.name.text]
        : []
    )
    expect(namespaces).toHaveLength(statements.length)
    expect(namespaces.map((name) => name.toLowerCase()).toSorted()).toEqual(folders.toSorted())
  })
})
