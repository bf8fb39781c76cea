/**
 * Regions split along their outermost axis.
 *
 * Where that axis is folded, the first one that is kept is split instead. Folds by maximum and minimum may be computed
 * in any order, so a region that only lets them leave is split along a folded axis too, and the results are combined.
 *
 * @since 0.1.0
 */
import { size, type Sizes } from '../../../shape/index.ts'
import type { DType } from '../../../tensor/index.ts'
import type { Compilation } from '../compilation.ts'
import { bytesOf } from '../quad.ts'
import { foldedAxes } from '../region/canonical.ts'
import { regionKernel, type Fold, type Region, type RegionStep, type RegionWrite } from '../region/index.ts'
import { grainOf, range, type Access, type Combination, type Part, type Splitting } from './split.ts'

// values

type Read = Extract<RegionStep, { readonly kind: 'read' }>

interface Values {
  /** by value: whether there is one for each place of the axes that are left */
  readonly folded: readonly boolean[]
  /** by value: whether it needs a fold */
  readonly late: readonly boolean[]
  /** by value: the fold that it is */
  readonly folds: readonly (Fold | undefined)[]
}

const valuesOf = ({ steps }: Region): Values => {
  const kinds: ('whole' | 'folded' | 'constant')[] = []
  const late: boolean[] = []
  const folds: (Fold | undefined)[] = []
  for (const step of steps) {
    if (step.kind === 'apply') {
      const operands = step.operands.map((operand) => kinds[operand]!)
      const isFolded = operands.includes('folded') && !operands.includes('whole')
      for (const _ of step.outputs) {
        kinds.push(isFolded ? 'folded' : 'whole')
        late.push(step.operands.some((operand) => late[operand]))
        folds.push(undefined)
      }
      continue
    }
    kinds.push(step.kind === 'fold' ? 'folded' : step.kind === 'constant' ? 'constant' : 'whole')
    late.push(step.kind === 'fold')
    folds.push(step.kind === 'fold' ? step.fold : undefined)
  }
  return { folded: kinds.map((kind) => kind === 'folded'), late, folds }
}

// the axis

/** The region with its first two axes as one, as long as everything walks over them as one. */
const flattened = (region: Region): Region => {
  const { space, steps } = region
  const axes = foldedAxes(region)
  const [first, second] = space
  if (first === undefined || second === undefined || axes.includes(0) !== axes.includes(1)) return region
  const joins = steps.every((step) => step.kind !== 'read' || step.strides[0] === second * step.strides[1]!)
  if (!joins) return region
  return flattened({
    ...region,
    space: [first * second, ...space.slice(2)],
    steps: steps.map((step) =>
      step.kind === 'read'
        ? { ...step, strides: step.strides.slice(1) }
        : step.kind === 'fold'
          ? { ...step, axes: step.axes.flatMap((axis) => (axis === 0 ? [] : [axis - 1])) }
          : step
    )
  })
}

const isExact = (fold: Fold | undefined): boolean => fold === 'reduceMax' || fold === 'reduceMin'

/** Along which axis a region is split, and which of its writes are combined; undefined where it cannot be. */
const wayOf = (region: Region): { readonly axis: number; readonly partial: ReadonlySet<number> } | undefined => {
  const { folded, late, folds } = valuesOf(region)
  const axes = foldedAxes(region)
  const isOnce = ({ value, folded: given }: RegionWrite): boolean => given ?? folded[value]!
  const kept = region.space.findIndex((_, axis) => !axes.includes(axis))
  // what needs no fold is the same in all parts
  const isLoose = region.writes.every((write) => !late[write.value] || (isOnce(write) && isExact(folds[write.value])))
  if (axes.includes(0) && isLoose && region.space[0]! > (region.space[kept] ?? 1))
    return {
      axis: 0,
      partial: new Set(region.writes.flatMap((write, i) => (isOnce(write) ? [i] : [])))
    }
  // a whole value is written row by row
  return kept === 0 || (kept > 0 && region.writes.every(isOnce)) ? { axis: kept, partial: new Set() } : undefined
}

// parts

/**
 * Some steps of the axis: pointers are moved where all reads by them move alike, offsets where they do not. A pointer is never
 * moved to before its buffer, where an address would be negative: one that is read backwards starts from the last step.
 */
const within = (
  region: Region,
  axis: number,
  from: number,
  to: number
): Region & { readonly shifts: readonly number[] } => {
  const readsOf = (pointer: number): readonly Read[] =>
    region.steps.filter((step): step is Read => step.kind === 'read' && step.pointer === pointer)
  const shifts = Array.from({ length: region.pointers }, (_, pointer) => {
    const [first, ...others] = readsOf(pointer)
    const isOne = first !== undefined && others.every(({ strides }) => strides[axis] === first.strides[axis])
    if (!isOne) return 0
    const stride = first.strides[axis]!
    return (stride < 0 ? from - region.space[axis]! + 1 : from) * stride
  })
  return {
    ...region,
    shifts,
    space: region.space.map((length, i) => (i === axis ? to - from : length)),
    steps: region.steps.map((step) =>
      step.kind === 'read'
        ? { ...step, offset: step.offset + from * step.strides[axis]! - shifts[step.pointer]! }
        : step
    )
  }
}

