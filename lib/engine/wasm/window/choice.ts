/**
 * Windows of which one tap is chosen, the first that no other exceeds: `windowPick` and `windowScatter`.
 *
 * @since 0.1.0
 */
import { i32, set, v128, when, type Instruction, type NewLocal } from '../assembler/index.ts'
import { storeLanes, type Lanes } from '../convolution/lanes.ts'
import { eachTap, type Taps, type Visit } from './slide.ts'

type Vector = Instruction<'v128'>
type Code = readonly Instruction<'none'>[]

/** Masks where a is chosen over an earlier b: a greater number, or the first NaN. */
const exceeds = ({ arithmetic }: Lanes, a: Vector, b: Vector): Vector =>
  v128.andNot(arithmetic.equal(b, b), arithmetic.lessEqual(a, b))

/** Code for windows that have taps. */
const unlessEmpty = (taps: Taps, code: Code): Code =>
  taps.kind === 'written' ? code : [when(i32.multiply(taps.rows, taps.columns), code)]

/** Stores of each window the value where x is chosen, +0 where there is nothing to choose. */
export const picking =
  (lanes: Lanes) =>
  (local: NewLocal): Visit => {
    const [element, greatest, value, mask] = [local('v128'), local('v128'), local('v128'), local('v128')]
    return ([x, values], [out], taps, width) => [
      set(value, lanes.constant(0)),
      // the first tap is chosen, and does not exceed itself
      ...unlessEmpty(taps, [
        set(greatest, v128.load(x!)),
        set(value, v128.load(values!)),
        ...eachTap(local, taps, [x!, values!], ([at, from], offset, tap) =>
          tap === 0
            ? []
            : [
                set(element, v128.load(at!, offset)),
                set(mask, exceeds(lanes, element, greatest)),
                set(greatest, v128.bitselect(element, greatest, mask)),
                set(value, v128.bitselect(v128.load(from!, offset), value, mask))
              ]
        )
      ]),
      ...storeLanes(lanes, out!, value, width)
    ]
  }

/**
 * Adds the element of each window where x is chosen. With `apart` windows nothing is added twice: +0 is what was there,
 * and every tap is written.
 */
export const scattering =
  (lanes: Lanes, apart: boolean) =>
  (local: NewLocal): Visit => {
    const { add, equal } = lanes.arithmetic
    const [element, greatest, chosen, mask, given, counter] = [
      local('v128'),
      local('v128'),
      local('v128'),
      local('v128'),
      local('v128'),
      local('v128')
    ]
    /** The number of a tap: a constant, or what is counted. */
    const numberOf = (tap: number | undefined): Vector => (tap === undefined ? counter : lanes.constant(tap))
    const count = (tap: number | undefined): Code =>
      tap === undefined ? [set(counter, add(counter, lanes.constant(1)))] : []
    const start: Code = [set(counter, lanes.constant(0))]
    return ([x, out], [windows], taps, width) =>
      unlessEmpty(taps, [
        set(given, apart ? add(lanes.constant(0), v128.load(windows!)) : v128.load(windows!)),
        set(greatest, v128.load(x!)),
        set(chosen, lanes.constant(0)),
        ...(taps.kind === 'looped' ? start : []),
        ...eachTap(local, taps, [x!], ([at], offset, tap) =>
          tap === 0
            ? []
            : [
                set(element, v128.load(at!, offset)),
                set(mask, exceeds(lanes, element, greatest)),
                set(greatest, v128.bitselect(element, greatest, mask)),
                set(chosen, v128.bitselect(numberOf(tap), chosen, mask)),
                ...count(tap)
              ]
        ),
        ...(taps.kind === 'looped' ? start : []),
        ...eachTap(local, taps, [out!], ([to], offset, tap) => [
          set(element, v128.and(given, equal(chosen, numberOf(tap)))),
          // adding +0 changes nothing: what is there began as +0
          ...(apart ? [] : [set(element, add(v128.load(to!, offset), element))]),
          ...storeLanes(lanes, to!, element, width, offset),
          ...count(tap)
        ])
      ])
  }
