/**
 * Operations on bits: and, or, xor, not, shifts.
 *
 * @since 0.1.0
 */
import { i32, i32x4, v128, type Instruction, type Operand } from '../assembler/index.ts'
import { kept, type ElementRule, type ElementRules } from '../quad.ts'
import { binary, lanesOf, unary, type Vector } from './vectors.ts'

/** An amount of 32 or more, which a machine shift would take modulo 32. */
const isShort = (amounts: Vector): Vector => i32x4.lessUnsigned(amounts, v128.constantI32(32))

/** The amount of a shift by one constant. */
const amountOf = (amounts: Vector): number | undefined => {
  const lanes = lanesOf(amounts)
  return lanes?.every((lane) => lane === lanes[0]) === true ? lanes[0]! >>> 0 : undefined
}

interface Shift {
  readonly vector: (x: Vector, amount: Operand<'i32'>) => Vector
  readonly lane: (x: Operand<'i32'>, amount: Operand<'i32'>) => Instruction<'i32'>
  /** whether shifting out all bits leaves copies of the sign */
  readonly isSigned: boolean
}

/** By one amount where it is constant; else lane by lane, since amounts of their own exist for scalars only. */
const shifting =
  ({ vector, lane, isSigned }: Shift): ElementRule<unknown> =>
  (writer, operands) => {
    const [x, amounts] = operands.map(([vector]) => vector) as [Vector, Vector]
    const known = amountOf(amounts)
    if (known !== undefined) {
      if (known < 32) return [[vector(x, known)]]
      return [[isSigned ? vector(x, 31) : v128.constantI32(0)]]
    }
    const [by] = kept(writer, [isSigned ? i32x4.minimumUnsigned(amounts, v128.constantI32(31)) : amounts]) as [Vector]
    const shifted = [0, 1, 2, 3].reduce(
      (result, i) => i32x4.replace(result, i, lane(i32x4.extract(x, i), i32x4.extract(by, i))),
      x
    )
    return [[isSigned ? shifted : v128.and(shifted, isShort(by))]]
  }

const left = shifting({ vector: i32x4.shiftLeft, lane: i32.shiftLeft, isSigned: false })
const rightSigned = shifting({ vector: i32x4.shiftRightSigned, lane: i32.shiftRightSigned, isSigned: true })
const rightUnsigned = shifting({ vector: i32x4.shiftRightUnsigned, lane: i32.shiftRightUnsigned, isSigned: false })

export const bitwise: ElementRules<'and' | 'or' | 'xor' | 'not' | 'shiftLeft' | 'shiftRight'> = {
  and: binary(() => v128.and),
  or: binary(() => v128.or),
  xor: binary(() => v128.xor),
  not: unary(() => v128.not),
  shiftLeft: left,
  shiftRight: (writer, operands, types, parameters) =>
    (types.operands[0] === 'i32' ? rightSigned : rightUnsigned)(writer, operands, types, parameters)
}
