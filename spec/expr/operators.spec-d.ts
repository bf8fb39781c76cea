/**
 * Types of operators: results with names and unknown sizes, generic functions, trees. What is refused, and how, is in
 * spec/errors/operators.ts and spec/errors/operators-names.ts.
 */
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expectTypeOf, it } from 'vitest'
import * as E from '../../lib/expr/index.ts'
import type { AnyExpr, Expr, Exprs } from '../../lib/expr/index.ts'
import type { CombineMessage } from '../../lib/expr/operators/elementwise.ts'
import type { DTypeMessage, MeetDType } from '../../lib/expr/kind.ts'
import type { NameMessage } from '../../lib/expr/operators/names.ts'
import type { Sides, TreeMessage } from '../../lib/expr/operators/trees.ts'
import type { Dim, Shape } from '../../lib/shape/index.ts'
import type { DType, FloatDType, Tensor, TypedSlot } from '../../lib/tensor/index.ts'

declare const rows: Expr<['batch', 784]>
declare const words: Expr<['batch', 'time', 768]>
declare const open: Expr<[number, 784]>
declare const tensor: Tensor<[2, 3], 'i32'>

describe('names', () => {
  it('go through operators', () => {
    expectTypeOf(pipe(rows, E.matmul(E.ones([784, 128])), E.add(E.ones([128])), E.relu)).toEqualTypeOf<
      Expr<['batch', 128]>
    >()
    expectTypeOf(pipe(rows, E.sum(0))).toEqualTypeOf<Expr<[784]>>()
    expectTypeOf(pipe(rows, E.mean(-1, { keep: true }))).toEqualTypeOf<Expr<['batch', 1]>>()
    expectTypeOf(pipe(rows, E.reshape('batch', 28, 28, -1))).toEqualTypeOf<Expr<['batch', 28, 28, 1]>>()
    expectTypeOf(pipe(words, E.reshape(-1, 768))).toEqualTypeOf<Expr<['batch*time', 768]>>()
    expectTypeOf(pipe(words, E.take(E.zeros([4], 'i32'), 1))).toEqualTypeOf<Expr<['batch', 4, 768]>>()
    expectTypeOf(pipe(rows, E.less(0), E.select(0, rows))).toEqualTypeOf<Expr<['batch', 784]>>()
    expectTypeOf(pipe(rows, E.argMax(1), E.oneHot(784))).toEqualTypeOf<Expr<['batch', 784]>>()
    expectTypeOf(pipe(rows, E.concat(rows, 1))).toEqualTypeOf<Expr<['batch', 1568]>>()
    expectTypeOf(E.zerosLike(rows)).toEqualTypeOf<Expr<['batch', 784]>>()
  })

  it('go through attention', () => {
    const heads = pipe(words, E.reshape('batch', 'time', 12, 64), E.transpose(0, 2, 1, 3))
    const scores = pipe(heads, E.matmul(pipe(heads, E.transpose(0, 1, 3, 2))), E.softmax())
    expectTypeOf(scores).toEqualTypeOf<Expr<['batch', 12, 'time', 'time']>>()
    const mixed = pipe(scores, E.matmul(heads), E.transpose(0, 2, 1, 3), E.reshape('batch', 'time', 768))
    expectTypeOf(mixed).toEqualTypeOf<Expr<['batch', 'time', 768]>>()
  })

  it('have to stand where they stood, if there is more than one unknown size', () => {
    expectTypeOf<NameMessage<['batch', 784], [28, 28, 'batch'], 'reshape'>>().toEqualTypeOf<never>()
    expectTypeOf<NameMessage<['batch', 'time', 8], ['batch', 'time', 2, -1], 'reshape'>>().toEqualTypeOf<never>()
    expectTypeOf<
      NameMessage<['batch', 'time', 8], ['time', 'batch', 8], 'reshape'>
    >().toEqualTypeOf<"reshape: the size of 'time' is not known, axis 0 of [batch, time, 8] is another; move it there, or use -1">()
  })
})

