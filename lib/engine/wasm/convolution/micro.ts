/**
 * The innermost loop of a convolution: a tile of accumulators, some rows by some vectors, to which a step adds each
 * row's element times the vectors of that step.
 *
 * A step is a basic block of its own, ended by a test, because V8 before version 13 has all loads of a block in
 * registers at once; so the loop may be unrolled without spilling as long as a tile has at most 15 vectors.
 *
 * @since 0.1.0
 */
import {
  block,
  branchIf,
  i32,
  label,
  loop,
  sequenceOf,
  set,
  v128,
  type Instruction,
  type Local,
  type NewLocal
} from '../assembler/index.ts'
import { vectorBytes, type Lanes } from './lanes.ts'

/** What a tile is made of. */
export interface Tile {
  readonly lanes: Lanes
  /** vectors of a row */
  readonly vectors: 1 | 2
  /** where the first operand of each row is, in bytes from the first row's */
  readonly rows: readonly number[]
  /** `each`: a row has one element for all lanes; `lanewise`: as many elements as lanes */
  readonly rowOperand: 'each' | 'lanewise'
  /** bytes from step to step of both operands */
  readonly rowStep: number
  readonly step: number
}

/** Accumulators, row by row. */
export type Accumulators = readonly Local<'v128'>[]

export const accumulatorsOf = ({ rows, vectors }: Tile, local: NewLocal): Accumulators =>
  Array.from({ length: rows.length * vectors }, () => local('v128'))

export const clear = ({ lanes }: Tile, accumulators: Accumulators): Instruction<'none'> =>
  sequenceOf(accumulators.map((accumulator) => set(accumulator, lanes.constant(0))))

const unrolled = 8

/** Steps, at least one, until b is `end`; a and b move along. */
export const steps = (
  { lanes, vectors, rows, rowOperand, rowStep, step }: Tile,
  accumulators: Accumulators,
  local: NewLocal
): ((a: Local<'i32'>, b: Local<'i32'>, end: Local<'i32'>) => Instruction<'none'>) => {
  const { add, multiply } = lanes.arithmetic
  const right = Array.from({ length: vectors }, () => local('v128'))
  const left = local('v128')
  return (a, b, end) => {
    const one = sequenceOf([
      ...right.map((vector, j) => set(vector, v128.load(b, vectorBytes * j))),
      ...rows.flatMap((offset, i) => {
        const products = right.map((vector, j) => {
          const accumulator = accumulators[i * vectors + j]!
          const factor = rowOperand === 'each' ? left : v128.load(a, offset + vectorBytes * j)
          return set(accumulator, add(accumulator, multiply(factor, vector)))
        })
        return rowOperand === 'each' ? [set(left, lanes.splat(a, offset)), ...products] : products
      }),
      set(a, i32.add(a, rowStep)),
      set(b, i32.add(b, step))
    ])
    const [done, again] = [label(), label()]
    return block(done, [
      loop(again, [
        ...Array.from({ length: unrolled - 1 }, () => [one, branchIf(i32.equal(b, end), done)]).flat(),
        one,
        branchIf(i32.notEqual(b, end), again)
      ])
    ])
  }
}
