/**
 * Loops and branches against JavaScript's own, and functions with derivatives of their own.
 */
import * as fc from 'fast-check'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, it } from 'vitest'
import * as E from '../../lib/expr/index.ts'
import type { Expr } from '../../lib/expr/index.ts'
import { evaluate, run } from '../../lib/engine/index.ts'
import { slot, tensor, toArray } from '../../lib/tensor/index.ts'
import { grad, jvp } from '../../lib/transform/index.ts'
import { expression, flat, input, nested, sentenceOf } from './helpers.ts'

const vector = (elements: readonly number[]) =>
  expression({ shape: [elements.length], elements }) as Expr<[number], 'f64'>
const scalar = (value: number) => E.scalar(value, 'f64')

describe('scan', () => {
  it('is a fold that keeps a result of each step, from either end', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 8 }),
        fc.integer({ min: -3, max: 3 }),
        fc.boolean(),
        (xs, factor, reverse) => {
          const outer = scalar(factor)
          const [last, seen] = E.scan(
            (carry, x) => {
              const total = pipe(carry.total, E.multiply(outer), E.add(x))
              return [{ total, steps: pipe(carry.steps, E.add(1)) }, [total, pipe(x, E.negate)]]
            },
            { total: scalar(1), steps: E.scalar(0, 'i32') },
            vector(xs),
            { reverse }
          )
          const order = reverse ? xs.toReversed() : xs
          const totals = order.reduce<readonly number[]>((list, x) => [...list, (list.at(-1) ?? 1) * factor + x], [])
          expect(nested(last.total)).toBe(totals.at(-1))
          expect(nested(last.steps)).toBe(xs.length)
          expect(nested(seen[0])).toEqual(reverse ? totals.toReversed() : totals)
          expect(nested(seen[1])).toEqual(xs.map((x) => -x))
        }
      ),
      { numRuns: 40 }
    )
  })

  it('runs over all leaves of a tree at once', () => {
    const [, sums] = E.scan((carry, { a, b: [b] }) => [carry, pipe(a, E.add(b))], [], {
      a: E.iota([3, 2]),
      b: [E.iota([3, 2], { axis: 1 })]
    })
    expect(nested(sums)).toEqual([
      [0, 1],
      [1, 2],
      [2, 3]
    ])
  })

  it('counts steps without xs, also none', () => {
    const doubled = (length: number) => E.scan((x) => [pipe(x, E.multiply(2)), []], E.scalar(1), [], { length })[0]
    expect(nested(doubled(10))).toBe(1024)
    expect(nested(doubled(0))).toBe(1)
  })

  it('nests, and the inner loop sees what the outer one carries', () => {
    const [total] = E.scan(
      (outer, x) => {
        const [inner] = E.scan(
          (carry, y) => [pipe(carry, E.add(pipe(x, E.multiply(y), E.add(outer)))), []],
          outer,
          vector([1, 2])
        )
        return [inner, []]
      },
      scalar(1),
      vector([3, 4])
    )
    const step = (outer: number, x: number): number => [1, 2].reduce((carry, y) => carry + x * y + outer, outer)
    expect(nested(total)).toBe([3, 4].reduce(step, 1))
  })

  it('has a gradient, by what it carries, what it runs over and what comes from outside', () => {
    const f = (start: Expr<[], 'f64'>, xs: Expr<[3], 'f64'>, w: Expr<[], 'f64'>) =>
      E.scan((carry, x) => [pipe(carry, E.multiply(w), E.add(x)), []], start, xs)[0]
    const xs = pipe(vector([1, 2, 3]), E.reshape(3))
    expect(nested(grad((s: Expr<[], 'f64'>) => f(s, xs, scalar(2)))(scalar(5)))).toBe(8)
    expect(nested(grad((v: Expr<[3], 'f64'>) => f(scalar(5), v, scalar(2)))(xs))).toEqual([4, 2, 1])
    // 5 w³ + w² + 2 w + 3
    expect(nested(grad((w: Expr<[], 'f64'>) => f(scalar(5), xs, w))(scalar(2)))).toBe(66)
  })

  it('refuses xs of different lengths, scalars, and a carry of another structure', () => {
    expect(sentenceOf(() => E.scan((c, x) => [c, x], scalar(0), [E.ones([3]), E.ones([4])]))).toBe(
      'scan: the first axes of xs have to be of length 3, got [3, 4]'
    )
    expect(sentenceOf(() => E.scan((c, x) => [c, x], scalar(0), { a: E.ones([]) }))).toBe(
      "scan: xs 'a' is a scalar and has no axis to run over"
    )
    expect(sentenceOf(() => E.scan((c) => [c, []], scalar(0), []))).toBe('scan: without xs it needs the option length')
    expect(sentenceOf(() => E.scan((c) => [c, []], scalar(0), [], { length: -1 }))).toBe(
      'scan: the length has to be a whole number from 0, got -1'
    )
    expect(
      sentenceOf(() => E.scan((c) => [{ ...c, more: c.a } as never, []], { a: scalar(0) }, [], { length: 1 }))
    ).toBe("scan: the carry 'more' is missing at the start, but f64[] after a step")
    expect(sentenceOf(() => E.scan((c) => [c, []], { a: tensor(1) } as never, [], { length: 1 }))).toBe(
      "scan: expected expressions, got a tensor or a slot 'a'; lift a tensor with constant"
    )
  })

  it('keeps the order of a carry that comes back in another one', () => {
    const start = { a: scalar(1), b: scalar(2) }
    const swap = ({ a, b }: typeof start) => ({ b: a, a: b })
    const after = (length: number) => E.scan((carry) => [swap(carry), []], start, [], { length })[0]
    expect([after(1).a, after(1).b, after(2).a, after(2).b].map(nested)).toEqual([2, 1, 1, 2])
    const looped = E.whileLoop(({ a }) => pipe(a, E.less(2)), swap, start)
    expect([nested(looped.a), nested(looped.b)]).toEqual([2, 1])
    const chosen = E.cond(E.scalar(0, 'bool'), (x) => x, swap, start)
    expect([nested(chosen.a), nested(chosen.b)]).toEqual([2, 1])
    const own = E.customJvp(
      (x: typeof start) => x,
      ([x], [dx]) => [
        { b: x.b, a: x.a },
        { b: dx.b, a: pipe(dx.a, E.multiply(3)) }
      ]
    )
    const first = (a: Expr<[], 'f64'>) => own({ a, b: scalar(2) }).a
    expect(nested(grad(first)(scalar(1)))).toBe(3)
  })
})

