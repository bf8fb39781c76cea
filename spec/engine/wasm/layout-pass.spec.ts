/**
 * Which matrices an iteration keeps in panels, and random programs of what panels can stand and what they cannot.
 */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { iterate } from '../../../lib/engine/iterate.ts'
import { reference, type Feedback } from '../../../lib/engine/index.ts'
import { compilation } from '../../../lib/engine/wasm/compilation.ts'
import { executableOf } from '../../../lib/engine/wasm/executable.ts'
import { imageOf } from '../../../lib/engine/wasm/image.ts'
import { lower } from '../../../lib/engine/wasm/lower.ts'
import { worthwhile } from '../../../lib/engine/wasm/passes/layout.ts'
import { applyOne, traceValues, type Program, type Value } from '../../../lib/expr/internal.ts'
import { slot, type DType } from '../../../lib/tensor/index.ts'
import { tensorOf } from '../../arbitrary/tensor.ts'
import { draw } from '../reference/oracle/draw.ts'
import { everything } from './threads/teams.ts'
import { difference } from './same.ts'

// programs: w and v have one shape, and are fed back to themselves or to each other; x is multiplied by them

type Body = (w: Value, v: Value, x: Value) => readonly Value[]

const add = (a: Value, b: Value): Value => applyOne('add', [a, b], {})
const times = (a: Value, b: Value): Value => applyOne('matmul', [a, b], {})
const turned = (a: Value): Value => applyOne('transpose', [a], { permutation: [1, 0] })
const part = (a: Value, start: readonly number[], stop: readonly number[]): Value =>
  applyOne('slice', [a], { start, stop, stride: start.map(() => 1) })
const total = (a: Value): Value => applyOne('reduceSum', [a], { axes: [0, 1] })
const wide = (a: Value, shape: readonly number[], axes: readonly number[]): Value =>
  applyOne('broadcast', [a], { shape, axes })
const constant = (rows: number, columns: number): Value =>
  applyOne('constant', [], { value: tensorOf(slot([rows, columns], 'f32'), draw('f32', [rows, columns], 7).data) })
/** A list of numbers that is seen as a matrix. */
const counts = (rows: number, columns: number): Value =>
  applyOne('reshape', [applyOne('iota', [], { dtype: 'f32', shape: [rows * columns], axis: 0 })], {
    shape: [rows, columns]
  })
/** The second of two matrices that are put together. */
const below = (a: Value, b: Value, rows: number, columns: number): Value =>
  part(applyOne('concat', [a, b], { axis: 0 }), [rows, 0], [2 * rows, columns])
const gradient = (w: Value, x: Value): Value => times(turned(x), times(x, w))

const programOf = (body: Body, rows = 6, columns = 11, dtype: DType = 'f32'): Program => {
  const matrix = slot([rows, columns], dtype)
  return traceValues([matrix, matrix, slot([5, rows], dtype)], ([w, v, x]) => body(w!, v!, x!))
}

const itself: readonly Feedback[] = [
  { output: 0, input: 0 },
  { output: 1, input: 1 }
]

const isWorth = (): boolean => true

/** The inputs that are in panels. */
const packedOf = (program: Program, feedback = itself): readonly number[] => {
  const { packed } = lower(compilation(), program, 0, undefined, { feedback, isWorth })
  return program.inputs.flatMap((_, input) => (packed.has(input) ? [input] : []))
}

describe('panels are chosen for', () => {
  it.each<readonly [string, readonly number[], Body]>([
    ['a weight and its moment', [0, 1], (w, v, x) => [add(w, v), add(v, gradient(w, x))]],
    ['a weight alone', [0], (w, v, x) => [add(w, gradient(w, x)), turned(turned(v))]],
    ['what changes places', [0, 1], (w, v, x) => [add(v, gradient(w, x)), add(w, wide(total(x), [6, 11], []))]],
    [
      'a matrix whose transpose multiplies too',
      [0],
      (w, v, x) => [add(w, gradient(w, x)), v, times(times(x, w), turned(w))]
    ],
    [
      'a matrix that multiplies a whole batch',
      [0],
      (w, v, x) => [add(w, gradient(w, x)), v, times(wide(x, [3, 5, 6], [1, 2]), wide(w, [3, 6, 11], [1, 2]))]
    ],
    [
      'a matrix that is tested for finite elements',
      [0],
      (w, v, x) => {
        const next = add(w, gradient(w, x))
        return [next, v, applyOne('reduceMin', [applyOne('equal', [next, next], {})], { axes: [0, 1] })]
      }
    ],
    [
      'a matrix that a row is added to where a product ends',
      [0],
      (w, v, x) => [add(add(gradient(w, x), w), wide(part(x, [0, 0], [1, 1]), [6, 11], [0, 1])), v]
    ]
  ])('%s', (_, expected, body) => {
    expect(packedOf(programOf(body))).toStrictEqual(expected)
  })
})

