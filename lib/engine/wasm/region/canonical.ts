/**
 * The canonical form of a region: only what its writes need, the kept axes before the folded ones, axes that every
 * access walks as one joined, writes with strides like reads. Equal work has an equal canonical form.
 *
 * @since 0.1.0
 */
import type { Equation, Primitive } from '../../../expr/internal.ts'
import { raise, size, type Sizes } from '../../../shape/index.ts'
import type { DType } from '../../../tensor/index.ts'
import type { Fold, Region, RegionStep } from './region.ts'

// model

/** Elements of a buffer: at `offset` + Σ place[axis] · strides[axis], the axes being those of the canonical form. */
export interface Access {
  readonly pointer: number
  readonly dtype: DType
  readonly offset: number
  readonly strides: Sizes
}

export type Value =
  | { readonly kind: 'read'; readonly dtype: DType; readonly access: Access }
  | { readonly kind: 'constant'; readonly dtype: DType; readonly value: number }
  | {
      readonly kind: 'apply'
      readonly dtype: DType
      readonly primitive: Primitive
      readonly parameters: Equation['parameters']
      readonly operands: readonly number[]
      readonly operandTypes: readonly DType[]
      readonly outputs: readonly DType[]
      /** which of the outputs this value is; they stand side by side */
      readonly output: number
    }
  | { readonly kind: 'fold'; readonly dtype: DType; readonly fold: Fold; readonly operand: number }

export interface Write {
  readonly value: number
  /** once for each place of the kept axes, or at every place of the space */
  readonly folded: boolean
  readonly access: Access
}

export interface Canonical {
  /** the axes that are kept, then those that are folded; none has length 1 */
  readonly kept: Sizes
  readonly folded: Sizes
  readonly values: readonly Value[]
  readonly writes: readonly Write[]
  readonly pointers: number
}

/** What a fold of no elements gives. */
export const identityOf = (fold: Fold, dtype: DType): number => {
  const lowest = { f32: -Infinity, f64: -Infinity, i32: -2147483648, u32: 0, bool: 0 }
  const highest = { f32: Infinity, f64: Infinity, i32: 2147483647, u32: 4294967295, bool: 1 }
  switch (fold) {
    case 'reduceSum':
      return 0
    case 'reduceProduct':
      return 1
    case 'reduceMax':
      return lowest[dtype]
    case 'reduceMin':
      return highest[dtype]
  }
}

// constructors

/** Strides of a row-major buffer, 0 for the axes that it does not have. */
const rowMajor = (space: Sizes, has: (axis: number) => boolean): Sizes => {
  const strides = space.map(() => 0)
  let step = 1
  for (let axis = space.length - 1; axis >= 0; axis -= 1)
    if (has(axis)) {
      strides[axis] = step
      step *= space[axis]!
    }
  return strides
}

/** The axes that the folds of a region fold. */
export const foldedAxes = ({ steps }: Region): Sizes => {
  const folds = steps.flatMap((step) => (step.kind === 'fold' ? [step.axes] : []))
  const first = folds[0] ?? []
  const same = (axes: Sizes): boolean => axes.length === first.length && axes.every((axis) => first.includes(axis))
  return folds.every(same) ? first : raise('region: its folds fold different axes')
}

/** A step as values over the axes of `order`. */
const valuesOf = (step: RegionStep, order: Sizes, isEmptyFold: boolean): readonly Value[] => {
  switch (step.kind) {
    case 'read': {
      const { pointer, dtype, offset, strides } = step
      return [{ kind: 'read', dtype, access: { pointer, dtype, offset, strides: order.map((axis) => strides[axis]!) } }]
    }
    case 'constant':
      return [{ kind: 'constant', dtype: step.dtype, value: step.value }]
    case 'apply': {
      const { primitive, parameters, operands, operandTypes, outputs } = step
      return outputs.map((dtype, output) => ({
        kind: 'apply',
        dtype,
        primitive,
        parameters,
        operands,
        operandTypes,
        outputs,
        output
      }))
    }
    case 'fold': {
      const { dtype, fold, operand } = step
      return [
        isEmptyFold
          ? { kind: 'constant', dtype, value: identityOf(fold, dtype) }
          : { kind: 'fold', dtype, fold, operand }
      ]
    }
  }
}

