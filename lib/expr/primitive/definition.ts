/**
 * What the table says of a primitive: its rule for shapes and element types, and the codec of its parameters.
 *
 * @since 0.1.0
 */
import * as Either from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { isTensor, showSlot, type AnyTensor, type DType, isDType, type Slot } from '../../tensor/index.ts'
import { isProgram, type Program } from '../program.ts'
import type { None, Parameters, Primitive } from './parameters.ts'

// model

/** The outputs of a primitive, or the sentence that says why its operands do not fit. */
export type Inferred = Either.Either<string, readonly Slot[]>

/** The definition of a primitive with parameters Q. */
export interface Definition<Q> {
  readonly infer: (operands: readonly Slot[], parameters: Q) => Inferred
  readonly parameters: t.Type<Q>
}

/** Definitions of some of the primitives, by name. */
export type Definitions<P extends Primitive> = { readonly [Q in P]: Definition<Parameters[Q]> }

// constructors

export const one = (shape: readonly number[], dtype: DType): Inferred => Either.right([{ shape, dtype }])

export const refuse = (sentence: string): Inferred => Either.left(sentence)

/** The operands' slots in a sentence: `f32[2, 3] and f32[4]`. */
export const listSlots = (operands: readonly Slot[]): string => operands.map(showSlot).join(' and ') || 'nothing'

/** Refuses unless there are `count` operands. */
export const withOperands =
  (name: string, count: number, infer: (operands: readonly Slot[]) => Inferred) =>
  (operands: readonly Slot[]): Inferred =>
    operands.length === count
      ? infer(operands)
      : refuse(`${name}: takes ${count} operand${count === 1 ? '' : 's'}, got ${operands.length}`)

/** Whether numbers are the axes of a value of a rank, each at most once. */
export const areAxes = (axes: readonly number[], rank: number): boolean =>
  new Set(axes).size === axes.length && axes.every((axis) => Number.isInteger(axis) && axis >= 0 && axis < rank)

// codecs of parameters

export const none: t.Type<None> = t.strict({})
export const size: t.Type<number> = t.refinement(t.number, (n) => Number.isSafeInteger(n) && n >= 0, 'Size')
export const sizes: t.Type<readonly number[]> = t.readonlyArray(size)

/** A codec from a guard; what it admits is written as it is. */
const guarded = <A>(name: string, is: (u: unknown) => u is A): t.Type<A> =>
  new t.Type(name, is, (u, context) => (is(u) ? t.success(u) : t.failure(u, context)), t.identity)

export const dtype: t.Type<DType> = guarded('DType', isDType)
export const tensor: t.Type<AnyTensor> = guarded('Tensor', isTensor)
export const program: t.Type<Program> = guarded('Program', isProgram)
export const pair: t.Type<readonly [number, number]> = t.readonly(t.tuple([size, size]))
export const pads: t.Type<readonly [readonly [number, number], readonly [number, number]]> = t.readonly(
  t.tuple([pair, pair])
)