describe('rows stay where', () => {
  const step = (w: Value, x: Value): Value => add(w, gradient(w, x))
  it.each<readonly [string, Body]>([
    ['nothing is multiplied', (w, v) => [add(w, v), add(v, v)]],
    ['a part is looked at', (w, v, x) => [step(w, x), v, part(w, [1, 0], [3, 11])]],
    ['elements are summed', (w, v, x) => [step(w, x), v, total(w)]],
    ['the next ones are', (w, v, x) => [step(w, x), v, total(step(w, x))]],
    [
      'the least of real numbers is asked for',
      (w, v, x) => [step(w, x), v, applyOne('reduceMin', [w], { axes: [0, 1] })]
    ],
    ['rows are summed', (w, v, x) => [step(w, x), v, applyOne('reduceSum', [add(w, v)], { axes: [1] })]],
    ['it is multiplied from the left', (w, v, x) => [step(w, x), v, times(w, turned(v))]],
    ['a row is added', (w, v, x) => [step(w, x), add(add(w, v), wide(part(x, [0, 0], [1, 1]), [6, 11], [0, 1]))]],
    ['a row of it is', (w, v, x) => [add(step(w, x), wide(part(w, [0, 0], [1, 11]), [6, 11], [0, 1])), v]],
    ['the order changes', (w, v, x) => [applyOne('reverse', [step(w, x)], { axes: [0] }), v]],
    ['it leaves', (w, v, x) => [step(w, x), v, w]],
    ['the next one leaves twice', (w, v, x) => [step(w, x), v, step(w, x)]],
    ['a constant matrix is added', (w, v, x) => [add(step(w, x), constant(6, 11)), v]],
    ['counts are added', (w, v, x) => [add(step(w, x), counts(6, 11)), v]],
    ['a part of something larger is added', (w, v, x) => [add(step(w, x), below(v, v, 6, 11)), v]]
  ])('%s', (_, body) => {
    expect(packedOf(programOf(body))).not.toContain(0)
  })

  const plain: Body = (w, v, x) => [step(w, x), v]
  it.each([
    ['columns are few', programOf(plain, 6, 7)],
    ['there is one row', programOf(plain, 1, 11)],
    ['numbers are doubles', programOf(plain, 6, 11, 'f64')]
  ] as const)('%s', (_, program) => {
    expect(packedOf(program)).toStrictEqual([])
  })

  it('nothing is fed back, or there are several threads', () => {
    const program = programOf(plain)
    expect(packedOf(program)).toContain(0)
    expect(packedOf(program, [])).toStrictEqual([])
    expect(lower(compilation(), program, 0, everything(2), { feedback: itself, isWorth }).packed.size).toBe(0)
  })

  it('too little is saved', () => {
    expect(worthwhile(784 * 128, 19000)).toBe(true)
    expect(worthwhile(784 * 128, 4000)).toBe(false)
    expect(worthwhile(128 * 10, 19000)).toBe(false)
    const { packed } = lower(compilation(), programOf(plain), 0, undefined, { feedback: itself, isWorth: () => false })
    expect(packed.size).toBe(0)
  })
})

// random programs

/** Makes a matrix of others, or an output of its own; `rows` and `columns` are those of w. */
type Change = (a: Value, b: Value, x: Value, rows: number, columns: number) => { made?: Value; seen?: Value }