/** Whether each value is folded: a fold, or an application of folded values and constants. */
const foldedness = (steps: readonly RegionStep[]): readonly boolean[] => {
  const kinds: ('whole' | 'folded' | 'constant')[] = []
  for (const step of steps)
    if (step.kind === 'apply') {
      const operands = step.operands.map((operand) => kinds[operand]!)
      const isFolded = operands.includes('folded') && !operands.includes('whole')
      kinds.push(...step.outputs.map(() => (isFolded ? ('folded' as const) : ('whole' as const))))
    } else kinds.push(step.kind === 'fold' ? 'folded' : step.kind === 'constant' ? 'constant' : 'whole')
  return kinds.map((kind) => kind === 'folded')
}

/** The values that the writes need, renumbered. */
const needed = (values: readonly Value[], writes: readonly Write[]): Pick<Canonical, 'values' | 'writes'> => {
  const wanted = values.map(() => false)
  const want = (id: number): void => {
    const value = values[id]!
    // the outputs of an application stay together
    const [first, count] = value.kind === 'apply' ? [id - value.output, value.outputs.length] : [id, 1]
    for (let i = first; i < first + count; i += 1) wanted[i] = true
  }
  for (const { value } of writes) want(value)
  for (let id = values.length - 1; id >= 0; id -= 1) {
    if (wanted[id] !== true) continue
    const value = values[id]!
    if (value.kind === 'apply') value.operands.forEach(want)
    if (value.kind === 'fold') want(value.operand)
  }
  const numbers: number[] = []
  let next = 0
  for (const is of wanted) numbers.push(is ? next++ : -1)
  return {
    values: values
      .filter((_, id) => wanted[id])
      .map((value) =>
        value.kind === 'apply'
          ? { ...value, operands: value.operands.map((operand) => numbers[operand]!) }
          : value.kind === 'fold'
            ? { ...value, operand: numbers[value.operand]! }
            : value
      ),
    writes: writes.map((write) => ({ ...write, value: numbers[write.value]! }))
  }
}

/** Joins neighbouring axes, both kept or both folded, that every access walks as one. */
const joined = (self: Canonical): Canonical => {
  const sizes = [...self.kept, ...self.folded]
  const accesses = [
    ...self.values.flatMap((value) => (value.kind === 'read' ? [value.access] : [])),
    ...self.writes.map(({ access }) => access)
  ]
  /** axes that end a run of joined ones */
  const ends = sizes.flatMap((_, axis) => {
    const next = axis + 1
    const joins =
      next < sizes.length &&
      next !== self.kept.length &&
      accesses.every(({ strides }) => strides[axis] === sizes[next]! * strides[next]!)
    return joins ? [] : [axis]
  })
  const begins = ends.map((_, i) => (i === 0 ? 0 : ends[i - 1]! + 1))
  const lengths = ends.map((end, i) => size(sizes.slice(begins[i], end + 1)))
  const keptRuns = ends.filter((end) => end < self.kept.length).length
  const change = (access: Access): Access => ({ ...access, strides: ends.map((end) => access.strides[end]!) })
  return {
    ...self,
    kept: lengths.slice(0, keptRuns),
    folded: lengths.slice(keptRuns),
    values: self.values.map((value) => (value.kind === 'read' ? { ...value, access: change(value.access) } : value)),
    writes: self.writes.map((write) => ({ ...write, access: change(write.access) }))
  }
}

export const canonical = (region: Region): Canonical => {
  const { space, steps, pointers } = region
  const axes = foldedAxes(region)
  const isFolded = (axis: number): boolean => axes.includes(axis)
  const isEmptyFold = axes.some((axis) => space[axis] === 0)
  const long = space.flatMap((length, axis) => (length === 1 ? [] : [axis]))
  const kept = long.filter((axis) => !isFolded(axis))
  const folded = isEmptyFold ? [] : long.filter(isFolded)
  const order = [...kept, ...folded]
  const all = steps.flatMap((step) => valuesOf(step, order, isEmptyFold))
  const natural = foldedness(steps)
  const isEmpty = kept.some((axis) => space[axis] === 0)
  const wholeStrides = rowMajor(space, () => true)
  const foldedStrides = rowMajor(space, (axis) => !isFolded(axis))
  const writes = region.writes.flatMap(({ value, pointer, dtype, folded: given }): readonly Write[] => {
    const once = given ?? natural[value]!
    if (isEmpty || (isEmptyFold && !once)) return []
    const strides = order.map((axis) => (once ? foldedStrides : wholeStrides)[axis]!)
    return [{ value, folded: once, access: { pointer, dtype, offset: 0, strides } }]
  })
  const lengths = (of: Sizes): Sizes => (isEmpty ? [] : of.map((axis) => space[axis]!))
  return isEmpty
    ? { kept: [], folded: [], values: [], writes: [], pointers }
    : joined({ kept: lengths(kept), folded: lengths(folded), ...needed(all, writes), pointers })
}
