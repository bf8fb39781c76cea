import { pipe } from 'fp-ts/lib/function.js'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { evaluate, run } from 'gradfold/engine'
import {
  add,
  cond,
  constant,
  cosh,
  exp,
  less,
  multiply,
  scalar,
  scan,
  sin,
  subtract,
  sum,
  tanh,
  whileLoop,
  type Expr
} from 'gradfold/expr'
import { item, tensor, toArray } from 'gradfold/tensor'
import {
  customJvp,
  customVjp,
  grad,
  hessian,
  hvp,
  jacobian,
  jvp,
  stopGradient,
  valueAndGrad,
  valueAndGradWithAux,
  vjp,
  vmap
} from 'gradfold/transform'

type Scalar = Expr<[], 'f64'>
const at = (x: number): Scalar => scalar(x, 'f64')
const value = (x: Scalar): number => item(evaluate(x))
const square = (x: Scalar): Scalar => pipe(x, multiply(x))
const cube = (x: Scalar): Scalar => pipe(square(x), multiply(x))

describe('grad', () => {
  it('is the derivative', () => {
    fc.assert(
      fc.property(fc.double({ min: -3, max: 3, noNaN: true }), (x) => {
        expect(value(grad(cube)(at(x)))).toBeCloseTo(3 * x * x, 12)
      })
    )
  })

  it('composes with itself to any order', () => {
    expect(value(grad(grad(cube))(at(2)))).toBe(12)
    expect(value(grad(grad(grad(cube)))(at(2)))).toBe(6)
    expect(value(grad(grad(grad(grad(cube))))(at(2)))).toBe(0)
  })

  it('does not confuse what is differentiated inside with what is outside', () => {
    // d/dx [ x · d/dy (x + y) ] = 1, though inner and outer variable meet
    const f = (x: Scalar): Scalar => pipe(x, multiply(grad((y: Scalar) => pipe(x, add(y)))(at(1))))
    expect(value(grad(f)(at(5)))).toBe(1)
    // d/dx [ d/dy (x y²) at y = x ] = d/dx 2x² = 4x
    const g = (x: Scalar): Scalar => grad((y: Scalar) => pipe(x, multiply(square(y))))(x)
    expect(value(grad(g)(at(3)))).toBe(12)
  })

  it('of a tree is a tree of the same structure', () => {
    const params = { kernel: constant(tensor([[1, 2]], 'f64')), list: [at(3), at(4)] as const }
    const loss = ({ kernel, list: [a, b] }: typeof params): Scalar => pipe(kernel, sum(), multiply(a), multiply(b))
    const gradient = evaluate(grad(loss)(params))
    expect(toArray(gradient.kernel)).toEqual([[12, 12]])
    expect(gradient.list.map((leaf) => item(leaf))).toEqual([12, 9])
  })

  it('takes further arguments for constants', () => {
    expect(value(grad((x: Scalar, y: Scalar) => pipe(square(x), multiply(y)))(at(3), at(2)))).toBe(12)
  })

  it('is zero where the function does not depend on its argument', () => {
    expect(value(grad((_: Scalar) => at(3))(at(1)))).toBe(0)
    expect(value(grad((x: Scalar) => stopGradient(square(x)))(at(3)))).toBe(0)
  })

  it('refuses what has no gradient, in one sentence', () => {
    const vector = constant(tensor([1, 2], 'f64'))
    // @ts-expect-error -- the function has to give a scalar
    expect(() => grad((x: typeof vector) => x)(vector)).toThrow(
      'grad: the function has to give a scalar [], it gives [2]; reduce it with sum() or mean()'
    )
    const counts = { n: constant(tensor(3, 'i32')), x: at(1) }
    expect(() => grad((p: typeof counts) => p.x)(counts)).toThrow("grad: only f32 and f64 have a gradient, 'n' is i32")
    expect(() => grad((x: Scalar) => x)(tensor(3, 'f64') as never)).toThrow(
      'grad: expected expressions, got a tensor; lift it with constant(tensor)'
    )
  })
})

