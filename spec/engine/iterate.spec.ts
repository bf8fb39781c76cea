/**
 * Iterations: the same from every engine, and what they refuse.
 */
import { describe, expect, it } from 'vitest'
import { reference, wasm, type Feedback } from '../../lib/engine/index.ts'
import { iterate } from '../../lib/engine/iterate.ts'
import { applyOne, inputValue, programOf } from '../../lib/expr/internal.ts'
import { fromArray, slot, toFlatArray, type AnyTensor } from '../../lib/tensor/index.ts'

const vector = slot([2], 'f32')
const [state, rate, other] = [inputValue(vector), inputValue(vector), inputValue(slot([3], 'f32'))]
const program = programOf(
  [state, rate, other],
  [applyOne('add', [state, rate], {}), applyOne('negate', [other], {}), applyOne('negate', [state], {})]
)
const start: readonly AnyTensor[] = [fromArray([1, 2], [2]), fromArray([10, 20], [2]), fromArray([0, 0, 0], [3])]
const feedback: readonly Feedback[] = [{ output: 0, input: 0 }]

describe.each([reference, wasm()])('an iteration of engine $name', (engine) => {
  const begin = (pairs = feedback, given = start) => iterate(engine.compile(program), pairs, given)

  it('feeds back what it computes, with inputs that are replaced', () => {
    const iteration = begin()
    iteration.step()
    iteration.set(1, fromArray([1, 1], [2]))
    iteration.step()
    expect(toFlatArray(iteration.output(0))).toEqual([12, 23])
    expect(toFlatArray(iteration.input(0))).toEqual([12, 23])
    expect(toFlatArray(iteration.previous(0))).toEqual([11, 22])
    expect(iteration.number(0)).toBe(12)
  })

  it.each<readonly [string, readonly Feedback[]]>([
    [
      'engine: output 3 cannot be fed back to input 0: the program has 3 outputs and 3 inputs',
      [{ output: 3, input: 0 }]
    ],
    ['engine: output 1 is f32[3] and cannot be fed back to input 0, which is f32[2]', [{ output: 1, input: 0 }]],
    [
      'engine: output 0 or input 1 is fed back twice; name each once at most',
      [
        { output: 0, input: 0 },
        { output: 0, input: 1 }
      ]
    ],
    [
      'engine: output 2 or input 0 is fed back twice; name each once at most',
      [
        { output: 0, input: 0 },
        { output: 2, input: 0 }
      ]
    ]
  ])('refuses in a sentence: %s', (sentence, pairs) => {
    expect(() => begin(pairs)).toThrow(sentence)
  })

  it('refuses tensors that do not fit, at the start and later', () => {
    expect(() => begin(feedback, start.slice(1))).toThrow('engine: the program takes 3 inputs, got 2')
    const long = fromArray(
      Array.from({ length: 40 }, () => 5),
      [40]
    )
    expect(() => {
      begin().set(1, long)
    }).toThrow('engine: input 1 of the program is f32[2], got f32[40]')
    expect(() => {
      begin().set(7, long)
    }).toThrow('engine: the program has 3 inputs, got one for input 7')
  })

  it('refuses to replace what is fed back', () => {
    expect(() => {
      begin().set(0, start[0]!)
    }).toThrow('engine: input 0 is fed back and cannot be replaced; begin another iteration')
  })
})

describe('an iteration inside of a module', () => {
  it('says so in a sentence when it is used after it was disposed of', () => {
    const iteration = iterate(wasm().compile(program), feedback, start)
    iteration.step()
    iteration.dispose()
    iteration.dispose()
    for (const use of [iteration.step, () => iteration.output(0), () => iteration.number(0), () => iteration.input(0)])
      expect(use).toThrow('engine: this iteration was disposed of; begin another one')
  })
})
