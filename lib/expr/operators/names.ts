/**
 * Names in the target of a reshape. A program has numbers only, so the size behind a name has to be found: one unknown
 * axis follows from the number of elements, and a name that stands where it stood keeps the size of that axis.
 *
 * @since 0.1.0
 */
import {
  raise,
  show,
  type Dim,
  type Open,
  type Shape,
  type Show,
  type Sizes,
  type Unranked
} from '../../shape/index.ts'

// sentence

type UnknownName<
  What extends string,
  Name extends string,
  Axis extends string,
  S extends string
> = `${What}: the size of '${Name}' is not known, axis ${Axis} of ${S} is another; move it there, or use -1`
const unknownName = <What extends string, Name extends string, Axis extends string, S extends string>(
  what: What,
  name: Name,
  axis: Axis,
  s: S
): UnknownName<What, Name, Axis, S> =>
  `${what}: the size of '${name}' is not known, axis ${axis} of ${s} is another; move it there, or use -1`

// types

/** The axes of a target whose size does not stand there: names and −1. */
type Unsized<T extends Shape, Out extends readonly 0[] = []> = T extends readonly [infer H, ...infer R extends Shape]
  ? H extends string | -1
    ? Unsized<R, [...Out, 0]>
    : Unsized<R, Out>
  : Out

/** The complaint that a name of the target T is neither the only unknown axis nor where it is in S, or `never`. */
export type NameMessage<S extends Shape, T extends Shape, What extends string> =
  Unranked<S> extends true
    ? never
    : Unranked<T> extends true
      ? never
      : Unsized<T> extends readonly [] | readonly [0]
        ? never
        : Misplaced<S, S, T, What>
type Misplaced<
  All extends Shape,
  S extends Shape,
  T extends Shape,
  What extends string,
  At extends readonly 0[] = []
> = T extends readonly [infer D extends Dim, ...infer R extends Shape]
  ? S extends readonly [infer C extends Dim, ...infer Q extends Shape]
    ? Stays<C, D> extends true
      ? Misplaced<All, Q, R, What, [...At, 0]>
      : UnknownName<What, `${D}`, `${At['length']}`, Show<All>>
    : D extends string
      ? UnknownName<What, D, `${At['length']}`, Show<All>>
      : Misplaced<All, [], R, What, [...At, 0]>
  : never
/** Whether the target dimension D is a number, or the name that stood there. */
type Stays<C extends Dim, D extends Dim> = D extends string
  ? Open<C> extends true
    ? true
    : [C, D] extends [D, C]
      ? true
      : false
  : true

// value

/** The target with a size for every name: −1 for the only unknown axis, else the size of the axis where it stands. */
export const placeNames = (shape: Sizes, target: Shape, what: string): Sizes => {
  const unknown = target.filter((dim) => typeof dim === 'string' || dim === -1).length
  return target.map((dim, axis) =>
    typeof dim === 'number'
      ? dim
      : unknown === 1
        ? -1
        : (shape[axis] ?? raise(unknownName(what, dim, `${axis}`, show(shape))))
  )
}
