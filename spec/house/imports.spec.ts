/**
 * How imports are read and circles found.
 */
import { describe, expect, it } from 'vitest'
import { cycleOf, fileOf, folderOf } from './imports.ts'

const importsOf = (text: string): readonly (readonly [string, boolean])[] =>
  fileOf('lib/data/x.ts', text).imports.map(({ target, typeOnly }) => [target, typeOnly])

describe('the imports of a file', () => {
  it('are relative to the repository, or as they are written', () => {
    expect(importsOf("import { a } from './y.ts'\nimport { b } from '../shape/z.ts'\nimport c from 'node:fs'")).toEqual(
      [
        ['lib/data/y.ts', false],
        ['lib/shape/z.ts', false],
        ['node:fs', false]
      ]
    )
  })

  it('are gone at run time where everything they name is a type', () => {
    const texts = [
      "import type { A } from './y.ts'",
      "import { type A, type B } from './y.ts'",
      "export type { A } from './y.ts'",
      "export { type A } from './y.ts'",
      "type A = import('./y.ts').A"
    ]
    expect(texts.map(importsOf)).toEqual(texts.map(() => [['lib/data/y.ts', true]]))
  })

  it('are there at run time otherwise', () => {
    const texts = [
      "import './y.ts'",
      "import y from './y.ts'",
      "import * as y from './y.ts'",
      "import { a, type A } from './y.ts'",
      "export * from './y.ts'",
      "export * as y from './y.ts'",
      "export { a, type A } from './y.ts'",
      "const y = await import('./y.ts')"
    ]
    expect(texts.map(importsOf)).toEqual(texts.map(() => [['lib/data/y.ts', false]]))
  })

  it('are not looked for in strings and comments', () => {
    expect(importsOf("// import './y.ts'\nexport const text = \"import './y.ts'\"")).toEqual([])
  })
})

describe('a circle', () => {
  it('is found, from where it begins', () => {
    const graph = new Map([
      ['a', ['b']],
      ['b', ['c', 'd']],
      ['c', []],
      ['d', ['b']]
    ])
    expect(cycleOf(graph)).toEqual(['b', 'd', 'b'])
    expect(cycleOf(new Map([['a', ['a']]]))).toEqual(['a', 'a'])
  })

  it('is none where two ways lead to the same place', () => {
    const graph = new Map([
      ['a', ['b', 'c']],
      ['b', ['d']],
      ['c', ['d']],
      ['d', []]
    ])
    expect(cycleOf(graph)).toBeUndefined()
  })
})

describe('the folder of a file', () => {
  it('is the one right below lib', () => {
    expect(['lib/index.ts', 'lib/expr/index.ts', 'lib/expr/text/print.ts', 'spec/x.ts'].map(folderOf)).toEqual([
      undefined,
      'expr',
      'expr',
      undefined
    ])
  })
})
