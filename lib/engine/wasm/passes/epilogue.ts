/**
 * Epilogues: regions that are computed on the tiles of a matrix product before they are stored.
 *
 * @since 0.1.0
 */
import type { Sizes } from '../../../shape/index.ts'
import { i16x8, i32, i8x16, set, v128, type Instruction, type Local } from '../assembler/index.ts'
import type { PlacedEpilogue } from '../convolution/epilogue.ts'
import { constantQuad, gatherQuad, loadPart, storePart, type Count } from '../elements/index.ts'
import type { DType } from '../../../tensor/index.ts'
import type { Place } from '../matmul/product.ts'
import { bytesOf, kept, type Quad, type Writer } from '../quad.ts'
import { isElementwise, ruleOf } from '../region/rules.ts'
import { textOf } from '../region/text.ts'
import type { BoundRegion } from './region-of.ts'
import { rowMajor } from './view.ts'
import type { Region, RegionStep, RegionWrite } from '../region/region.ts'

/** How a region ends a product: where that is among its pointers and writes, and what else it reads and writes. */
export interface Ending {
  readonly region: Region
  /** the pointer by which it reads the product, and the write that takes its place */
  readonly product: number
  readonly main: number
  /** the epilogue of the region, or of a part of it */
  readonly epilogue: (region: Region) => PlacedEpilogue
  /** the roots that it reads besides the product, and those that it writes, the one in its place first */
  readonly reads: readonly number[]
  readonly writes: readonly number[]
}

type Read = Extract<RegionStep, { readonly kind: 'read' }>

/** Whether a read walks like the product does. */
const isFlat = ({ strides }: Read, space: Sizes): boolean => {
  const own = rowMajor(space)
  return strides.every((stride, axis) => stride === own[axis] || space[axis] === 1)
}

/** The address of the first column of a read, in a variable; `moved` is its place where the read is flat. */
const addressOf = (
  writer: Writer,
  { offset, strides, dtype }: Read,
  { batch, row, column }: Place,
  from: Local<'i32'>,
  moved: Instruction<'i32'> | undefined
) => {
  const width = bytesOf(dtype)
  const base = offset === 0 ? from : i32.add(from, offset * width)
  const address =
    moved === undefined
      ? [...batch, row, column].reduce<Instruction<'i32'>>((sum, coordinate, axis) => {
          const step = strides[axis]! * width
          return step === 0 ? sum : i32.add(sum, i32.multiply(coordinate, step))
        }, base)
      : i32.add(base, moved)
  const local = writer.local('i32')
  writer.write(set(local, address))
  return local
}

/** What a place in the output is times, in bytes, for elements of another width. */
const scaled = (byte: Local<'i32'>, scale: number): Instruction<'i32'> =>
  scale === 1 ? byte : scale > 1 ? i32.multiply(byte, scale) : i32.divideUnsigned(byte, 1 / scale)

/** Where in a row a read's quads are; `from` is its pointer, `scale` its width in that of the output. */
const quadsOf = (
  writer: Writer,
  read: Read,
  place: Place,
  from: Local<'i32'>,
  space: Sizes,
  scale: number
): readonly Quad[] => {
  const { dtype, strides } = read
  const width = bytesOf(dtype)
  const stride = strides.at(-1)!
  const isOneWalk = isFlat(read, space)
  const address = addressOf(writer, read, place, from, isOneWalk ? scaled(place.byte, scale) : undefined)
  // counts are from 1 to 4
  const countOf = (i: number) => place.counts[i] as Count
  if (isOneWalk) return place.bytes.map((byte, i) => loadPart(writer, dtype, address, byte * scale, countOf(i)))
  // the same columns, of rows that the read does not tell apart, are the same elements
  const known = new Map<number, Quad>()
  return place.columns.map((column, i) => {
    const from = column * stride * width
    const quad = known.get(from) ?? gatherQuad(writer, dtype, address, from, stride * width, countOf(i))
    known.set(from, quad)
    return quad
  })
}