describe('valueAndGrad', () => {
  it('gives both', () => {
    const [y, slope] = valueAndGrad(cube)(at(2))
    expect([value(y), value(slope)]).toEqual([8, 12])
  })

  it('gives an auxiliary output that is not differentiated', () => {
    const [y, aux, slope] = valueAndGradWithAux((x: Scalar) => [square(x), { twice: pipe(x, multiply(2)) }] as const)(
      at(3)
    )
    expect([value(y), value(aux.twice), value(slope)]).toEqual([9, 6, 6])
  })
})

describe('vjp and jvp', () => {
  const f = (x: Expr<[2], 'f64'>, y: Expr<[2], 'f64'>) => ({ product: pipe(x, multiply(y)), sum: pipe(x, add(y)) })
  const x = constant(tensor([1, 2], 'f64'))
  const y = constant(tensor([3, 4], 'f64'))
  const u = constant(tensor([5, 6], 'f64'))
  const v = constant(tensor([7, 8], 'f64'))

  it('pull cotangents back and push tangents forward, through trees', () => {
    const [result, pullBack] = vjp(f)(x, y)
    expect(toArray(evaluate(result.product))).toEqual([3, 8])
    expect(evaluate(pullBack({ product: u, sum: v })).map((t) => toArray(t))).toEqual([
      [3 * 5 + 7, 4 * 6 + 8],
      [1 * 5 + 7, 2 * 6 + 8]
    ])
    const [, tangent] = jvp(f)([x, y], [u, v])
    expect(toArray(evaluate(tangent.product))).toEqual([3 * 5 + 1 * 7, 4 * 6 + 2 * 8])
    expect(toArray(evaluate(tangent.sum))).toEqual([12, 14])
  })

  it('refuse tangents and cotangents of other shapes', () => {
    const wrong = constant(tensor([1, 2, 3], 'f64')) as unknown as typeof x
    expect(() => jvp(f)([x, y], [u, wrong])).toThrow('jvp: expected tangents of f64[2], got f64[3]')
    expect(() => vjp(f)(x, y)[1]({ product: wrong, sum: v })).toThrow('vjp: expected cotangents of f64[2], got f64[3]')
  })
})

describe('curvature', () => {
  const f = (x: Expr<[3], 'f64'>): Scalar => pipe(x, multiply(x), multiply(x), sum())
  const x = constant(tensor([1, 2, 3], 'f64'))

  it('of a sum of cubes is diagonal', () => {
    expect(toArray(evaluate(hessian(f)(x)))).toEqual([
      [6, 0, 0],
      [0, 12, 0],
      [0, 0, 18]
    ])
    expect(toArray(evaluate(hvp(f)(x, constant(tensor([1, 1, 1], 'f64')))))).toEqual([6, 12, 18])
  })

  it('is symmetric, and hvp is its product with a vector', () => {
    const w = constant(
      tensor(
        [
          [0.1, -0.4, 0.3],
          [0.7, 0.2, -0.5],
          [-0.6, 0.8, 0.9]
        ],
        'f64'
      )
    )
    const g = (p: Expr<[3], 'f64'>): Scalar => pipe(w, multiply(p), tanh, sum(0), multiply(p), cosh, sum())
    const vector = constant(tensor([0.3, -1.2, 0.5], 'f64'))
    const h = toArray(evaluate(hessian(g)(x)))
    const product = toArray(evaluate(hvp(g)(x, vector)))
    h.forEach((row, i) => {
      row.forEach((entry, j) => expect(entry).toBeCloseTo(h[j]![i]!, 10))
      expect(row[0]! * 0.3 - row[1]! * 1.2 + row[2]! * 0.5).toBeCloseTo(product[i]!, 10)
    })
  })

  it('jacobian of a linear map is its matrix', () => {
    const m = constant(
      tensor(
        [
          [1, 3, 5],
          [2, 4, 6]
        ],
        'f64'
      )
    )
    const linear = (v: Expr<[3], 'f64'>): Expr<[2], 'f64'> => pipe(m, multiply(v), sum(1))
    expect(toArray(evaluate(jacobian(linear)(x)))).toEqual([
      [1, 3, 5],
      [2, 4, 6]
    ])
  })
})

