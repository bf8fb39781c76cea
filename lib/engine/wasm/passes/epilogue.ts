/**
 * Epilogues: regions that are computed on the tiles of a matrix product before they are stored.
 *
 * @since 0.2.0
 */
import { i32, set, type Instruction, type Local } from '../assembler/index.ts'
import { constantQuad, gatherQuad, loadQuad, splatQuad, storePart, storeQuad, type Count } from '../elements/index.ts'
import type { Epilogue, Place } from '../matmul/product.ts'
import { bytesOf, kept, type Quad, type Writer } from '../quad.ts'
import { isElementwise, ruleOf } from '../region/rules.ts'
import type { Region, RegionStep } from '../region/region.ts'

type Read = Extract<RegionStep, { readonly kind: 'read' }>

/** The address of the first column of a read, in a variable. */
const addressOf = (
  writer: Writer,
  { pointer, offset, strides, dtype }: Read,
  place: Place,
  reads: readonly number[]
) => {
  const width = bytesOf(dtype)
  const from: Local<'i32'> = place.reads[reads.indexOf(pointer)]!
  const coordinates = [...place.batch, place.row, place.column]
  const address = coordinates.reduce<Instruction<'i32'>>(
    (sum, coordinate, axis) => {
      const step = strides[axis]! * width
      return step === 0 ? sum : i32.add(sum, i32.multiply(coordinate, step))
    },
    offset === 0 ? from : i32.add(from, offset * width)
  )
  const local = writer.local('i32')
  writer.write(set(local, address))
  return local
}

/** Where in a row a read's quads are. */
const quadsOf = (writer: Writer, read: Read, place: Place, reads: readonly number[]): readonly Quad[] => {
  const width = bytesOf(read.dtype)
  const address = addressOf(writer, read, place, reads)
  const stride = read.strides.at(-1)!
  if (stride === 0) {
    const quad = splatQuad(writer, read.dtype, address)
    return place.columns.map(() => quad)
  }
  return place.columns.map((column) =>
    stride === 1
      ? loadQuad(writer, read.dtype, address, column * width)
      : gatherQuad(writer, read.dtype, address, column * stride * width, stride * width)
  )
}

/**
 * The epilogue that computes a region whose space is that of a product: batch, rows, columns. `product` is the pointer by
 * which the region reads the product, `first` the write that takes its place.
 */
export const epilogueOf = (region: Region, product: number, first: number): Epilogue => {
  const isProduct = (step: RegionStep): boolean => step.kind === 'read' && step.pointer === product
  const written = new Set(region.writes.map(({ pointer }) => pointer))
  const reads = Array.from({ length: region.pointers }, (_, pointer) => pointer).filter(
    (pointer) => pointer !== product && !written.has(pointer)
  )
  const main = region.writes[first]!
  const others = region.writes.filter((_, i) => i !== first)
  return {
    key: JSON.stringify([region, product, first]),
    reads: reads.length,
    writes: others.length,
    apply: (writer, quads, place) => {
      const values: (readonly Quad[])[] = []
      for (const step of region.steps)
        if (isProduct(step)) values.push(quads)
        else if (step.kind === 'read') values.push(quadsOf(writer, step, place, reads))
        else if (step.kind === 'constant') values.push(quads.map(() => constantQuad(step.dtype, step.value)))
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
      others.forEach(({ value, dtype }, write) => {
        const scale = bytesOf(dtype) / bytesOf(main.dtype)
        const address = writer.local('i32')
        const moved = scale >= 1 ? i32.multiply(place.byte, scale) : i32.divideUnsigned(place.byte, 1 / scale)
        writer.write(set(address, i32.add(place.writes[write]!, moved)))
        values[value]!.forEach((quad, i) => {
          const offset = place.bytes[i]! * scale
          const count = place.counts[i]!
          // counts are from 1 to 4
          if (count === 4) storeQuad(writer, dtype, address, offset, quad)
          else storePart(writer, dtype, address, offset, quad, count as Count)
        })
      })
      return values[main.value]!
    }
  }
}