describe('cond', () => {
  it('computes one of two functions, which may use values from outside', () => {
    const f = run((x: Expr<[], 'f64'>, y: Expr<[], 'f64'>) =>
      E.cond(
        pipe(x, E.less(y)),
        (a) => ({ less: pipe(a, E.multiply(y)), same: y }),
        (a) => ({ less: pipe(a, E.add(x)), same: a }),
        x
      )
    )
    const at = (x: number, y: number) => {
      const { less, same } = f(tensor(x, 'f64'), tensor(y, 'f64'))
      return [toArray(less), toArray(same)]
    }
    fc.assert(
      fc.property(fc.integer(), fc.integer(), (x, y) => {
        expect(at(x, y)).toEqual(x < y ? [x * y, y] : [x + x, x])
      }),
      { numRuns: 30 }
    )
  })

  it('has the gradient of the function chosen', () => {
    const f = (x: Expr<[], 'f64'>) =>
      E.cond(
        pipe(x, E.less(0)),
        (v) => pipe(v, E.negate),
        (v) => pipe(v, E.square),
        x
      )
    expect(nested(grad(f)(scalar(-3)))).toBe(-1)
    expect(nested(grad(f)(scalar(3)))).toBe(6)
  })

  it('takes trees', () => {
    const picked = E.cond(
      E.scalar(1, 'bool'),
      ({ a, b }) => [a, b],
      ({ a, b }) => [b, a],
      { a: scalar(1), b: scalar(2) }
    )
    expect(picked.map(nested)).toEqual([1, 2])
  })

  it('refuses a condition that is no bool', () => {
    expect(
      sentenceOf(() =>
        E.cond(
          scalar(1) as never,
          () => scalar(1),
          () => scalar(2)
        )
      )
    ).toBe('cond: the predicate has to be bool[], got f64[]')
  })
})

