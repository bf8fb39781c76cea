/** Plain values for checking an engine: numbers in row-major order, read by index tuples. */
import {
  applyOne,
  applyPrimitive,
  traceValues,
  type Parameters,
  type Primitive,
  type Value
} from '../../../../lib/expr/internal.ts'
import { reference } from '../../../../lib/engine/index.ts'
import type { Sizes } from '../../../../lib/shape/index.ts'
import { isFloat, type AnyTensor, type DType } from '../../../../lib/tensor/index.ts'
import { allocate, bufferOf, fromBuffer } from '../../../../lib/tensor/internal.ts'

export interface Literal {
  readonly dtype: DType
  readonly shape: Sizes
  readonly data: readonly number[]
}

export const count = (shape: Sizes): number => shape.reduce((n, length) => n * length, 1)

/** Rounds, wraps or clips numbers as storing them does. */
export const literal = (dtype: DType, shape: Sizes, data: ArrayLike<number>): Literal => {
  const buffer = allocate(dtype, count(shape))
  buffer.set(Array.from(data))
  return { dtype, shape, data: Array.from(buffer) }
}

/** All index tuples of a shape, in row-major order. */
export const indices = (shape: Sizes): readonly (readonly number[])[] =>
  shape.reduce<readonly (readonly number[])[]>(
    (tuples, length) => tuples.flatMap((tuple) => Array.from({ length }, (_, i) => [...tuple, i])),
    [[]]
  )

/** The place of an index tuple in row-major order, by Horner's rule. */
export const placeOf = (shape: Sizes, index: readonly number[]): number =>
  shape.reduce((place, length, axis) => place * length + (index[axis] ?? 0), 0)

export const at = (x: Literal, index: readonly number[]): number => {
  const value = x.data[placeOf(x.shape, index)]
  if (value === undefined) throw new Error(`oracle: [${index.join(', ')}] is outside [${x.shape.join(', ')}]`)
  return value
}

/** A value from a function of the index tuple. */
export const build = (dtype: DType, shape: Sizes, f: (index: readonly number[]) => number): Literal =>
  literal(dtype, shape, indices(shape).map(f))

/** Rounding to the precision of a float type. */
export const rounding = (dtype: DType): ((x: number) => number) => (dtype === 'f32' ? Math.fround : (x) => x)

// comparing

/** The bits of every element as text, all NaN alike, −0 and +0 apart. */
export const bitsOf = ({ dtype, data }: Pick<Literal, 'dtype' | 'data'>): readonly string[] =>
  data.map((value) => {
    if (!isFloat(dtype)) return String(value)
    return Number.isNaN(value) ? 'NaN' : Object.is(value, -0) ? '-0' : String(value)
  })

/** What a literal looks like when two have to be equal byte for byte. */
export const exact = (x: Literal): object => ({ dtype: x.dtype, shape: [...x.shape], bits: bitsOf(x) })

// running

const tensorOf = ({ dtype, shape, data }: Literal): AnyTensor => {
  const buffer = allocate(dtype, data.length)
  buffer.set(data)
  return fromBuffer(dtype, shape, buffer)
}

const literalOf = (tensor: AnyTensor): Literal => ({
  dtype: tensor.dtype,
  shape: tensor.shape,
  data: Array.from(bufferOf(tensor))
})

/** One primitive computed by the reference engine. */
export const compute = <P extends Primitive>(
  primitive: P,
  operands: readonly Literal[],
  parameters: Parameters[P]
): readonly Literal[] => {
  const program = traceValues(operands, (inputs) => applyPrimitive(primitive, inputs, parameters))
  return reference.compile(program).run(operands.map(tensorOf)).map(literalOf)
}

/** A copy that an engine has to make: what it copies does not leave the program. */
const copied = (value: Value): Value => {
  const flat = applyOne('reshape', [value], { shape: [count(value.shape)] })
  return applyOne('reshape', [applyOne('concat', [flat], { axis: 0 })], { shape: value.shape })
}

/**
 * The same in the middle of a program that has run before, on other operands: a kernel that leaves an element of its
 * output unwritten shows what the run before has left there.
 */
export const computeAgain = <P extends Primitive>(
  primitive: P,
  operands: readonly Literal[],
  parameters: Parameters[P]
): readonly Literal[] => {
  const program = traceValues(operands, (inputs) => applyPrimitive(primitive, inputs, parameters).map(copied))
  const executable = reference.compile(program)
  executable.run(
    operands.map(({ dtype, shape, data }) =>
      tensorOf(
        literal(
          dtype,
          shape,
          data.map(() => 1)
        )
      )
    )
  )
  return executable.run(operands.map(tensorOf)).map(literalOf)
}

/** The one output of a primitive. */
export const compute1 = <P extends Primitive>(
  primitive: P,
  operands: readonly Literal[],
  parameters: Parameters[P]
): Literal => {
  const [output] = compute(primitive, operands, parameters)
  if (output === undefined) throw new Error(`${primitive} has no output`)
  return output
}