describe('control flow', () => {
  it('is differentiated through scan, to second order', () => {
    // after n steps of s ← s · x the result is xⁿ
    const power = (x: Scalar): Scalar =>
      scan((s: Scalar) => [pipe(s, multiply(x)), {}] as const, at(1), {}, { length: 4 })[0]
    expect(value(power(at(2)))).toBe(16)
    expect(value(grad(power)(at(2)))).toBe(32)
    expect(value(grad(grad(power))(at(2)))).toBe(48)
    expect(value(jvp((x: Scalar) => grad(power)(x))([at(2)], [at(1)])[1])).toBe(48)
  })

  it('is differentiated through cond, on the branch that is taken', () => {
    const f = (x: Scalar): Scalar =>
      cond(
        pipe(x, less(0)),
        (v: Scalar) => square(v),
        (v: Scalar) => cube(v),
        x
      )
    expect([value(grad(f)(at(-3))), value(grad(f)(at(2)))]).toEqual([-6, 12])
    expect([value(grad(grad(f))(at(-3))), value(grad(grad(f))(at(2)))]).toEqual([2, 12])
  })

  it('is differentiated forward through whileLoop; backward is refused in one sentence', () => {
    const f = (x: Scalar): Scalar =>
      whileLoop(
        (s: Scalar) => pipe(s, less(100)),
        (s: Scalar) => pipe(s, multiply(x)),
        at(1)
      )
    expect(value(jvp(f)([at(5)], [at(1)])[1])).toBe(75)
    expect(() => grad(f)(at(5))).toThrow(
      'grad: a whileLoop has no reverse-mode derivative, for the number of its steps is not known; use scan with a fixed length, or jvp'
    )
  })
})

describe('what nobody reads', () => {
  it('does not spoil a gradient where it overflows: an output of a scan, and one of a branch', () => {
    // the derivative of exp is its value: infinity
    const huge = (x: Scalar): Scalar => pipe(x, multiply(1000), exp)
    const looped = (x: Scalar): Scalar =>
      scan((s: Scalar) => [pipe(s, multiply(x)), huge(s)] as const, at(1), {}, { length: 3 })[0]
    expect(value(grad(looped)(at(2)))).toBe(12)
    const chosen = (x: Scalar): Scalar =>
      cond(
        pipe(x, less(3)),
        (v: Scalar) => [square(v), huge(v)] as const,
        (v: Scalar) => [cube(v), v] as const,
        x
      )[0]
    expect(value(grad(chosen)(at(2)))).toBe(4)
  })
})

describe("derivatives of one's own", () => {
  it('by customJvp are used forward, backward, twice and in batches', () => {
    const f = customJvp(
      (x: Scalar) => pipe(x, sin),
      ([x], [dx]) => [pipe(x, sin), pipe(dx, multiply(pipe(x, multiply(10))))]
    )
    expect(value(f(at(0)))).toBe(0)
    expect(value(grad(f)(at(3)))).toBe(30)
    expect(value(jvp(f)([at(3)], [at(2)])[1])).toBe(60)
    expect(value(grad(grad(f))(at(3)))).toBe(10)
    const each = vmap(grad(f))(constant(tensor([1, 2], 'f64')))
    expect(toArray(evaluate(each))).toEqual([10, 20])
  })

  it('by customVjp are used backward, and refused forward in one sentence', () => {
    const f = customVjp(
      (x: Scalar) => pipe(x, exp),
      (x: Scalar) => [pipe(x, exp), x] as const,
      (x: Scalar, ct: Scalar) => [pipe(ct, multiply(x), multiply(100))] as const
    )
    expect(value(f(at(0)))).toBe(1)
    expect(value(grad(f)(at(3)))).toBe(300)
    expect(value(grad(grad(f))(at(3)))).toBe(100)
    expect(() => jvp(f)([at(3)], [at(1)])).toThrow(
      'jvp: a function made by customVjp has no forward derivative; give it one with customJvp, or use grad'
    )
  })
})

describe('deep graphs', () => {
  it('of ten thousand nodes are differentiated without running out of stack', () => {
    const f = (x: Scalar): Scalar => Array.from({ length: 10_000 }).reduce<Scalar>((s) => pipe(s, subtract(1e-4)), x)
    expect(value(grad(f)(at(3)))).toBe(1)
  })
})

describe('a compiled derivative', () => {
  it('is a function of tensors', () => {
    const slope = run((x: Scalar) => grad(cube)(x))
    expect([1, 2, 3].map((x) => item(slope(tensor(x, 'f64'))))).toEqual([3, 12, 27])
  })
})
