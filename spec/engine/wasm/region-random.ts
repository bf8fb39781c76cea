/**
 * Random regions: chains of element types, walks that repeat, turn, transpose and skip, folds, several writes.
 */
import type { Equation } from '../../../lib/expr/internal.ts'
import type { Fold, RegionStep, RegionWrite } from '../../../lib/engine/wasm/region/index.ts'
import { size, type Sizes } from '../../../lib/shape/index.ts'
import { slot, type AnyTensor, type DType } from '../../../lib/tensor/index.ts'
import { draw, type Taste } from '../reference/oracle/draw.ts'
import { filled, type RegionCase } from './region-case.ts'

/** Numbers from a seed; `pick(n)` is below n. */
const randomness = (seed: number) => {
  let state = (Math.imul(seed, 2654435761) ^ 0x9e3779b9) >>> 0 || 1
  const pick = (n: number): number => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 3) % n
  }
  return {
    pick,
    chance: (percent: number) => pick(100) < percent,
    among: <A>(list: readonly A[]): A => list[pick(list.length)]!
  }
}

type Draw = ReturnType<typeof randomness>

const dtypes: readonly DType[] = ['f32', 'f32', 'f32', 'f64', 'i32', 'u32', 'bool']
const lengths = [1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 13, 16, 17, 24, 31, 40]

const unary: Readonly<Record<DType, readonly string[]>> = {
  f32: ['negate', 'abs', 'sign', 'floor', 'sqrt', 'exp', 'tanh', 'sqrt', 'negate'],
  f64: ['negate', 'abs', 'sign', 'round', 'sqrt', 'exp'],
  i32: ['negate', 'abs', 'sign', 'not'],
  u32: ['not', 'abs'],
  bool: ['not']
}
const binary: Readonly<Record<DType, readonly string[]>> = {
  f32: ['add', 'subtract', 'multiply', 'divide', 'maximum', 'minimum'],
  f64: ['add', 'subtract', 'multiply', 'divide', 'maximum', 'minimum'],
  i32: ['add', 'subtract', 'multiply', 'divide', 'maximum', 'xor', 'shiftRight'],
  u32: ['add', 'multiply', 'remainder', 'minimum', 'and', 'shiftLeft'],
  bool: ['and', 'or', 'xor']
}
const folds: Readonly<Record<DType, readonly Fold[]>> = {
  f32: ['reduceSum', 'reduceSum', 'reduceProduct', 'reduceMax', 'reduceMin'],
  f64: ['reduceSum', 'reduceProduct', 'reduceMax', 'reduceMin'],
  i32: ['reduceSum', 'reduceProduct', 'reduceMax', 'reduceMin'],
  u32: ['reduceSum', 'reduceProduct', 'reduceMax', 'reduceMin'],
  bool: ['reduceMax', 'reduceMin']
}

const spaceOf = ({ pick, chance, among }: Draw, isLong: boolean): Sizes => {
  const space: number[] = []
  const rank = isLong ? 1 + pick(4) : pick(5)
  for (let axis = 0; axis < rank; axis += 1) {
    const length = chance(3) ? 0 : chance(isLong ? 30 : 4) ? 60 + pick(80) : among(lengths)
    if (size([...space, length]) <= 4000) space.push(length)
  }
  return space
}

/** A walk over a buffer that is as long as it has to be. */
const walkOf = ({ pick, chance }: Draw, space: Sizes): { offset: number; strides: number[]; length: number } => {
  const order = space.map((_, axis) => axis)
  if (chance(25)) order.sort(() => pick(3) - 1)
  const repeats = chance(35) ? 45 : 0
  const spreads = chance(25) ? 40 : 0
  const turns = chance(20) ? 50 : 0
  const strides = space.map(() => 0)
  let offset = spreads > 0 ? pick(5) : 0
  let step = spreads > 0 && chance(30) ? 2 : 1
  let reach = 0
  for (const axis of order.toReversed()) {
    if (chance(repeats)) continue
    const span = Math.max(0, space[axis]! - 1) * step
    if (chance(turns)) {
      strides[axis] = -step
      offset += span
    } else {
      strides[axis] = step
      reach += span
    }
    step *= space[axis]! + (chance(spreads) ? pick(3) : 0)
  }
  return { offset, strides, length: offset + reach + 1 + (chance(10) ? pick(4) : 0) }
}

interface Wanted {
  /** longer ones, that fold most of the time */
  readonly folds?: boolean
  readonly space?: Sizes
  /** the axes to fold */
  readonly axes?: Sizes
  /** at most so many steps besides reads */
  readonly steps?: number
}

