import { describe, expectTypeOf, it } from 'vitest'
import type {
  Add,
  Div,
  Divides,
  Init,
  Last,
  Meet,
  Mul,
  Natural,
  NormalAxis,
  Product,
  Quotient,
  Same,
  SameShape,
  SameSize,
  Shape,
  Show,
  ShowDim,
  Sizes,
  Sub,
  Whole
} from '../../lib/shape/index.ts'

/** A value of a type, for assertions that take one. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the type is all that is written
declare const a: <T>() => T

describe('dimensions as types', () => {
  it('known sizes are computed', () => {
    expectTypeOf<Add<9007199254740990, 1>>().toEqualTypeOf<9007199254740991>()
    expectTypeOf<Sub<1000, 1>>().toEqualTypeOf<999>()
    expectTypeOf<Mul<94906265, 94906265>>().toEqualTypeOf<9007199136250225>()
    expectTypeOf<Div<138357544, 1000>>().toEqualTypeOf<138357>()
    expectTypeOf<Divides<12, 768>>().toEqualTypeOf<true>()
    expectTypeOf<Divides<7, 768>>().toEqualTypeOf<false>()
  })

  it('beyond 2^53 − 1 nothing is claimed', () => {
    expectTypeOf<Add<9007199254740991, 2>>().toEqualTypeOf<number>()
    expectTypeOf<Mul<9007199254740991, 9007199254740991>>().toEqualTypeOf<number>()
  })

  it('what has no result is never, what is no size is not computed with', () => {
    expectTypeOf<Sub<3, 5>>().toBeNever()
    expectTypeOf<Div<5, 0>>().toBeNever()
    expectTypeOf<Divides<0, 5>>().toEqualTypeOf<false>()
    expectTypeOf<Add<2.5, 1>>().toEqualTypeOf<number>()
    expectTypeOf<Mul<-2, -3>>().toEqualTypeOf<number>()
    expectTypeOf<Add<1e21, 1>>().toEqualTypeOf<number>()
  })

  it('names are kept where they are neutral, and unknown elsewhere', () => {
    expectTypeOf<Add<'time', 0>>().toEqualTypeOf<'time'>()
    expectTypeOf<Mul<1, 'time'>>().toEqualTypeOf<'time'>()
    expectTypeOf<Div<'time', 1>>().toEqualTypeOf<'time'>()
    expectTypeOf<Sub<'time', 'time'>>().toEqualTypeOf<0>()
    expectTypeOf<Add<'time', 1>>().toEqualTypeOf<number>()
  })

  it('unknown dimensions may be any, and unions are unknown', () => {
    expectTypeOf<Same<number, 5>>().toEqualTypeOf<true>()
    expectTypeOf<Same<'batch', 5>>().toEqualTypeOf<false>()
    expectTypeOf<Same<'a*b', 'b*a'>>().toEqualTypeOf<true>()
    expectTypeOf<Same<16 | 32, 64>>().toEqualTypeOf<true>()
    expectTypeOf<Meet<number, 5>>().toEqualTypeOf<5>()
    expectTypeOf<Meet<'batch', number>>().toEqualTypeOf<'batch'>()
    expectTypeOf<Add<16 | 32, 1>>().toEqualTypeOf<number>()
    expectTypeOf<Mul<16 | 32, 64 | 128>>().toEqualTypeOf<number>()
    expectTypeOf<ShowDim<16 | 32>>().toEqualTypeOf<'?'>()
  })

  it('counts are whole and positive, sizes may be 0', () => {
    expectTypeOf<[Whole<3>, Whole<0>, Whole<-3>, Whole<2.5>, Whole<1e21>, Whole<number>]>().toEqualTypeOf<
      [true, false, false, false, false, true]
    >()
    expectTypeOf<[Natural<0>, Natural<-1>, Natural<0.5>, Natural<number>]>().toEqualTypeOf<[true, false, false, true]>()
  })
})

describe('shapes as types', () => {
  it('are shown as they are written, at any rank', () => {
    expectTypeOf<Show<[]>>().toEqualTypeOf<'[]'>()
    expectTypeOf<Show<readonly ['batch', number, 3]>>().toEqualTypeOf<'[batch, ?, 3]'>()
    expectTypeOf<Show<Shape>>().toEqualTypeOf<'[...]'>()
    expectTypeOf<Show<readonly [2, ...Sizes]>>().toEqualTypeOf<'[...]'>()
  })

  it('products gather names and numbers, and divide', () => {
    expectTypeOf<Product<['batch', 12, 'time', 64]>>().toEqualTypeOf<'batch*time*768'>()
    expectTypeOf<Product<['batch*4', 3]>>().toEqualTypeOf<'batch*12'>()
    expectTypeOf<Product<['batch', 0]>>().toEqualTypeOf<0>()
    expectTypeOf<Product<[number, 3]>>().toEqualTypeOf<number>()
    expectTypeOf<Product<Shape>>().toEqualTypeOf<number>()
    expectTypeOf<Quotient<['batch', 784], ['batch', 28]>>().toEqualTypeOf<28>()
    expectTypeOf<Quotient<['batch', 784], [29]>>().toBeNever()
    expectTypeOf<SameSize<['a', 'b', 4], ['b*4', 'a']>>().toEqualTypeOf<true>()
  })

  it('agree where nothing known contradicts', () => {
    expectTypeOf<SameShape<['batch', number], ['batch', 10]>>().toEqualTypeOf<true>()
    expectTypeOf<SameShape<[2, 3], [2, 4]>>().toEqualTypeOf<false>()
    expectTypeOf<SameShape<[2, 3], [2]>>().toEqualTypeOf<false>()
    expectTypeOf<SameShape<Shape, [2]>>().toEqualTypeOf<true>()
    expectTypeOf<SameShape<[2], Shape>>().toEqualTypeOf<true>()
    expectTypeOf<SameShape<readonly [2], [2]>>().toEqualTypeOf<true>()
    expectTypeOf<SameShape<[2, ...number[]], [3, 3]>>().toEqualTypeOf<false>()
  })

  it('have ends, and axes from both of them', () => {
    expectTypeOf<[Last<['batch', 10]>, Last<Shape>]>().toEqualTypeOf<[10, number]>()
    expectTypeOf<Last<[]>>().toBeNever()
    expectTypeOf<Init<['batch', 28, 28]>>().toEqualTypeOf<['batch', 28]>()
    expectTypeOf<Init<Shape>>().toEqualTypeOf<Shape>()
    expectTypeOf<[NormalAxis<[4, 5, 6], -3>, NormalAxis<[4, 5, 6], 2>]>().toEqualTypeOf<[0, 2]>()
    expectTypeOf<NormalAxis<[4, 5, 6], -4>>().toBeNever()
    expectTypeOf<NormalAxis<[4, 5, 6], 3>>().toBeNever()
    expectTypeOf<[NormalAxis<Shape, 3>, NormalAxis<[4], number>]>().toEqualTypeOf<[number, number]>()
  })

  it('the arithmetic ends where its operands are parameters', () => {
    const generic = <N extends number, S extends Shape>(): [
      Add<N, 1>,
      Sub<N, 1>,
      Mul<N, N>,
      Div<N, 3>,
      Divides<N, 3>,
      Product<S>,
      Show<S>,
      Last<S>
    ] => a()
    expectTypeOf(generic<12, [3, 4]>()).toEqualTypeOf<[13, 11, 144, 4, false, 12, '[3, 4]', 4]>()
  })
})
