/**
 * The innermost loop: a tile of accumulators, to which each step k adds a column of x times a row of y.
 *
 * The accumulators are registers, so a tile of h rows and v vectors wants h·v + h + v + 1 ≤ 15.
 *
 * @since 0.1.0
 */
import {
  block,
  branchIf,
  i32,
  label,
  loop,
  set,
  v128,
  when,
  type Instruction,
  type Local,
  type NewLocal,
  type Operand
} from '../assembler/index.ts'
import type { Arithmetic } from './arithmetic.ts'
import type { Dialect } from './dialect.ts'

// model

/** Vectors that are read at constant offsets from a pointer, which moves by `step` bytes for each k. */
export interface Stream {
  readonly pointer: Local<'i32'>
  readonly step: number
  readonly offsets: readonly number[]
}

export interface Loop {
  readonly arithmetic: Arithmetic
  readonly dialect: Dialect
  /** single elements, one for each row of the tile */
  readonly x: Stream
  /** vectors, from left to right */
  readonly y: readonly Stream[]
  /** by row, then from left to right; they hold what the products are added to */
  readonly accumulators: readonly (readonly Local<'v128'>[])[]
  /** how many k there are: a number, or a variable that is not 0 */
  readonly steps: number | Local<'i32'>
}

// interpretation

const advance = ({ pointer, step }: Stream, count: number): Instruction<'none'> =>
  set(pointer, i32.add(pointer, count * step))

/** `count` steps in a row, the pointers moved once. */
const writeSteps = (
  { arithmetic: { add, multiply, splat }, x, y, accumulators }: Loop,
  element: Local<'v128'>,
  vectors: readonly Local<'v128'>[],
  count: number
): readonly Instruction<'none'>[] => {
  const places = y.flatMap(({ pointer, step, offsets }) => offsets.map((offset) => ({ pointer, step, offset })))
  const one = (k: number): readonly Instruction<'none'>[] => [
    ...places.map(({ pointer, step, offset }, v) => set(vectors[v]!, v128.load(pointer, offset + k * step))),
    ...accumulators.flatMap((row, i) => [
      set(element, splat(x.pointer, x.offsets[i]! + k * x.step)),
      ...row.map((sum, v) => set(sum, add(sum, multiply(element, vectors[v]!))))
    ])
  ]
  return [
    ...Array.from({ length: count }, (_, k) => one(k)).flat(),
    ...[x, ...y].map((stream) => advance(stream, count))
  ]
}

/** One step after the other, with a way out after each. */
const withExits = (
  steps: number | Local<'i32'>,
  unroll: number,
  first: Stream,
  end: Local<'i32'>,
  body: (count: number) => readonly Instruction<'none'>[]
): readonly Instruction<'none'>[] => {
  const [out, again] = [label(), label()]
  const copies = typeof steps === 'number' ? Math.min(unroll, steps) : unroll
  // made once, written several times
  const one = body(1)
  const leave = branchIf(i32.equal(first.pointer, end), out)
  const all = Array.from({ length: copies }, (_, i) => (i < copies - 1 ? [...one, leave] : one)).flat()
  return [
    set(end, i32.add(first.pointer, i32.multiply(steps, first.step))),
    block(out, steps === copies ? all : [loop(again, [...all, branchIf(i32.notEqual(first.pointer, end), again)])])
  ]
}

/** A loop of unrolled steps, and one of what is left. */
const withoutExits = (
  steps: number | Local<'i32'>,
  unroll: number,
  first: Stream,
  end: Local<'i32'>,
  body: (count: number) => readonly Instruction<'none'>[]
): readonly Instruction<'none'>[] => {
  const until = (count: Operand<'i32'>, copies: number): readonly Instruction<'none'>[] => {
    const again = label()
    return [
      set(end, i32.add(first.pointer, i32.multiply(count, first.step))),
      loop(again, [...body(copies), branchIf(i32.notEqual(first.pointer, end), again)])
    ]
  }
  if (typeof steps !== 'number') {
    const rest = i32.and(steps, unroll - 1)
    return [
      when(i32.greaterEqualUnsigned(steps, unroll), until(i32.and(steps, -unroll), unroll)),
      when(rest, until(rest, 1))
    ]
  }
  const whole = steps - (steps % unroll)
  return [
    ...(whole > unroll ? until(whole, unroll) : whole === unroll ? body(unroll) : []),
    ...(steps > whole ? body(steps - whole) : [])
  ]
}

/** Adds all products; the pointers are left behind the last step. */
export const multiplyTile = (self: Loop, local: NewLocal): readonly Instruction<'none'>[] => {
  const first = self.y[0]!
  if (self.steps === 0) return []
  const element = local('v128')
  const vectors = self.accumulators[0]!.map(() => local('v128'))
  const write = self.dialect.kind === 'exits' ? withExits : withoutExits
  return write(self.steps, self.dialect.unroll, first, local('i32'), (count) =>
    writeSteps(self, element, vectors, count)
  )
}