/** A random region of a seed. */
export const randomRegion = (seed: number, { folds: many = false, ...wanted }: Wanted = {}): RegionCase => {
  const random = randomness(seed)
  const { pick, chance, among } = random
  const space = wanted.space ?? spaceOf(random, many)
  const drawn = many || chance(65) ? space.flatMap((_, axis) => (chance(50) ? [axis] : [])) : []
  const axes = wanted.axes ?? drawn
  const allowsExtremes = axes.every((axis) => space[axis] !== 0)
  const folding = axes.length > 0 || chance(20)
  const taste: Taste = chance(60) ? 'edges' : 'moderate'
  const favourite = many && chance(50) ? 'f32' : among(dtypes)
  const steps: RegionStep[] = []
  const inputs: AnyTensor[] = []
  const values: { readonly dtype: DType; readonly isFolded: boolean; readonly isConstant: boolean }[] = []
  const push = (step: RegionStep, made: readonly DType[], isFolded = false): number => {
    steps.push(step)
    for (const dtype of made) values.push({ dtype, isFolded, isConstant: step.kind === 'constant' })
    return values.length - made.length
  }
  const read = (dtype: DType): number => {
    const { offset, strides, length } = walkOf(random, space)
    const known = inputs.findIndex((input) => input.dtype === dtype && input.shape[0]! >= length)
    const pointer = known >= 0 && chance(40) ? known : inputs.length
    if (pointer === inputs.length) {
      const { data } = draw(dtype, [length], pick(1 << 20), taste)
      inputs.push(filled(dtype, [length], (i) => data[i]!))
    }
    return push({ kind: 'read', pointer, dtype, offset, strides }, [dtype])
  }
  const leaf = (dtype: DType): number => {
    if (chance(12)) {
      const [value] = draw(dtype, [1], pick(1 << 20), taste).data
      return push({ kind: 'constant', dtype, value: value! }, [dtype])
    }
    return read(dtype)
  }
  /** a value of a type */
  const some = (dtype: DType, fresh = 25): number => {
    const known = values.flatMap((value, id) => (value.dtype === dtype ? [id] : []))
    return known.length === 0 || chance(fresh) ? leaf(dtype) : chance(60) ? known.at(-1)! : among(known)
  }
  const apply = (primitive: string, operands: readonly number[], made: readonly DType[], parameters = {}): number =>
    push(
      // the lists above hold names of primitives
      {
        kind: 'apply',
        primitive: primitive as Equation['primitive'],
        parameters: parameters as Equation['parameters'],
        operands,
        operandTypes: operands.map((operand) => values[operand]!.dtype),
        outputs: made
      },
      made,
      operands.every((operand) => values[operand]!.isFolded || values[operand]!.isConstant) &&
        operands.some((operand) => values[operand]!.isFolded)
    )
  read(favourite)
  const count = pick(wanted.steps ?? (many ? 14 : 9))
  for (let i = 0; i < count; i += 1) {
    const dtype = chance(70) ? favourite : among(dtypes)
    if (folding && chance(many ? 33 : 28)) {
      const fold = among(folds[dtype])
      const operand = some(dtype, 10)
      if (allowsExtremes || fold === 'reduceSum' || fold === 'reduceProduct')
        push({ kind: 'fold', fold, operand, axes, dtype }, [dtype], true)
      continue
    }
    const coin = pick(20)
    if (coin < 5 && many && dtype === 'f32' && chance(60)) apply('exp', [some(dtype, 10)], [dtype])
    else if (coin < 5) apply(among(unary[dtype]), [some(dtype, 10)], [dtype])
    else if (coin < 13) apply(among(binary[dtype]), [some(dtype, 10), some(dtype, 45)], [dtype])
    else if (coin === 13) apply('equal', [some(dtype), some(dtype)], ['bool'])
    else if (coin === 14) apply('select', [some('bool'), some(dtype), some(dtype)], [dtype])
    else if (coin === 15 && !chance(50))
      apply(
        'threefry2x32',
        [0, 0, 0, 0].map(() => some('u32')),
        ['u32', 'u32']
      )
    else if (dtype !== 'bool' && coin < 18 && dtype !== 'u32') apply('less', [some(dtype), some(dtype)], ['bool'])
    else {
      const to = among(dtypes)
      apply('convert', [some(dtype)], [to], { dtype: to })
    }
  }
  const narrow = space.filter((_, axis) => !axes.includes(axis))
  const written = values.flatMap((_, id) => (id === values.length - 1 || chance(15) ? [id] : []))
  const hasFolds = steps.some(({ kind }) => kind === 'fold')
  const outputs = written.map((id) => slot(hasFolds && values[id]!.isFolded ? narrow : space, values[id]!.dtype))
  const writes = written.map((value, i): RegionWrite => ({
    value,
    pointer: inputs.length + i,
    dtype: values[value]!.dtype
  }))
  return { region: { space, steps, writes, pointers: inputs.length + writes.length }, inputs, outputs }
}
