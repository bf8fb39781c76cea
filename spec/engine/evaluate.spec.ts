import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, it } from 'vitest'
import { evaluate, reference, run, type Engine } from '../../lib/engine/index.ts'
import { add, constant, multiply, scalar, sum, type Expr } from '../../lib/expr/index.ts'
import { inputValue, typed } from '../../lib/expr/internal.ts'
import { item, tensor, toArray } from '../../lib/tensor/index.ts'

/** The reference engine, telling how many equations it compiles. */
const counting = (): { readonly engine: Engine; readonly equations: readonly number[] } => {
  const equations: number[] = []
  const engine: Engine = {
    name: 'counting',
    compile: (program) => {
      equations.push(program.equations.length)
      return reference.compile(program)
    }
  }
  return { engine, equations }
}

describe('evaluate', () => {
  it('gives the value of a closed expression', () => {
    expect(item(evaluate(pipe(scalar(1), add(scalar(2)))))).toBe(3)
  })

  it('keeps the structure of a tree', () => {
    const x = constant(tensor([1, 2, 3]))
    const { total, parts } = evaluate({ total: sum()(x), parts: [x, pipe(x, multiply(2))] as const })
    expect(item(total)).toBe(6)
    expect(parts.map((part) => toArray(part))).toEqual([
      [1, 2, 3],
      [2, 4, 6]
    ])
  })

  it('computes what the leaves share once', () => {
    const { engine, equations } = counting()
    const shared = pipe(scalar(1), add(scalar(2)))
    evaluate([shared, pipe(shared, multiply(shared)), shared], engine)
    // two constants, one sum, one product
    expect(equations).toEqual([4])
  })

  it('says in one sentence that an expression with an input has no value', () => {
    const x = typed<[], 'f32'>(inputValue({ shape: [], dtype: 'f32' }))
    expect(() => evaluate(x)).toThrow(/^program: the result depends on an input f32\[\] that is not an argument/)
  })

  it('says in one sentence that a tensor is no expression', () => {
    expect(() => evaluate({ x: tensor(1) })).toThrow(
      'evaluate: expected expressions, got a tensor or slot f32[]; lift a tensor with constant'
    )
  })
})

describe('run', () => {
  it('tells an empty list from an empty record', () => {
    const f = run((x: Expr<[]>, more: unknown) => (Array.isArray(more) ? add(1)(x) : add(2)(x)))
    const x = tensor(1)
    expect([f(x, []), f(x, {})].map(item)).toEqual([2, 3])
  })

  it('makes a function of tensors from a function of expressions', () => {
    const f = run((x: Expr<[2]>, y: { readonly scale: Expr<[]> }) => ({ scaled: pipe(x, multiply(y.scale)), x }))
    const result = f(tensor([1, 2]), { scale: tensor(10) })
    expect(toArray(result.scaled)).toEqual([10, 20])
    expect(toArray(result.x)).toEqual([1, 2])
  })

  it('traces and compiles once for arguments of one kind', () => {
    const { engine, equations } = counting()
    const f = run((x: Expr<readonly number[]>) => sum()(x), engine)
    expect(item(f(tensor([1, 2])))).toBe(3)
    expect(item(f(tensor([3, 4])))).toBe(7)
    expect(equations).toHaveLength(1)
    expect(item(f(tensor([1, 2, 3])))).toBe(6)
    expect(equations).toHaveLength(2)
  })

  it('refuses an expression where a tensor belongs', () => {
    const f = run((x: unknown) => x)
    expect(() => f(scalar(1))).toThrow('run: expected tensors, got an expression or slot f32[]; evaluate it first')
  })
})
