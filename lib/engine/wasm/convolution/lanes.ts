/**
 * Vectors of floats: what both types share when code is written for either.
 *
 * @since 0.1.0
 */
import { raise } from '../../../shape/index.ts'
import type { DType } from '../../../tensor/index.ts'
import { f32x4, f64x2, v128, type Instruction, type Local, type Operand } from '../assembler/index.ts'

type Vector = Instruction<'v128'>

/** How vectors of one float type are computed with. */
export interface Lanes {
  readonly dtype: 'f32' | 'f64'
  /** elements of a vector */
  readonly count: 2 | 4
  /** of an element in memory */
  readonly bytes: 4 | 8
  readonly arithmetic: typeof f32x4 | typeof f64x2
  /** one number in all lanes */
  readonly constant: (value: number) => Vector
  /** one element in all lanes */
  readonly splat: (address: Operand<'i32'>, offset?: number) => Vector
  /** one element in one lane */
  readonly loadLane: (address: Operand<'i32'>, vector: Vector, lane: number, offset?: number) => Vector
}

const lanes32: Lanes = {
  dtype: 'f32',
  count: 4,
  bytes: 4,
  arithmetic: f32x4,
  constant: v128.constantF32,
  splat: v128.load32Splat,
  loadLane: v128.load32Lane
}

const lanes64: Lanes = {
  dtype: 'f64',
  count: 2,
  bytes: 8,
  arithmetic: f64x2,
  constant: v128.constantF64,
  splat: v128.load64Splat,
  loadLane: v128.load64Lane
}

/** The vectors of a type, of which the table of primitives has checked that it is a float. */
export const lanesOf = (dtype: DType): Lanes =>
  dtype === 'f32' ? lanes32 : dtype === 'f64' ? lanes64 : raise(`wasm: windows slide over floats, not ${dtype}`)

/** Bytes of a vector. */
export const vectorBytes = 16

/** The first `count` elements of a vector into memory, and nothing else. */
export const storeLanes = (
  { bytes, count: full }: Lanes,
  address: Operand<'i32'>,
  vector: Local<'v128'>,
  count: number,
  offset = 0
): readonly Instruction<'none'>[] => {
  if (count >= full) return [v128.store(address, vector, offset)]
  if (bytes === 8) return [v128.store64Lane(address, vector, 0, offset)]
  return [
    ...(count >= 2 ? [v128.store64Lane(address, vector, 0, offset)] : []),
    ...(count === 2 ? [] : [v128.store32Lane(address, vector, count - 1, offset + 4 * (count - 1))])
  ]
}
