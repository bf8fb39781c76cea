import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { reference } from '../../lib/engine/index.ts'
import {
  applyOne,
  applyPrimitive,
  inputValue,
  programOf,
  typed,
  type Primitive,
  type Program,
  type Value
} from '../../lib/expr/internal.ts'
import { fromBuffer } from '../../lib/tensor/internal.ts'
import { grad, simplify, vjp } from '../../lib/transform/index.ts'
import { smooth, type Case } from './cases.ts'
import { bytesOf, type Values } from './helpers.ts'

const cases = Object.entries(smooth) as readonly (readonly [Primitive, fc.Arbitrary<Case>])[]
const evaluator = (program: Program) => reference.compile(program).run([])

const scalar = (value: number): Value =>
  applyOne('constant', [], { value: fromBuffer('f64', [], Float64Array.of(value)) })
const names = (program: Program): readonly string[] => program.equations.map((equation) => equation.primitive)
const x = () => inputValue({ shape: [2, 3], dtype: 'f64' })
const spread = (value: number): Value => applyOne('broadcast', [scalar(value)], { shape: [2, 3], axes: [] })
const trace = (f: (x: Value) => Value): Program => {
  const input = x()
  return programOf([input], [f(input)])
}

describe('simplify', () => {
  it.each(cases)('changes no bit of %s and of its gradient', (primitive, arbitrary) => {
    fc.assert(
      fc.property(arbitrary, ({ operands, build }) => {
        const inputs = operands.map(inputValue)
        const results = build(inputs)
        const pulled = (): Values => {
          const f = (...xs: Values) => build(xs).map((value) => typed<[], 'f64'>(value))
          return vjp(f)(...inputs)[1](results.map((value) => typed<[], 'f64'>(value)))
        }
        const program = programOf(inputs, primitive === 'whileLoop' ? results : [...results, ...pulled()])
        const expected = bytesOf(reference.compile(program).run(operands))
        expect(bytesOf(reference.compile(simplify()(program)).run(operands))).toEqual(expected)
        expect(bytesOf(reference.compile(simplify(evaluator)(program)).run(operands))).toEqual(expected)
        // a cond whose predicate is constant is replaced by its branch
        if (primitive !== 'cond')
          expect(simplify()(program).equations.length).toBeLessThanOrEqual(program.equations.length)
      }),
      { numRuns: 8 }
    )
  })

  it('gives what it was given when there is nothing left to do', () => {
    fc.assert(
      fc.property(cases.find(([name]) => name === 'scan')![1], ({ operands, build }) => {
        const inputs = operands.map(inputValue)
        const once = simplify(evaluator)(programOf(inputs, build(inputs)))
        expect(simplify(evaluator)(once)).toEqual(once)
      }),
      { numRuns: 5 }
    )
  })

  it('shares equal sub-expressions', () => {
    const program = trace((v) => applyOne('add', [applyOne('exp', [v], {}), applyOne('exp', [v], {})], {}))
    expect(names(program)).toEqual(['exp', 'exp', 'add'])
    expect(names(simplify()(program))).toEqual(['exp', 'add'])
  })

  it('drops operations without effect', () => {
    const unchanged = (f: (v: Value) => Value): void => {
      expect(names(simplify()(trace(f)))).toEqual([])
    }
    unchanged((v) => applyOne('negate', [applyOne('negate', [v], {})], {}))
    unchanged((v) => applyOne('multiply', [v, spread(1)], {}))
    unchanged((v) => applyOne('divide', [v, spread(1)], {}))
    unchanged((v) => applyOne('subtract', [v, spread(0)], {}))
    unchanged((v) => applyOne('add', [v, spread(-0)], {}))
    unchanged((v) =>
      applyOne('transpose', [applyOne('transpose', [v], { permutation: [1, 0] })], { permutation: [1, 0] })
    )
    unchanged((v) => applyOne('reshape', [applyOne('reshape', [v], { shape: [6] })], { shape: [2, 3] }))
    unchanged((v) => applyOne('slice', [v], { start: [0, 0], stop: [2, 3], stride: [1, 1] }))
    unchanged((v) => applyOne('pad', [v, scalar(3)], { low: [0, 0], high: [0, 0], interior: [0, 0] }))
    unchanged((v) => applyOne('concat', [v], { axis: 0 }))
    unchanged((v) => applyOne('convert', [v], { dtype: 'f64' }))
  })

  it('keeps x + 0 and x − (−0), which turn −0 into +0', () => {
    expect(names(simplify()(trace((v) => applyOne('add', [v, spread(0)], {}))))).toContain('add')
    expect(names(simplify()(trace((v) => applyOne('subtract', [v, spread(-0)], {}))))).toContain('subtract')
  })

  it('folds constants when it is given an evaluator', () => {
    const program = trace((v) =>
      applyOne(
        'multiply',
        [
          v,
          applyOne('broadcast', [applyOne('exp', [applyOne('add', [scalar(1), scalar(2)], {})], {})], {
            shape: [2, 3],
            axes: []
          })
        ],
        {}
      )
    )
    expect(names(simplify(evaluator)(program))).toEqual(['constant', 'broadcast', 'multiply'])
    expect(names(simplify()(program))).toContain('exp')
  })

  it('chooses the branch of a cond whose predicate is constant', () => {
    const branch = (name: 'exp' | 'negate'): Program => trace((v) => applyOne(name, [v], {}))
    const yes = applyOne('constant', [], { value: fromBuffer('bool', [], Uint8Array.of(1)) })
    const program = trace(
      (v) => applyPrimitive('cond', [yes, v], { whenTrue: branch('exp'), whenFalse: branch('negate') })[0]!
    )
    expect(names(simplify()(program))).toEqual(['exp'])
  })

  it('drops outputs and operands of a scan that nobody reads', () => {
    const [c, s, row] = [
      inputValue({ shape: [], dtype: 'f64' }),
      inputValue({ shape: [], dtype: 'f64' }),
      inputValue({ shape: [], dtype: 'f64' })
    ]
    const body = programOf([c, s, row], [applyOne('add', [s, row], {}), applyOne('exp', [row], {})])
    const xs = inputValue({ shape: [4], dtype: 'f64' })
    const [total] = applyPrimitive('scan', [scalar(7), scalar(0), xs], {
      body,
      length: 4,
      constants: 1,
      carry: 1,
      reverse: false
    })
    const simpler = simplify()(programOf([xs], [total!]))
    const scan = simpler.equations.find((equation) => equation.primitive === 'scan')
    expect(scan?.operands.length).toBe(2)
    expect(scan?.outputs.length).toBe(1)
  })

  it('keeps stopGradient, so that simplified programs have the same derivatives', () => {
    const program = trace((v) => applyOne('stopGradient', [v], {}))
    expect(names(simplify()(program))).toEqual(['stopGradient'])
  })

  it('makes a gradient smaller', () => {
    const input = inputValue({ shape: [3], dtype: 'f64' })
    const f = (v: Value) =>
      typed<[], 'f64'>(applyOne('reduceSum', [applyOne('tanh', [applyOne('multiply', [v, v], {})], {})], { axes: [0] }))
    const program = programOf([input], [grad((v: ReturnType<typeof f>) => f(v))(typed<[], 'f64'>(input))])
    expect(simplify()(program).equations.length).toBeLessThan(program.equations.length)
  })
})
