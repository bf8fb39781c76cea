/**
 * Windows of which the elements are folded: `windowMax`, `windowSum`, and `windowSpread`, whose elements are sums too.
 *
 * @since 0.1.0
 */
import { set, v128, type Instruction, type NewLocal } from '../assembler/index.ts'
import { storeLanes, type Lanes } from '../convolution/lanes.ts'
import { eachTap, type Visit } from './slide.ts'

type Vector = Instruction<'v128'>
type State = readonly Vector[]

/** A fold with a state of some vectors; the parameters of its functions are variables or constants. */
export interface Fold {
  readonly initial: State
  /** the state after one element */
  readonly first: (element: Vector) => State
  /** what becomes of each vector of the state, on its own */
  readonly next: readonly ((part: Vector, element: Vector) => Vector)[]
  readonly result: (state: State) => Vector
}

/**
 * The maximum as three folds that are one machine instruction each, or two; `maximum` itself is nine. The pseudo-maximum
 * is right but for NaN and the sign of zero. A mask tells where no element is NaN. And where the maximum is a zero, it is
 * −0 if every element has the sign bit: the conjunction of all bits tells.
 */
export const maximum = ({ arithmetic, constant }: Lanes): Fold => {
  const { equal, pseudoMaximum } = arithmetic
  const ones = v128.constantI32(-1)
  return {
    initial: [constant(-Infinity), ones, ones],
    first: (element) => [element, equal(element, element), element],
    next: [
      pseudoMaximum,
      (ordered, element) => v128.and(ordered, equal(element, element)),
      (bits, element) => v128.and(bits, element)
    ],
    result: ([greatest, ordered, bits]) => {
      const signed = v128.bitselect(v128.and(greatest!, bits!), greatest!, equal(greatest!, constant(0)))
      return v128.or(signed, v128.not(ordered!))
    }
  }
}

export const sum = ({ arithmetic, constant }: Lanes): Fold => ({
  initial: [constant(0)],
  first: (element) => [arithmetic.add(constant(0), element)],
  next: [arithmetic.add],
  result: ([total]) => total!
})

/** Stores the fold of the taps. */
export const folding =
  (lanes: Lanes, { initial, first, next, result }: Fold) =>
  (local: NewLocal): Visit => {
    const state = initial.map(() => local('v128'))
    const [element, total] = [local('v128'), local('v128')]
    return ([x], [out], taps, width) => [
      ...(taps.kind === 'written' ? [] : initial.map((vector, i) => set(state[i]!, vector))),
      ...eachTap(local, taps, [x!], ([at], offset, tap) => [
        set(element, v128.load(at!, offset)),
        ...(tap === 0 ? first(element) : next.map((step, i) => step(state[i]!, element))).map((vector, i) =>
          set(state[i]!, vector)
        )
      ]),
      set(total, result(state)),
      ...storeLanes(lanes, out!, total, width)
    ]
  }
