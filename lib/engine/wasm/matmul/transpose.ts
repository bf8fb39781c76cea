/**
 * Square blocks of elements in registers, transposed: 4×4 of 32 bits, 2×2 of 64.
 *
 * @since 0.1.0
 */
import { set, v128, type Instruction, type Local, type NewLocal } from '../assembler/index.ts'

type Vector = Local<'v128'>

/** Instructions, and the variables that they set. */
export interface Transposed {
  readonly code: readonly Instruction<'none'>[]
  readonly vectors: readonly Vector[]
}

const four = ([a, b, c, d]: readonly Vector[], local: NewLocal): Transposed => {
  const [low, low2, high, high2] = [local('v128'), local('v128'), local('v128'), local('v128')]
  const [w, x, y, z] = [local('v128'), local('v128'), local('v128'), local('v128')]
  return {
    code: [
      set(low, v128.shuffle32(a!, b!, [0, 4, 1, 5])),
      set(low2, v128.shuffle32(c!, d!, [0, 4, 1, 5])),
      set(high, v128.shuffle32(a!, b!, [2, 6, 3, 7])),
      set(high2, v128.shuffle32(c!, d!, [2, 6, 3, 7])),
      set(w, v128.shuffle32(low, low2, [0, 1, 4, 5])),
      set(x, v128.shuffle32(low, low2, [2, 3, 6, 7])),
      set(y, v128.shuffle32(high, high2, [0, 1, 4, 5])),
      set(z, v128.shuffle32(high, high2, [2, 3, 6, 7]))
    ],
    vectors: [w, x, y, z]
  }
}

const two = ([a, b]: readonly Vector[], local: NewLocal): Transposed => {
  const [low, high] = [local('v128'), local('v128')]
  return {
    code: [set(low, v128.shuffle32(a!, b!, [0, 1, 4, 5])), set(high, v128.shuffle32(a!, b!, [2, 3, 6, 7]))],
    vectors: [low, high]
  }
}

/** As many vectors as each has lanes, rows to columns. */
export const transposeBlock = (lanes: 4 | 2, rows: readonly Vector[], local: NewLocal): Transposed =>
  lanes === 4 ? four(rows, local) : two(rows, local)
