/**
 * The tables of instructions: each computes what the specification says, on special values and random ones.
 */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as assembler from '../../../lib/engine/wasm/assembler/index.ts'
import type { Instruction } from '../../../lib/engine/wasm/assembler/index.ts'
import { execute, type Executed } from './instructions/execute.ts'
import { numberOf, type Definition } from './instructions/scalar.ts'
import { tables } from './instructions/tables.ts'
import { arbitraryBits } from './instructions/values.ts'
import { lanesOf } from './instructions/vector.ts'

/** Whether lanes are the same bits, or both NaN where any NaN will do. */
const same = ({ anyNaN }: Definition, expected: bigint, found: bigint): boolean => {
  if (expected === found) return true
  if (anyNaN === undefined) return false
  const others = lanesOf(anyNaN, found)
  const isNaNAt = (lane: bigint): boolean => Number.isNaN(numberOf(anyNaN, lane))
  return lanesOf(anyNaN, expected).every((lane, i) => lane === others[i] || (isNaNAt(lane) && isNaNAt(others[i]!)))
}

const check = (definition: Definition, { types, run }: Executed): void => {
  fc.assert(
    fc.property(fc.tuple(...types.map((type) => arbitraryBits[type])), (operands) => {
      const [expected, found] = [definition.run(...operands), run(operands)]
      const agrees =
        expected === undefined || found === undefined ? expected === found : same(definition, expected, found)
      if (!agrees) expect.fail(`expected ${expected?.toString(16) ?? 'a trap'}, got ${found?.toString(16) ?? 'a trap'}`)
    }),
    { numRuns: types.length === 1 ? 200 : 300 }
  )
}

describe.each(Object.keys(tables) as (keyof typeof tables)[])('%s', (name) => {
  const definitions: Readonly<Record<string, Definition>> = tables[name]
  // those with definitions are functions of operands
  const table = assembler[name] as unknown as Readonly<
    Record<string, (...operands: readonly Instruction[]) => Instruction>
  >
  const executed = execute(Object.fromEntries(Object.keys(definitions).map((key) => [key, table[key]!])))

  test.each(Object.entries(definitions))('%s', (key, definition) => {
    check(definition, executed.get(key)!)
  })
})

test('the tests see a wrong lane', () => {
  const right = execute({ add: (a, b) => assembler.f32x4.add(a as Instruction<'v128'>, b as Instruction<'v128'>) })
  expect(() => {
    check(tables.f32x4.subtract, right.get('add')!)
  }).toThrow()
})
