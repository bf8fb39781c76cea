/**
 * Straight-line code: functions written out where they are called compute the same.
 */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { assemble, callPair, define, f32, giveBack, i32, run, when } from '../../../lib/engine/wasm/assembler/index.ts'
import { straightened } from '../../../lib/engine/wasm/assembler/inline.ts'
import type { FunctionDefinition, Instruction } from '../../../lib/engine/wasm/assembler/index.ts'
import { WebAssembly } from '../../../lib/engine/wasm/platform.ts'

/** Adds to what stands at an address, or leaves early. It counts on variables that begin as zero. */
const addUp = define('addUp', ['i32', 'f32', 'i32'], [], ([address, x, leave], local) => {
  const before = local('f32')
  return [
    when(leave, [giveBack()]),
    f32.store(address, f32.add(before, f32.add(f32.load(address), x)))
  ] as readonly Instruction[]
})

const caller = (steps: readonly (readonly [place: number, x: number, leaves: boolean])[]): FunctionDefinition =>
  define('caller', ['i32'], [], ([base]) =>
    steps.map(([place, x, leaves]) => run(addUp, i32.add(base, 4 * place), f32.constant(x), leaves ? 1 : 0))
  )

const resultOf = (definition: FunctionDefinition): readonly number[] => {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1 })
  const bytes = assemble({ exports: { f: definition }, memory: { pages: 1, shared: false } })
  new WebAssembly.Instance(new WebAssembly.Module(bytes), { environment: { memory } }).exports['f']!(64)
  return [...new Float32Array(memory.buffer, 64, 8)]
}

const hasCalls = (body: readonly Instruction[]): boolean =>
  body.some(
    ({ operands, code }) => code.kind === 'call' || hasCalls(operands) || (code.kind === 'block' && hasCalls(code.body))
  )

/** How many instructions a body has, those of its operands and blocks included. */
const sizeOf = (body: readonly Instruction[]): number =>
  body.reduce((sum, { operands, code }) => {
    const inside =
      code.kind === 'block' || code.kind === 'loop'
        ? code.body
        : code.kind === 'if'
          ? [...code.then, ...code.otherwise]
          : []
    return sum + 1 + sizeOf(operands) + sizeOf(inside)
  }, 0)

/** Gives two values, which the caller keeps in variables. */
const both = define('both', ['f32'], ['f32', 'f32'], ([x]) => [f32.add(x, x), f32.multiply(x, x)])

describe('straightened', () => {
  test('numbers anew the variables that a call with several results sets', () => {
    const callee = define('callee', ['i32', 'f32'], [], ([address, x], local) => {
      const unused = Array.from({ length: 3 }, () => local('f64'))
      const [sum, product] = [local('f32'), local('f32')]
      expect(unused).toHaveLength(3)
      return [callPair(sum, product, both, x), f32.store(address, sum), f32.store(address, product, 4)]
    })
    const whole = define('caller', ['i32'], [], ([base], local) => {
      const padding = Array.from({ length: 130 }, () => local('i32'))
      expect(padding).toHaveLength(130)
      return [run(callee, base, f32.constant(3)), run(callee, i32.add(base, 8), f32.constant(5))]
    })
    expect(resultOf(straightened(whole, 1e6))).toEqual(resultOf(whole))
    expect(resultOf(whole).slice(0, 4)).toEqual([6, 9, 10, 25])
  })

  test('computes the same, without a call', () => {
    const step = fc.tuple(fc.nat(7), fc.float({ noNaN: true, min: -8, max: 8 }), fc.boolean())
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const whole = caller(steps)
        const straight = straightened(whole, 1e6)
        expect(hasCalls(straight.body)).toBe(false)
        expect(resultOf(straight)).toEqual(resultOf(whole))
      })
    )
  })

  test('leaves a function whose callees are too long', () => {
    const whole = caller([
      [0, 1, false],
      [1, 2, false]
    ])
    expect(straightened(whole, 2 * sizeOf(addUp.body) - 1)).toBe(whole)
    expect(straightened(whole, 2 * sizeOf(addUp.body))).not.toBe(whole)
  })
})
