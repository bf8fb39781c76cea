/**
 * Cases of type-level arithmetic with their results by BigInt, written as type assertions, one a line.
 */
import * as fc from 'fast-check'

/** An assertion on the first line after `header`, the next one on the second, and so on. */
export interface Cases {
  readonly right: readonly string[]
  readonly wrong: readonly string[]
}

const limit = 2n ** 53n - 1n
const most = 10n ** 16n
/** Whole numbers of every length up to 2^53 − 1, with the edges of digits, of carries and of the range. */
const operand: fc.Arbitrary<bigint> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .integer({ min: 1, max: 16 })
      .chain((digits) => fc.bigInt({ min: 0n, max: 10n ** BigInt(digits) - 1n }))
  },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 53 }).map((bits) => 2n ** BigInt(bits) - 1n) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 15 }).map((digits) => 10n ** BigInt(digits)) },
  { weight: 1, arbitrary: fc.constantFrom(0n, 1n, 2n, 3n, 4n, 8n, 9n, 16n, 32n, 99n, 999_999n, limit) }
)
const inRange: fc.Arbitrary<bigint> = operand.map((n) => n % (limit + 1n))
/** Factors whose product is mostly in range. */
const factor: fc.Arbitrary<bigint> = fc.oneof({ weight: 5, arbitrary: inRange.map((n) => n % 10n ** 7n) }, inRange)
const divisor: fc.Arbitrary<bigint> = fc
  .oneof(
    { weight: 5, arbitrary: inRange.map((n) => n % 10n ** 4n) },
    { weight: 2, arbitrary: inRange },
    { weight: 1, arbitrary: fc.constantFrom(1n, 2n, 4n, 8n, 16n, 32n) }
  )
  .map((n) => (n === 0n ? 1n : n))

/** A result as a type: beyond doubles that print as themselves it is not known. */
const literal = (n: bigint): string => (`${Number(n)}` === `${n}` && n < most * most ? `${n}` : 'number')

interface Operation {
  readonly name: string
  readonly left: fc.Arbitrary<bigint>
  readonly right: fc.Arbitrary<bigint>
  readonly result: (a: bigint, b: bigint) => bigint
}
const operations: readonly Operation[] = [
  { name: 'AddN', left: inRange, right: inRange, result: (a, b) => a + b },
  { name: 'SubN', left: inRange, right: inRange, result: (a, b) => (a < b ? -1n : a - b) },
  { name: 'MulN', left: factor, right: factor, result: (a, b) => a * b },
  { name: 'DivN', left: inRange, right: divisor, result: (a, b) => a / b },
  { name: 'ModN', left: inRange, right: divisor, result: (a, b) => a % b }
]

/** The lines in front of the assertions. */
export const header: readonly string[] = [
  "import type { AddN, DivN, ModN, MulN, SubN } from '../../../lib/shape/index.ts'",
  'type Is<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false',
  'type Holds<X extends true> = X'
]

/** A file whose assertion number i is on line `header.length + 1 + i`. */
export const asFile = (lines: readonly string[], before: readonly string[] = header): string =>
  [...before, ...lines.map((line, i) => `export type Case${i} = ${line}`), ''].join('\n')

/**
 * Assertions that hold, and as many of the last digits' neighbours that do not.
 *
 * @param seed of the random cases.
 * @param count of the assertions that hold, shared equally by the five operations.
 */
export const arithmeticCases = (seed: number, count: number): Cases => {
  const each = operations.flatMap(({ name, left, right, result }, i) =>
    fc
      .sample(fc.tuple(left, right), { seed: seed + i, numRuns: count / operations.length })
      .map(([a, b]) => ({ of: `${name}<${a}, ${b}>`, value: result(a, b) }))
  )
  return {
    right: each.map(({ of, value }) => `Holds<Is<${of}, ${literal(value)}>>`),
    // a wrong last digit, of every twentieth case
    wrong: each
      .filter(({ value }, i) => i % 20 === 0 && value >= 0n && value < limit)
      .map(({ of, value }) => `Holds<Is<${of}, ${value + 1n}>>`)
  }
}