describe('what is not known', () => {
  it('is left to run time, and stays unknown', () => {
    expectTypeOf(pipe(open, E.matmul(E.ones([784, 10])))).toEqualTypeOf<Expr<[number, 10]>>()
    expectTypeOf(pipe(open, E.add(rows))).toEqualTypeOf<Expr<['batch', 784]>>()
    expectTypeOf(pipe(open, E.sum(0 as number))).toEqualTypeOf<Expr<[number]>>()
    expectTypeOf(pipe(E.zeros([2] as readonly number[]), E.add(1))).toEqualTypeOf<Expr<number[]>>()
  })

  it('is a whole expression in functions that take any', () => {
    const f = (x: AnyExpr, y: AnyExpr) => pipe(x, E.matmul(y), E.add(y), E.exp, E.sum(0), E.concat(y, 0), E.softmax())
    expectTypeOf(f).returns.toEqualTypeOf<Expr<readonly Dim[], DType>>()
    expectTypeOf<Expr<[2, 3], 'i32'>>().toExtend<AnyExpr>()
  })

  it('is a union of element types that the other operand may narrow', () => {
    expectTypeOf<MeetDType<FloatDType, 'f32'>>().toEqualTypeOf<'f32'>()
    expectTypeOf<MeetDType<'f64', FloatDType>>().toEqualTypeOf<'f64'>()
    expectTypeOf<DTypeMessage<FloatDType, 'f32', 'add'>>().toEqualTypeOf<never>()
    expectTypeOf<DTypeMessage<FloatDType, 'i32', 'add'>>().toEqualTypeOf<
      'add: f32 and i32 do not mix; convert one' | 'add: f64 and i32 do not mix; convert one'
    >()
    expectTypeOf<
      CombineMessage<'add', [2], 'f32', Expr<[3]>>
    >().toEqualTypeOf<'add: shapes [2] and [3] do not broadcast'>()
    expectTypeOf<CombineMessage<'add', [2], 'f32', 3>>().toEqualTypeOf<never>()
  })
})

describe('an expression', () => {
  it('is not assignable to one of another shape or element type', () => {
    expectTypeOf<Expr<[2, 3]>>().not.toExtend<Expr<[3, 2]>>()
    expectTypeOf<Expr<[2, 3]>>().not.toExtend<Expr<[2, 3], 'f64'>>()
    expectTypeOf<Expr<[2, 3]>>().toExtend<Expr<[number, 3]>>()
    expectTypeOf<Expr<[number, 3]>>().not.toExtend<Expr<[2, 3]>>()
  })

  it('has the type of the tensor it is made of', () => {
    expectTypeOf(E.constant(tensor)).toEqualTypeOf<Expr<[2, 3], 'i32'>>()
    expectTypeOf(E.scalar(1)).toEqualTypeOf<Expr<[]>>()
    expectTypeOf(E.full(1, [2, 3], 'u32')).toEqualTypeOf<Expr<[2, 3], 'u32'>>()
  })

  it('has an element type of its own, and not the one that its place would take', () => {
    expectTypeOf(pipe(E.ones([2]), E.add(E.zeros([2])))).toEqualTypeOf<Expr<[2]>>()
    // @ts-expect-error ts(2345) -- zeros are f32 unless said otherwise
    pipe(E.ones([2], 'i32'), E.add(E.zeros([2])))
  })
})

describe('functions', () => {
  it('may be generic over shape and element type', () => {
    const swish = <S extends Shape, F extends FloatDType>(x: Expr<S, F>): Expr<S, F> =>
      pipe(x, E.multiply(pipe(x, E.sigmoid)), E.multiply(2), E.tanh)
    const ramp = <S extends Shape, F extends FloatDType>(x: Expr<S, F>, y: Expr<S, F>): Expr<S, F> =>
      pipe(x, E.add(y), E.less(0), E.select(0, x))
    const total = <S extends Shape, F extends FloatDType>(x: Expr<S, F>): Expr<[], F> => pipe(x, E.square, E.sum())
    const dense = <F extends FloatDType>(
      x: Expr<['batch', 8], F>,
      w: Expr<[8, 4], F>,
      b: Expr<[4], F>
    ): Expr<['batch', 4], F> => pipe(x, E.matmul(w), E.add(b), E.softmax())
    expectTypeOf(swish(rows)).toEqualTypeOf<typeof rows>()
    expectTypeOf(ramp(rows, rows)).toEqualTypeOf<typeof rows>()
    expectTypeOf(total(rows)).toEqualTypeOf<Expr<[]>>()
    expectTypeOf(dense<'f64'>).returns.toEqualTypeOf<Expr<['batch', 4], 'f64'>>()
  })

  it('may take an expression or a number', () => {
    const scaled = (x: Expr<[3]>, by: Expr<[]> | number) => pipe(x, E.multiply(by))
    expectTypeOf(scaled).returns.toEqualTypeOf<Expr<readonly Dim[]>>()
  })
})