describe('whileLoop', () => {
  it('runs as long as its condition holds, with values from outside on both sides', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 5 }), (limit, by) => {
        const [most, step] = [scalar(limit), scalar(by)]
        const { total, count } = E.whileLoop(
          ({ total: x }) => pipe(x, E.less(most)),
          ({ total: x, count: n }) => ({ total: pipe(x, E.add(step)), count: pipe(n, E.add(1)) }),
          { total: scalar(0), count: E.scalar(0, 'i32') }
        )
        const steps = Math.ceil(limit / by)
        expect([nested(total), nested(count)]).toEqual([steps * by, steps])
      }),
      { numRuns: 30 }
    )
  })

  it('has a forward derivative', () => {
    const f = (x: Expr<[], 'f64'>) =>
      E.whileLoop(
        (v) => pipe(v, E.less(100)),
        (v) => pipe(v, E.square),
        x
      )
    const [value, tangent] = jvp(f)([scalar(3)], [scalar(1)])
    expect(nested(value)).toBe(6561)
    expect(nested(tangent)).toBe(8 * 3 ** 7)
  })

  it('refuses a condition that is no bool', () => {
    expect(
      sentenceOf(() =>
        E.whileLoop(
          (v) => v as never,
          (v) => v,
          scalar(1)
        )
      )
    ).toBe('whileLoop: the predicate has to be bool[], got f64[]')
  })
})

describe('customJvp', () => {
  const outer = scalar(10)
  const f = E.customJvp(
    (x: Expr<[], 'f64'>, y: Expr<[], 'f64'>, n: Expr<[], 'i32'>) => ({
      value: pipe(x, E.multiply(y), E.add(outer)),
      count: pipe(n, E.add(1))
    }),
    ([x, y, n], [dx, dy, dn]) => [
      { value: pipe(x, E.multiply(y), E.add(outer)), count: pipe(n, E.add(1)) },
      // on purpose not the derivative: 100 dx + x dy
      { value: pipe(dx, E.multiply(100), E.add(pipe(x, E.multiply(dy)))), count: dn }
    ]
  )

  it('computes the function, and differentiates as it is told, forward and backward', () => {
    const result = f(scalar(2), scalar(3), E.scalar(4, 'i32'))
    expect([nested(result.value), nested(result.count)]).toEqual([16, 5])
    const value = (x: Expr<[], 'f64'>, y: Expr<[], 'f64'>) => f(x, y, E.scalar(4, 'i32')).value
    expect(nested(grad((x: Expr<[], 'f64'>) => value(x, scalar(3)))(scalar(2)))).toBe(100)
    expect(nested(grad((y: Expr<[], 'f64'>) => value(scalar(2), y))(scalar(3)))).toBe(2)
    const second = grad((x: Expr<[], 'f64'>) => grad((y: Expr<[], 'f64'>) => value(x, y))(scalar(3)))
    expect(nested(second(scalar(2)))).toBe(1)
  })

  it('takes what comes from outside for constant', () => {
    const g = (w: Expr<[], 'f64'>) => {
      const scaled = E.customJvp(
        (x: Expr<[], 'f64'>) => pipe(x, E.multiply(w)),
        ([x], [dx]) => [pipe(x, E.multiply(w)), pipe(dx, E.multiply(w), E.multiply(2))]
      )
      return pipe(scaled(scalar(5)), E.add(scaled(w)))
    }
    expect(nested(g(scalar(3)))).toBe(24)
    expect(nested(grad(g)(scalar(3)))).toBe(6)
  })
})

