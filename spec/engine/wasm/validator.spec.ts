/**
 * Every function that the engine emits is typed: checked by our own validator, which the platform's agrees with.
 */
import * as fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import {
  assemble,
  block,
  branch,
  branchIf,
  define,
  f32,
  f64,
  i32,
  label,
  loop,
  set,
  v128,
  type FunctionDefinition,
  type Instruction
} from '../../../lib/engine/wasm/assembler/index.ts'
import { wasm, type Engine } from '../../../lib/engine/index.ts'
import { WebAssembly } from '../../../lib/engine/wasm/platform.ts'
import { plain } from '../../../lib/engine/wasm/assembler/instruction.ts'
import { dtypes } from '../../../lib/tensor/index.ts'
import { primitives } from '../../../lib/expr/internal.ts'
import { arbitraryProgram } from '../../arbitrary/program.ts'
import { convolutions, recurrent, transformer, twoHidden } from '../../bench/cases.ts'
import { moduleOf } from './module-of.ts'
import { sampleOf } from '../table/samples.ts'
import { verdictOf, type Verdict } from './validator/validate.ts'

const agree = (bytes: Uint8Array<ArrayBuffer>): Verdict => {
  const verdict = verdictOf(bytes)
  if (verdict.kind !== 'unsupported')
    expect({ ...verdict, isValid: WebAssembly.validate(bytes) }).toEqual({
      ...verdict,
      isValid: verdict.kind === 'valid'
    })
  return verdict
}

const moduleOfFunctions = (...functions: readonly FunctionDefinition[]): Uint8Array<ArrayBuffer> =>
  assemble({
    exports: Object.fromEntries(functions.map((definition, i) => [`f${i}`, definition])),
    memory: { pages: 1, shared: false }
  })

const verdictOfBody = (body: readonly Instruction[], results: readonly ('i32' | 'f32')[] = []): Verdict =>
  agree(moduleOfFunctions(define('f', ['i32'], results, () => body)))

describe('modules of programs', () => {
  test.each(primitives)('with %s are valid', (primitive) => {
    for (const dtype of dtypes) {
      const sample = sampleOf(primitive, dtype)
      if (sample !== undefined) expect(agree(moduleOf(sample))).toMatchObject({ kind: 'valid' })
    }
  })

  test('of all primitives are valid', () => {
    fc.assert(
      fc.property(arbitraryProgram({ length: 10 }), (program) => {
        const verdict = agree(moduleOf(program))
        expect(verdict).toMatchObject({ kind: 'valid' })
      }),
      { numRuns: 60 }
    )
  })

  test.each([
    ['dense layers', twoHidden({ batch: 17, hidden: 65 })],
    ['convolutions', convolutions(3)],
    ['a loop over time', recurrent({ batch: 3, time: 7, features: 5, units: 9 })],
    ['attention', transformer({ batch: 2, time: 9, width: 16, heads: 4, feedForward: 24 })]
  ] as const)('of training steps with %s are valid', (_, make) => {
    let instructions = 0
    const checking: Engine = {
      name: 'checking',
      compile: (program) => {
        const verdict = agree(moduleOf(program))
        if (verdict.kind === 'valid') instructions = Math.max(instructions, verdict.instructions)
        else expect.fail(verdict.why)
        return wasm().compile(program)
      }
    }
    make(checking).losses(1)
    expect(instructions).toBeGreaterThan(1000)
  })

  test('with a byte changed are what the platform says they are', () => {
    const bytes = moduleOf(sampleOf('tanh', 'f32')!)
    const seen = { valid: 0, invalid: 0, unsupported: 0 }
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(255), (place, value) => {
        const changed = bytes.slice()
        changed[place] = value
        seen[agree(changed).kind] += 1
      }),
      { numRuns: 3000 }
    )
    // all three happen, so that the agreement means something
    expect(Math.min(seen.valid, seen.invalid, seen.unsupported)).toBeGreaterThan(50)
  })
})

describe('the validator', () => {
  const pointer = i32.constant(0)

  it('refuses operands of other types, missing ones and superfluous ones', () => {
    const wrong = [
      plain('i32', [0x6a], [i32.constant(1)]),
      plain('i32', [0x6a], [i32.constant(1), f32.constant(1)]),
      plain('i32', [0x6a], [i32.constant(1), f64.constant(1)]),
      plain('none', [0x38, 2, 0], [pointer, v128.constantF32(1)]),
      i32.constant(1),
      plain('none', [0x1a], []),
      plain('none', [0x21, 1], [i32.constant(1)])
    ]
    for (const instruction of wrong) expect(verdictOfBody([instruction])).toMatchObject({ kind: 'invalid' })
  })

  it('refuses lanes, alignments and shuffles that do not exist', () => {
    const v = v128.constantI32(0)
    const wrong = [
      [0xfd, 27, 4],
      [0xfd, 21, 16],
      [0xfd, 31, 4],
      [0xfd, 33, 2]
    ].map((code) => plain('none', [...code, 0x1a], [v]))
    const shuffle = plain('none', [0xfd, 13, ...Array.from({ length: 16 }, (_, i) => (i === 7 ? 32 : i)), 0x1a], [v, v])
    const load = plain('none', [0x28, 3, 0, 0x1a], [pointer])
    for (const instruction of [...wrong, shuffle, load])
      expect(verdictOfBody([instruction])).toMatchObject({ kind: 'invalid' })
  })

  it('refuses functions that give less or other than they say', () => {
    expect(verdictOfBody([], ['i32'])).toMatchObject({ kind: 'invalid' })
    expect(verdictOfBody([f32.constant(1)], ['i32'])).toMatchObject({ kind: 'invalid' })
    expect(verdictOfBody([i32.constant(1)], ['i32'])).toMatchObject({ kind: 'valid' })
    expect(verdictOfBody([i32.constant(1), f32.constant(1)], ['i32', 'f32'])).toMatchObject({ kind: 'valid' })
  })

  it('counts the blocks that a branch leaves', () => {
    const bytes = moduleOfFunctions(
      define('f', ['i32'], [], ([n]) => {
        const [outer, again] = [label(), label()]
        return [block(outer, [loop(again, [set(n, i32.subtract(n, 1)), branchIf(n, again), branch(outer)])])]
      })
    )
    expect(agree(bytes)).toMatchObject({ kind: 'valid', functions: 1 })
    // `br 1` at the end of the loop leads to the block, `br 2` to the function, `br 3` nowhere
    const place = bytes.lastIndexOf(0x0c) + 1
    expect(bytes[place]).toBe(1)
    bytes[place] = 2
    expect(agree(bytes)).toMatchObject({ kind: 'valid' })
    bytes[place] = 3
    expect(agree(bytes)).toMatchObject({ kind: 'invalid' })
  })
})