/** Stores masks, neighbours together; `offsets` are their places. */
const storeMasks = (
  writer: Writer,
  address: Local<'i32'>,
  quads: readonly Quad[],
  offsets: readonly number[],
  counts: readonly number[]
): void => {
  const isNext = (i: number): boolean => counts[i] === 4 && counts[i + 1] === 4 && offsets[i + 1] === offsets[i]! + 4
  for (let i = 0; i < quads.length;) {
    const together = isNext(i) ? (isNext(i + 1) && isNext(i + 2) ? 4 : 2) : 1
    const masks = (ahead: number): Instruction<'v128'> => quads[i + ahead]![0]!
    const offset = offsets[i]!
    if (together === 1) storePart(writer, 'bool', address, offset, quads[i]!, counts[i] as Count)
    else {
      const low = i16x8.narrowSigned(masks(0), masks(1))
      const all = i8x16.abs(i8x16.narrowSigned(low, together === 4 ? i16x8.narrowSigned(masks(2), masks(3)) : low))
      const [bytes] = kept(writer, [all]) as readonly [Instruction<'v128'>]
      writer.write(together === 4 ? v128.store(address, bytes, offset) : v128.store64Lane(address, bytes, 0, offset))
    }
    i += together
  }
}

/**
 * The epilogue that computes a region whose space is that of a product: batch, rows, columns, in this order in memory; or
 * that of a convolution. `product` is the pointer by which the region reads it, `first` the write that takes its place.
 */
export const epilogueOf = (region: Region, product: number, first: number): PlacedEpilogue => {
  const isProduct = (step: RegionStep): boolean => step.kind === 'read' && step.pointer === product
  const written = new Set(region.writes.map(({ pointer }) => pointer))
  const reads = Array.from({ length: region.pointers }, (_, pointer) => pointer).filter(
    (pointer) => pointer !== product && !written.has(pointer)
  )
  const main = region.writes[first]!
  const others = region.writes.filter((_, i) => i !== first)
  const { space } = region
  const placed = region.steps.filter(
    (step): step is Read => step.kind === 'read' && !isProduct(step) && !isFlat(step, space)
  )
  const scaleOf = ({ dtype }: Read | RegionWrite): number => bytesOf(dtype) / bytesOf(main.dtype)
  return {
    space,
    asks: space.map((_, axis) => placed.some(({ strides }) => strides[axis] !== 0)),
    key: textOf([region, product, first]),
    reads: reads.length,
    writes: others.length,
    apply: (writer, quads, place) => {
      const values: (readonly Quad[])[] = []
      for (const step of region.steps)
        if (isProduct(step)) values.push(quads)
        else if (step.kind === 'read') {
          const from = place.reads[reads.indexOf(step.pointer)]!
          values.push(quadsOf(writer, step, place, from, space, scaleOf(step)))
        } else if (step.kind === 'constant') values.push(quads.map(() => constantQuad(step.dtype, step.value)))
        else if (step.kind === 'apply' && isElementwise(step.primitive)) {
          const rule = ruleOf(step.primitive)
          const results = quads.map((_, i) =>
            rule(
              writer,
              step.operands.map((operand) => values[operand]![i]!),
              { operands: step.operandTypes, outputs: step.outputs },
              step.parameters
            ).map((quad) => kept(writer, quad))
          )
          step.outputs.forEach((_, output) => values.push(results.map((each) => each[output]!)))
        }
      others.forEach((other, write) => {
        const scale = scaleOf(other)
        const address = writer.local('i32')
        writer.write(set(address, i32.add(place.writes[write]!, scaled(place.byte, scale))))
        const offsets = place.bytes.map((byte) => byte * scale)
        const results = values[other.value]!
        if (other.dtype === 'bool') storeMasks(writer, address, results, offsets, place.counts)
        else
          results.forEach((quad, i) => {
            // counts are from 1 to 4
            storePart(writer, other.dtype, address, offsets[i]!, quad, place.counts[i] as Count)
          })
      })
      return values[main.value]!
    }
  }
}

/** How a region ends the product that is the root `root`, of type `dtype`. */
export const endingOf = ({ region, reads, writes }: BoundRegion, root: number, dtype: DType): Ending => {
  const main = region.writes.findIndex((write) => write.dtype === dtype)
  const product = reads.indexOf(root)
  return {
    region,
    product,
    main,
    epilogue: (of) => epilogueOf(of, product, main),
    reads: reads.filter((buffer) => buffer !== root),
    writes: [writes[main]!, ...writes.filter((_, i) => i !== main)]
  }
}
