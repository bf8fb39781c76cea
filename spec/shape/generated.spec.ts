/// <reference types="node" />
import { describe, expect, it } from 'vitest'
import { compile } from './compile.ts'
import { arithmeticCases, asFile, header as arithmeticHeader } from './generate-arithmetic.ts'
import { header as operationsHeader, operationCases } from './generate-operations.ts'

// another seed, for another sample: SHAPE_SEED=7 npx vitest run spec/shape
const seed = Number(process.env['SHAPE_SEED'] ?? 20240229)
const arithmetic = arithmeticCases(seed, 2000)
const operations = operationCases(seed, 120)
const sources = {
  'arithmetic.ts': asFile(arithmetic.right),
  'arithmetic-wrong.ts': asFile(arithmetic.wrong),
  'operations.ts': asFile(operations.right, operationsHeader),
  'operations-wrong.ts': asFile(operations.wrong, operationsHeader)
}

describe(`types and values, generated from seed ${seed}`, () => {
  const complaints = compile('shape', sources)
  const linesOf = async (file: keyof typeof sources): Promise<readonly number[]> =>
    (await complaints).filter((it) => it.file === file).map((it) => it.line)
  /** The source lines that were complained about, for a failure that can be read. */
  const refused = async (file: keyof typeof sources): Promise<readonly string[]> =>
    (await linesOf(file)).map((line) => sources[file].split('\n')[line - 1] ?? '')
  const timeout = 120_000

  it('arithmetic on types agrees with BigInt on 2,000 cases', { timeout }, async () => {
    expect(arithmetic.right).toHaveLength(2000)
    expect(await refused('arithmetic.ts')).toEqual([])
  })

  it('a wrong digit does not compile', { timeout }, async () => {
    expect(arithmetic.wrong.length).toBeGreaterThan(60)
    expect(await linesOf('arithmetic-wrong.ts')).toEqual(
      arithmetic.wrong.map((_, i) => arithmeticHeader.length + 1 + i)
    )
  })

  it('every operation gives the same shape and the same sentence as a type and as a value', { timeout }, async () => {
    expect(operations.right.length).toBeGreaterThan(3000)
    expect(await refused('operations.ts')).toEqual([])
  })

  it('a wrong shape or a wrong sentence does not compile', { timeout }, async () => {
    expect(await linesOf('operations-wrong.ts')).toEqual(
      operations.wrong.map((_, i) => operationsHeader.length + 1 + i)
    )
  })

  it('the cases of every operation hold both shapes that fit and shapes that do not', () => {
    Object.entries(operations.balance).forEach(([name, { accepted, refused }]) => {
      expect(accepted, `${name}: accepted`).toBeGreaterThan(9)
      expect(refused, `${name}: refused`).toBeGreaterThan(9)
    })
  })
})
