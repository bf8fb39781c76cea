/**
 * What the layers that slide a window over an image share: the text of a window, and the room its padding may take.
 *
 * @since 0.1.0
 */
import * as Either from 'fp-ts/lib/Either.js'
import { finite, guarded } from '../codec/index.ts'
import {
  bothAxes,
  type Dim,
  type First,
  type Mul,
  type Padding,
  type PerAxis,
  type Shape,
  type Sub,
  type Window
} from '../shape/index.ts'

// model

/** A count for both axes of an image, or one each: [height, width]. */
export type Counts = PerAxis<number>
/** A padding for both axes of an image, or one each: [height, width]. */
export type Paddings = PerAxis<Padding>

export type HeightOf<T> = T extends readonly [infer H, unknown] ? H : T
export type WidthOf<T> = T extends readonly [unknown, infer W] ? W : T

/**
 * The shape of a window over an image, with C channels after it. `Window2d` of gradfold/shape checks once more that the window
 * fits; here the layer's message has done so, and each check counts in a deep network.
 */
export type Slid<
  O extends Shape,
  K extends Counts,
  S extends Counts,
  P extends Paddings,
  D extends Counts,
  C extends Dim
> = O extends readonly [infer H extends Dim, infer V extends Dim, Dim]
  ? [
      Window<H, HeightOf<K> & number, HeightOf<S> & number, HeightOf<P> & Padding, HeightOf<D> & number>,
      Window<V, WidthOf<K> & number, WidthOf<S> & number, WidthOf<P> & Padding, WidthOf<D> & number>,
      C
    ]
  : [number, number, C]

/** The text of a window: `3x3`. */
export type Sides<K extends Counts> = `${HeightOf<K> & number}x${WidthOf<K> & number}`

// values

const isPair = <T>(setting: PerAxis<T>): setting is readonly [T, T] => Array.isArray(setting)

/** The text of a window: the run-time twin of `Sides`. */
export const sides = (kernel: Counts): string => bothAxes(kernel).join('x')

/** The text of a setting, as one would write it. */
export const settingText = (setting: Counts | Paddings): string => {
  const one = (value: Padding): string => (typeof value === 'number' ? `${value}` : `'${value}'`)
  return isPair<Padding>(setting) ? `[${setting.map(one).join(', ')}]` : one(setting)
}

/** The options of a layer as one would write them, those that have their defaults left out. */
export const optionsText = (
  options: readonly (readonly [
    name: string,
    value: Counts | Paddings | boolean,
    fallback: Counts | Paddings | boolean
  ])[]
): string => {
  const shown = (value: Counts | Paddings | boolean): string =>
    typeof value === 'boolean' ? `${value}` : settingText(value)
  const set = options.filter(([, value, fallback]) => shown(value) !== shown(fallback))
  return set.length === 0 ? '' : `{ ${set.map(([name, value]) => `${name}: ${shown(value)}`).join(', ')} }`
}

// codecs

const isPadding = (u: unknown): u is Padding => u === 'valid' || u === 'same' || finite.is(u)
const perAxis =
  <T>(is: (u: unknown) => u is T) =>
  (u: unknown): u is PerAxis<T> =>
    is(u) || (Array.isArray(u) && u.length === 2 && u.every(is))

/** A count for both axes, or one each. */
export const counts = guarded<Counts>('a number or [height, width]', perAxis(finite.is))

/** A padding for both axes, or one each. */
export const paddings = guarded<Paddings>("'valid', 'same', a number, or [height, width] of these", perAxis(isPadding))

// the room of padding: a window that lies on padding alone has no greatest element and no mean

type NoRoom<What extends string, P extends number> = `${What}: the padding can be at most half of the window, got ${P}`
const noRoom = <What extends string, P extends number>(what: What, padding: P): NoRoom<What, P> =>
  `${what}: the padding can be at most half of the window, got ${padding}`
type Room<K, P, What extends string> = P extends number
  ? K extends number
    ? [Sub<K, Mul<2, P>>] extends [never]
      ? NoRoom<What, P>
      : never
    : never
  : never

/** The complaint that a padding is more than half of a window, or `never`. */
export type PaddingRoom<K extends Counts, P extends Paddings, What extends string> = First<
  Room<HeightOf<K>, HeightOf<P>, What>,
  Room<WidthOf<K>, WidthOf<P>, What>
>

/** The complaint that a padding is more than half of a window: the run-time twin of `PaddingRoom`. */
export const paddingRoom = (kernel: Counts, padding: Paddings, what: string): Either.Either<string, void> => {
  const around = bothAxes(padding)
  const wrong = bothAxes(kernel).flatMap((n, axis) => {
    const places = around[axis]
    return typeof places === 'number' && 2 * places > n ? [places] : []
  })
  return wrong[0] === undefined ? Either.right(undefined) : Either.left(noRoom(what, wrong[0]))
}
