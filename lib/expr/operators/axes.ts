/**
 * Shapes with an axis more, less, or another one in its place: the rules that only operators need.
 *
 * @since 0.1.0
 */
import type { Dim, NormalAxis, Open, Shape, Unranked } from '../../shape/index.ts'

/** Nothing known, not even the rank. */
type Unknown = readonly Dim[]

/** The dimensions I in place of the axis that is A counted from the front. */
type Spliced<S extends Shape, A extends number, I extends Shape, Out extends Shape = []> = S extends readonly [
  infer H extends Dim,
  ...infer T extends Shape
]
  ? Out['length'] extends A
    ? [...Out, ...I, ...T]
    : Spliced<T, A, I, [...Out, H]>
  : Out

/** The dimensions I in front of the place A, counted from the front; A may be the rank. */
type Inserted<S extends Shape, A extends number, I extends Shape, Out extends Shape = []> = Out['length'] extends A
  ? [...Out, ...I, ...S]
  : S extends readonly [infer H extends Dim, ...infer T extends Shape]
    ? Inserted<T, A, I, [...Out, H]>
    : Out

/** The dimensions I in place of the axis X; of unknown rank where the axis or the rank is not known. */
export type ReplaceAxis<S extends Shape, X extends number, I extends Shape> =
  Unranked<S> extends true
    ? Unknown
    : Unranked<I> extends true
      ? Unknown
      : Open<X> extends true
        ? Unknown
        : Spliced<S, NormalAxis<S, X>, I>

/** The shape without the axis X. */
export type RemoveAxis<S extends Shape, X extends number> = ReplaceAxis<S, X, []>

/** The shape with a dimension D more, which is then the axis X. */
export type InsertAxis<S extends Shape, X extends number, D extends Dim> =
  Unranked<S> extends true ? Unknown : Open<X> extends true ? Unknown : Inserted<S, NormalAxis<[...S, D], X>, [D]>

/** The dimension of the axis X; `number` where it is not known. */
export type AxisSize<S extends Shape, X extends number> =
  NormalAxis<S, X> extends infer A extends number
    ? number extends A
      ? number
      : A extends keyof S
        ? Extract<S[A], Dim>
        : number
    : number

/** The shape without its dimensions that are 1; of unknown rank where one is not known. */
export type RemoveOnes<S extends Shape, Out extends Shape = []> = S extends readonly [
  infer H extends Dim,
  ...infer T extends Shape
]
  ? Open<H> extends true
    ? Unknown
    : RemoveOnes<T, H extends 1 ? Out : [...Out, H]>
  : Unranked<S> extends true
    ? Unknown
    : Out