describe('trees', () => {
  it('of slots become trees of expressions', () => {
    interface Params {
      readonly dense: { readonly kernel: TypedSlot<[784, 10]>; readonly bias: TypedSlot<[10]> }
      readonly list: readonly [TypedSlot<[2]>, TypedSlot<[], 'i32'>]
    }
    expectTypeOf<Exprs<Params, 'f64'>>().toEqualTypeOf<{
      readonly dense: { readonly kernel: Expr<[784, 10], 'f64'>; readonly bias: Expr<[10], 'f64'> }
      readonly list: readonly [Expr<[2], 'f64'>, Expr<[], 'i32'>]
    }>()
    expectTypeOf<Exprs<Params>['list'][0]>().toEqualTypeOf<Expr<[2]>>()
  })

  it('go through loops', () => {
    const [carry, ys] = E.scan((c, [a, b]) => [{ s: pipe(c.s, E.add(a)) }, { y: b }], { s: E.scalar(0) }, [
      E.ones([4]),
      E.ones([4, 2])
    ])
    expectTypeOf(carry).toEqualTypeOf<{ readonly s: Expr<[]> }>()
    expectTypeOf(ys).toEqualTypeOf<{ readonly y: Expr<[4, 2]> }>()
    const [, named] = E.scan((c: Expr<[]>, v) => [c, v], E.scalar(0), words)
    expectTypeOf(named).toEqualTypeOf<Expr<['batch', 'time', 768]>>()
    const [, counted] = E.scan((c) => [c, c], E.scalar(0), [], { length: 7 })
    expectTypeOf(counted).toEqualTypeOf<Expr<[7]>>()
    const looped = E.whileLoop(
      ([n]) => pipe(n, E.less(9)),
      ([n, v]) => [pipe(n, E.add(1)), v],
      [E.scalar(0), E.ones([3])]
    )
    expectTypeOf(looped).toEqualTypeOf<readonly [Expr<[]>, Expr<[3]>]>()
  })

  it('of which one differs are told apart by path', () => {
    type W = Sides<'scan: the carry', 'at the start', 'after a step'>
    type Told<A, B> = TreeMessage<A, B, W>
    expectTypeOf<Told<{ a: Expr<[3]> }, { a: Expr<[3]> }>>().toEqualTypeOf<never>()
    expectTypeOf<Told<Expr<[3]>, Expr<[number]>>>().toEqualTypeOf<never>()
    expectTypeOf<
      Told<{ h: readonly [Expr<[3]>, Expr<[]>] }, { h: readonly [Expr<[3], 'f64'>, Expr<[]>] }>
    >().toEqualTypeOf<"scan: the carry 'h.0' is f32[3] at the start, but f64[3] after a step">()
    expectTypeOf<
      Told<{ a: Expr<[]>; b: Expr<[]> }, { a: Expr<[]> }>
    >().toEqualTypeOf<"scan: the carry 'b' is f32[] at the start, but missing after a step">()
    expectTypeOf<
      Told<{ a: Expr<[]> }, Expr<[]>>
    >().toEqualTypeOf<'scan: the carry is a record at the start, but f32[] after a step'>()
    expectTypeOf<Told<readonly AnyExpr[], readonly AnyExpr[]>>().toEqualTypeOf<never>()
  })

  it('are the arguments of programs', () => {
    const made = E.program((p: { readonly w: Expr<[3]> }, x: Expr<[3]>) => pipe(x, E.multiply(p.w)))
    expectTypeOf(made).returns.toEqualTypeOf<E.Program>()
    expectTypeOf(made).toBeCallableWith({ w: rows }, rows)
    // @ts-expect-error ts(2345) -- the first argument is a record
    expectTypeOf(made).toBeCallableWith(rows, rows)
  })
})

describe('functions with derivatives of their own', () => {
  it('keep the type of the function', () => {
    const f = E.customJvp(
      (x: Expr<[3]>, y: Expr<[]>) => [pipe(x, E.add(y)), y],
      ([x, y], [dx, dy]) => [
        [pipe(x, E.add(y)), y],
        [pipe(dx, E.add(dy)), dy]
      ]
    )
    expectTypeOf(f).toEqualTypeOf<(x: Expr<[3]>, y: Expr<[]>) => readonly [Expr<[3]>, Expr<[]>]>()
    const g = E.customVjp(
      (x: Expr<[3]>) => pipe(x, E.exp),
      (x) => [pipe(x, E.exp), { x }],
      ({ x }, ct) => [pipe(ct, E.multiply(x))]
    )
    expectTypeOf(g).toEqualTypeOf<(x: Expr<[3]>) => Expr<[3]>>()
  })
})
