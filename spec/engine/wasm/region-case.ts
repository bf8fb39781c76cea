/**
 * Regions with buffers to read, what the reference engine says that they compute, and which may work in place.
 */
import type { Equation, Program } from '../../../lib/expr/internal.ts'
import { reference } from '../../../lib/engine/index.ts'
import type { Region, RegionStep } from '../../../lib/engine/wasm/region/index.ts'
import { size, type Sizes } from '../../../lib/shape/index.ts'
import { slot, type AnyTensor, type DType, type Slot } from '../../../lib/tensor/index.ts'
import { allocate, fromBuffer } from '../../../lib/tensor/internal.ts'

export interface RegionCase {
  readonly region: Region
  /** the buffers that are read, flat */
  readonly inputs: readonly AnyTensor[]
  readonly outputs: readonly Slot[]
}

// the reference

/** All places of a space in row-major order, each as the element that a read with these strides reads there. */
const places = (space: Sizes, offset: number, strides: Sizes): Int32Array =>
  Int32Array.from(
    space.reduce<readonly number[]>(
      (bases, length, axis) => bases.flatMap((base) => Array.from({ length }, (_, i) => base + i * strides[axis]!)),
      [offset]
    )
  )

export const filled = (dtype: DType, shape: Sizes, element: number | ((i: number) => number)): AnyTensor => {
  const buffer = allocate(dtype, size(shape))
  for (let i = 0; i < buffer.length; i += 1) buffer[i] = typeof element === 'number' ? element : element(i)
  return fromBuffer(dtype, shape, buffer)
}

interface Variable {
  readonly whole: number
  readonly folded: number | undefined
  readonly dtype: DType
  readonly isConstant: boolean
}

/** The program of a region, equation by equation; reads are gathers by written-out indices. */
export const programOf = ({ region, inputs, outputs }: RegionCase): Program => {
  const { space, steps, writes } = region
  const axes = steps.flatMap((step) => (step.kind === 'fold' ? [step.axes] : []))[0] ?? []
  const kept = space.flatMap((_, axis) => (axes.includes(axis) ? [] : [axis]))
  const narrow = kept.map((axis) => space[axis]!)
  const equations: Equation[] = []
  let next = inputs.length
  const emit = (equation: Equation): number => {
    equations.push(equation)
    next += equation.outputs.length
    return next - equation.outputs.length
  }
  const constant = (value: AnyTensor): number =>
    emit({ primitive: 'constant', parameters: { value }, operands: [], outputs: [slot(value.shape, value.dtype)] })
  const widened = (folded: number, dtype: DType): number =>
    emit({
      primitive: 'broadcast',
      parameters: { shape: space, axes: kept },
      operands: [folded],
      outputs: [slot(space, dtype)]
    })
  const values: Variable[] = []
  for (const step of steps)
    switch (step.kind) {
      case 'read': {
        const indices = constant(fromBuffer('i32', space, places(space, step.offset, step.strides)))
        const whole = emit({
          primitive: 'gather',
          parameters: { axis: 0, batch: 0 },
          operands: [step.pointer, indices],
          outputs: [slot(space, step.dtype)]
        })
        values.push({ whole, folded: undefined, dtype: step.dtype, isConstant: false })
        break
      }
      case 'constant':
        values.push({
          whole: constant(filled(step.dtype, space, step.value)),
          folded: constant(filled(step.dtype, narrow, step.value)),
          dtype: step.dtype,
          isConstant: true
        })
        break
      case 'fold': {
        const folded = emit({
          primitive: step.fold,
          parameters: { axes: step.axes },
          operands: [values[step.operand]!.whole],
          outputs: [slot(narrow, step.dtype)]
        })
        values.push({ whole: widened(folded, step.dtype), folded, dtype: step.dtype, isConstant: false })
        break
      }
      case 'apply': {
        const operands = step.operands.map((operand) => values[operand]!)
        const isFolded =
          operands.every(({ folded }) => folded !== undefined) && operands.some(({ isConstant }) => !isConstant)
        const apply = (given: readonly number[], shape: Sizes): number =>
          // the primitive and its parameters come from one step
          emit({
            primitive: step.primitive,
            parameters: step.parameters,
            operands: given,
            outputs: step.outputs.map((dtype) => slot(shape, dtype))
          } as Equation)
        const folded = isFolded
          ? apply(
              operands.map((operand) => operand.folded!),
              narrow
            )
          : undefined
        const whole =
          folded === undefined
            ? apply(
                operands.map((operand) => operand.whole),
                space
              )
            : 0
        step.outputs.forEach((dtype, i) => {
          values.push({
            whole: folded === undefined ? whole + i : widened(folded + i, dtype),
            folded: folded === undefined ? undefined : folded + i,
            dtype,
            isConstant: false
          })
        })
      }
    }
  return {
    inputs: inputs.map(({ shape, dtype }) => slot(shape, dtype)),
    equations,
    outputs: writes.map(({ value }, i) => {
      const { whole, folded, isConstant } = values[value]!
      return outputs[i]!.shape === space || isConstant ? whole : (folded ?? whole)
    })
  }
}

/** What the reference engine computes. */
export const expectedOf = (self: RegionCase): readonly AnyTensor[] =>
  reference.compile(programOf(self)).run(self.inputs)

// in place

/**
 * Without folds, a read that walks over its whole buffer as a write of the same width does, for each write; −1 where there is
 * none.
 */
export const inPlaceOf = ({ region, inputs, outputs }: RegionCase): readonly number[] => {
  if (region.steps.some(({ kind }) => kind === 'fold')) return outputs.map(() => -1)
  const taken = new Set<number>()
  const rowMajor = region.space.map((_, axis) => size(region.space.slice(axis + 1)))
  const isSame = (step: RegionStep): boolean =>
    step.kind === 'read' &&
    step.offset === 0 &&
    step.strides.every((stride, axis) => region.space[axis] === 1 || stride === rowMajor[axis])
  const widthOf = (dtype: DType): number => allocate(dtype, 0).BYTES_PER_ELEMENT
  return outputs.map(({ shape, dtype }) => {
    if (size(shape) !== size(region.space)) return -1
    const found = inputs.findIndex(
      (input, pointer) =>
        !taken.has(pointer) &&
        widthOf(input.dtype) === widthOf(dtype) &&
        size(input.shape) === size(shape) &&
        region.steps.every((step) => step.kind !== 'read' || step.pointer !== pointer || isSame(step))
    )
    taken.add(found)
    return found
  })
}