/** What a part reads by one pointer, in bytes. */
const reading = ({ space, steps, shifts }: ReturnType<typeof within>, pointer: number): Access => {
  const reads = steps.filter((step): step is Read => step.kind === 'read' && step.pointer === pointer)
  const bytes = bytesOf(reads[0]?.dtype ?? 'bool')
  const ends = reads.map(({ offset, strides }) => {
    const far = strides.map((stride, axis) => stride * Math.max(0, space[axis]! - 1))
    const sum = (numbers: readonly number[]): number => numbers.reduce((total, n) => total + n, 0)
    return [offset + sum(far.map((n) => Math.min(n, 0))), offset + sum(far.map((n) => Math.max(n, 0))) + 1] as const
  })
  const shift = shifts[pointer]!
  return {
    shift: bytes * shift,
    begin: bytes * (shift + Math.min(...ends.map(([begin]) => begin))),
    end: bytes * (shift + Math.max(...ends.map(([, end]) => end)))
  }
}

/** A region of which some steps of the axis are computed, and what it touches. */
export interface RegionPart extends Omit<Part, 'kernel'> {
  readonly region: Region
}

/** How a region is split; the operands that it reads are its first pointers. */
export interface RegionSplitting extends Pick<Splitting, 'length' | 'grain'> {
  readonly region: Region
  readonly axis: number
  readonly partial: ReadonlySet<number>
  readonly part: (from: number, to: number) => RegionPart
}

export const splittingOf = (region: Region): RegionSplitting | undefined => {
  if (size(region.space) === 0) return undefined
  const way = wayOf(region)
  if (way === undefined) return undefined
  const { axis, partial } = way
  const { folded } = valuesOf(region)
  const axes = foldedAxes(region)
  const after = (once: boolean): number => size(region.space.filter((_, i) => i > axis && !(once && axes.includes(i))))
  return {
    region,
    axis,
    partial,
    length: region.space[axis]!,
    grain: grainOf(region.space[axis]!),
    part: (from, to) => {
      const own = within(region, axis, from, to)
      const { shifts: _, ...cutOut } = own
      return {
        region: cutOut,
        reads: Array.from({ length: region.pointers - region.writes.length }, (_, pointer) => reading(own, pointer)),
        writes: region.writes.map((write, i) =>
          partial.has(i)
            ? 'partial'
            : range(from, to, bytesOf(write.dtype) * after(write.folded ?? folded[write.value]!))
        )
      }
    }
  }
}

// combinations

/** The primitive that makes one fold of two, or undefined where both are the same. */
const joining = (fold: Fold | undefined, dtype: DType): 'or' | 'and' | 'maximum' | 'minimum' | undefined =>
  fold === undefined
    ? undefined
    : fold === 'reduceMax'
      ? dtype === 'bool'
        ? 'or'
        : 'maximum'
      : dtype === 'bool'
        ? 'and'
        : 'minimum'

/** Folds of parts into one, or one of equal values. */
const combination = (compilation: Compilation, { region }: RegionSplitting, write: number): Combination => {
  const { value, dtype } = region.writes[write]!
  const axes = foldedAxes(region)
  const space: Sizes = region.space.filter((_, axis) => !axes.includes(axis))
  const strides = space.map((_, axis) => size(space.slice(axis + 1)))
  const primitive = joining(valuesOf(region).folds[value], dtype)
  const read = (pointer: number): RegionStep => ({ kind: 'read', pointer, dtype, offset: 0, strides })
  const steps = (count: number): readonly RegionStep[] =>
    primitive === undefined
      ? [read(0)]
      : [
          ...Array.from({ length: count }, (_, pointer) => read(pointer)),
          ...Array.from({ length: count - 1 }, (_, i): RegionStep => ({
            kind: 'apply',
            primitive,
            parameters: {},
            operands: [i === 0 ? 0 : count + i - 1, i + 1],
            operandTypes: [dtype, dtype],
            outputs: [dtype]
          }))
        ]
  return {
    bytes: size(space) * bytesOf(dtype),
    kernel: (count) => {
      const all = steps(count)
      return regionKernel(compilation, {
        space,
        steps: all,
        writes: [{ value: all.length - 1, pointer: count, dtype }],
        pointers: count + 1
      })
    }
  }
}

/** How a call of a region's kernel is split. */
export const splitRegion = (compilation: Compilation, given: Region): Splitting | undefined => {
  const splitting = splittingOf(flattened(given))
  if (splitting === undefined) return undefined
  const { length, grain, partial } = splitting
  return {
    length,
    grain,
    part: (from, to) => {
      const { region, reads, writes } = splitting.part(from, to)
      return { kernel: regionKernel(compilation, region), reads, writes }
    },
    combinations: new Map([...partial].map((write) => [write, combination(compilation, splitting, write)]))
  }
}