describe('customVjp', () => {
  const f = E.customVjp(
    (x: Expr<[3], 'f64'>, n: Expr<[], 'i32'>) => [pipe(x, E.square), n],
    (x, n) => [[pipe(x, E.square), n], { x, more: [n] }],
    // on purpose not the derivative: 7 x g
    ({ x, more: [n] }, [g]) => [pipe(g, E.multiply(x), E.multiply(7)), n]
  )

  it('computes the function, and pulls gradients back as it is told', () => {
    const x = pipe(vector([1, 2, 3]), E.reshape(3))
    expect(nested(f(x, E.scalar(1, 'i32'))[0])).toEqual([1, 4, 9])
    const total = (v: Expr<[3], 'f64'>) => pipe(f(v, E.scalar(1, 'i32'))[0], E.multiply(2), E.sum())
    expect(nested(grad(total)(x))).toEqual([14, 28, 42])
    const again = (v: Expr<[3], 'f64'>) => pipe(grad(total)(v), E.square, E.sum())
    expect(nested(grad(again)(x))).toEqual([1, 2, 3].map((v) => 2 * 14 * 14 * v))
  })

  it('takes what comes from outside for constant, and carries it to the pull-back', () => {
    const g = (w: Expr<[], 'f64'>) => {
      const scaled = E.customVjp(
        (x: Expr<[], 'f64'>) => pipe(x, E.multiply(w)),
        (x) => [pipe(x, E.multiply(w)), []],
        (_, ct) => [pipe(ct, E.multiply(w), E.multiply(2))]
      )
      return scaled(pipe(w, E.multiply(1)))
    }
    expect(nested(g(scalar(3)))).toBe(9)
    expect(nested(grad(g)(scalar(3)))).toBe(6)
  })

  it('refuses forward derivatives in one sentence', () => {
    const half = E.customVjp(
      (x: Expr<[], 'f64'>) => x,
      (x) => [x, []],
      (_, g) => [g]
    )
    const forward = () => jvp(half)([scalar(1)], [scalar(1)])
    expect(sentenceOf(forward)).toContain('customVjp')
  })
})

describe('program', () => {
  it('has the leaves of its arguments and of its result, in order', () => {
    const made = E.program((p: { readonly w: Expr<[3]>; readonly b: readonly [Expr<[]>] }, x: Expr<[2, 3]>) => ({
      y: pipe(x, E.multiply(p.w), E.add(p.b[0])),
      x
    }))({ w: slot([3], 'f32'), b: [slot([], 'f32')] }, slot([2, 3], 'f32'))
    expect(made.inputs).toEqual([slot([3], 'f32'), slot([], 'f32'), slot([2, 3], 'f32')])
    expect(E.outputSlots(made)).toEqual([slot([2, 3], 'f32'), slot([2, 3], 'f32')])
    expect(E.parse(E.print(made))).toEqual({ _tag: 'Right', right: made })
  })

  it('takes tensors and expressions for slots', () => {
    const square = E.program((x: Expr<[2]>) => pipe(x, E.square))
    expect(square(tensor([1, 2]))).toEqual(square(E.zeros([2])))
    expect(E.hash(square(tensor([1, 2])))).toBe(E.hash(square(slot([2], 'f32'))))
  })

  it('refuses a result that depends on an input from outside', () => {
    const stray = input([2])
    expect(sentenceOf(() => E.program(() => stray)())).toContain('depends on an input f32[2] that is not an argument')
  })
})

describe('a closed expression', () => {
  it('has one value, however it is put into trees', () => {
    const x = pipe(scalar(2), E.exp)
    const { a, b } = evaluate({ a: x, b: [x] })
    expect(toArray(a)).toBe(toArray(b[0] ?? a))
    expect(flat(x).elements[0]).toBe(toArray(a))
  })
})