const kept: readonly Change[] = [
  (a, b) => ({ made: add(a, b) }),
  (a, b) => ({ made: applyOne('multiply', [a, b], {}) }),
  (a) => ({ made: applyOne('tanh', [a], {}) }),
  (a, _, x) => ({ made: gradient(a, x) }),
  (a, b, x) => ({ made: add(gradient(a, x), b) }),
  (a, _, x) => ({ seen: times(x, a) }),
  (a, b, x) => ({ seen: times(times(x, b), turned(a)) }),
  (a, _, x, rows, columns) => ({ made: add(a, wide(total(x), [rows, columns], [])) }),
  (a, b) => ({ seen: applyOne('reduceMax', [applyOne('less', [a, b], {})], { axes: [0, 1] }) }),
  (a, _, x, rows, columns) => ({
    made: add(gradient(a, x), wide(part(times(x, a), [0, 0], [1, columns]), [rows, columns], [0, 1]))
  })
]

const broken: readonly Change[] = [
  (a, _, x, rows, columns) => ({ made: add(gradient(a, x), counts(rows, columns)) }),
  (a, b, x, rows, columns) => ({ made: add(gradient(a, x), below(a, b, rows, columns)) }),
  (a, _, x, rows, columns) => ({ made: add(gradient(a, x), constant(rows, columns)) }),
  (a) => ({ seen: total(a) }),
  (a, _, __, rows, columns) => ({ seen: part(a, [rows - 1, 1], [rows, columns]) }),
  (a) => ({ made: applyOne('reverse', [a], { axes: [1] }) }),
  (a, b) => ({ seen: times(a, turned(b)) }),
  (a) => ({ seen: applyOne('less', [a, a], {}) }),
  (a, _, __, rows, columns) => ({ made: add(a, wide(part(a, [0, 0], [1, columns]), [rows, columns], [0, 1])) }),
  (a) => ({ seen: a })
]

interface Choice {
  readonly change: Change
  readonly a: number
  readonly b: number
}

const choices = (changes: readonly Change[], maxLength: number): fc.Arbitrary<readonly Choice[]> =>
  fc.array(fc.record({ change: fc.constantFrom(...changes), a: fc.nat(99), b: fc.nat(99) }), { maxLength })

const randomBody =
  (list: readonly Choice[], rows: number, columns: number): Body =>
  (w, v, x) => {
    const matrices = [w, v]
    const seen: Value[] = []
    for (const { change, a, b } of list) {
      const { made, seen: look } = change(
        matrices[a % matrices.length]!,
        matrices[b % matrices.length]!,
        x,
        rows,
        columns
      )
      if (made !== undefined) matrices.push(made)
      if (look !== undefined) seen.push(look)
    }
    return [matrices.at(-1)!, matrices.at(-2)!, ...seen]
  }

describe('an iteration of a random program', () => {
  it('has the reference engine’s bits, whatever is in panels', () => {
    let [packed, plain] = [0, 0]
    fc.assert(
      fc.property(
        choices(kept, 7),
        fc.oneof(fc.constant([]), choices(broken, 2)),
        fc.nat(7),
        fc.integer({ min: 2, max: 19 }),
        fc.integer({ min: 2, max: 27 }),
        fc.boolean(),
        fc.nat(1000),
        (good, bad, at, rows, columns, crosses, seed) => {
          const program = programOf(randomBody(good.toSpliced(at, 0, ...bad), rows, columns), rows, columns)
          const feedback = crosses ? itself.map(({ output, input }) => ({ output, input: 1 - input })) : itself
          const start = program.inputs.map(({ shape, dtype }, i) =>
            tensorOf(slot(shape, dtype), draw(dtype, shape, seed + i, i < 2 ? 'edges' : 'moderate').data)
          )
          const executable = executableOf(
            program,
            (source, fed) => imageOf(source, undefined, fed && { feedback: fed, isWorth }),
            undefined,
            true
          )
          if (packedOf(program, feedback).length > 0) packed += 1
          else plain += 1
          const [right, other] = [reference.compile(program), executable].map((each) => iterate(each, feedback, start))
          for (let i = 0; i < 3; i += 1) {
            right!.step()
            other!.step()
            const outputs = [...program.outputs.keys()]
            expect(difference(outputs.map(right!.output), outputs.map(other!.output))).toBeUndefined()
            for (const input of [0, 1])
              expect(
                difference([right!.input(input), right!.previous(input)], [other!.input(input), other!.previous(input)])
              ).toBeUndefined()
          }
        }
      ),
      { numRuns: 300 }
    )
    expect(packed).toBeGreaterThan(40)
    expect(plain).toBeGreaterThan(40)
  })
})
