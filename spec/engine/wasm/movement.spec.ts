import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { copyKernel, movement, type View } from '../../../lib/engine/wasm/movement/index.ts'
import { rowMajor } from '../../../lib/engine/reference/strides.ts'
import { dtypes, type DType } from '../../../lib/tensor/index.ts'
import { movementChecks } from '../reference/oracle/movement.ts'
import { count, exact, indices, literal, type Literal } from '../reference/oracle/literal.ts'
import { draw } from '../reference/oracle/draw.ts'
import { expectReference, literalOf, tensorFrom } from './literals.ts'
import { runKernel } from './harness.ts'

/** What a view reads, element by element. */
const viewed = (x: Literal, { shape, offset, strides }: View): Literal =>
  literal(
    x.dtype,
    shape,
    indices(shape).map((place) => x.data[offset + place.reduce((sum, i, axis) => sum + i * strides[axis]!, 0)]!)
  )

const copies = (x: Literal, view: View): void => {
  const [result] = runKernel((compilation) => copyKernel(compilation, view), [tensorFrom(x)], [view])
  expect(exact(literalOf(result!))).toEqual(exact(viewed(x, view)))
}

/** The view of a buffer of counted elements whose axes are permuted, reversed, skipped over or repeated. */
const arbitraryView = (dtype: DType, longest: number): fc.Arbitrary<{ readonly x: Literal; readonly view: View }> =>
  fc
    .array(
      fc.record({
        length: fc.oneof(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: longest })),
        way: fc.constantFrom('forth', 'back', 'skip', 'repeat'),
        order: fc.nat(100)
      }),
      { maxLength: 4 }
    )
    .filter((axes) => axes.reduce((product, { length }) => product * length, 1) <= 6000)
    .map((axes) => {
      // what lies in memory: repeated axes do not, skipped ones lie twice as wide
      const lengths = axes.map(({ length, way }) => (way === 'repeat' ? 1 : way === 'skip' ? 2 * length : length))
      const steps = rowMajor(lengths)
      const order = axes.map((_, axis) => axis).toSorted((a, b) => axes[a]!.order - axes[b]!.order)
      const offset = axes.reduce(
        (sum, { length, way }, axis) => sum + (way === 'back' ? (length - 1) * steps[axis]! : 0),
        0
      )
      const factor = { forth: 1, back: -1, skip: 2, repeat: 0 }
      return {
        x: draw(dtype, [3 + count(lengths)], 1 + offset),
        view: {
          dtype,
          shape: order.map((axis) => axes[axis]!.length),
          offset: 3 + offset,
          strides: order.map((axis) => factor[axes[axis]!.way] * steps[axis]!)
        }
      }
    })

describe('copies of views', () => {
  it.each(dtypes)('of %s are what the view reads', (dtype) => {
    fc.assert(
      fc.property(arbitraryView(dtype, 90), ({ x, view }) => {
        copies(x, view)
      }),
      { numRuns: 250 }
    )
  })

  it.each(dtypes)('transpose %s of all small sizes, around every tile', (dtype) => {
    for (let height = 1; height <= 9; height += 1)
      for (let width = 1; width <= 9; width += 1) {
        const x = draw(dtype, [2 * height * width], 3)
        copies(x, { dtype, shape: [2, width, height], offset: 0, strides: [height * width, 1, width] })
        // the rows of the source backwards
        copies(x, { dtype, shape: [width, height], offset: (height - 1) * width, strides: [1, -width] })
      }
    copies(draw(dtype, [70 * 37], 3), { dtype, shape: [70, 37], offset: 0, strides: [1, 70] })
  })

  it.each(dtypes)('of long runs of %s are whole', (dtype) => {
    for (const length of [15, 16, 17, 31, 33, 63, 64, 65, 129, 255, 257, 1027]) {
      copies(draw(dtype, [2 * length + 5], 3), { dtype, shape: [2, length], offset: 1, strides: [length + 1, 1] })
      copies(draw(dtype, [9], 3), { dtype, shape: [2, length], offset: 1, strides: [3, 0] })
    }
  })

  it('of nothing write nothing', () => {
    copies(draw('f32', [4], 3), { dtype: 'f32', shape: [2, 0], offset: 2, strides: [1, 1] })
  })
})

describe('movement', () => {
  it('pads as the reference engine does', () => {
    fc.assert(
      fc.property(movementChecks.pad.cases, ({ operands, parameters }) => {
        expectReference('pad', operands, parameters, movement.pad)
      }),
      { numRuns: 300 }
    )
  })

  it.each(dtypes)('pads long rows of %s', (dtype) => {
    const x = draw(dtype, [3, 50, 7], 1)
    for (const [low, high, interior] of [
      [
        [0, 4, 0],
        [0, 3, 0],
        [0, 0, 0]
      ],
      [
        [1, 0, 0],
        [70, 0, 0],
        [2, 0, 0]
      ],
      [
        [0, 0, 5],
        [0, 0, 1],
        [0, 1, 0]
      ]
    ] as const)
      expectReference('pad', [x, draw(dtype, [], 2)], { low, high, interior }, movement.pad)
  })

  it('joins as the reference engine does', () => {
    fc.assert(
      fc.property(movementChecks.concat.cases, ({ operands, parameters }) => {
        expectReference('concat', operands, parameters, movement.concat)
      }),
      { numRuns: 300 }
    )
  })

  it.each(dtypes)('joins long rows of %s', (dtype) => {
    const operands = [31, 1, 300].map((length, i) => draw(dtype, [2, length, 3], i))
    expectReference('concat', operands, { axis: 1 }, movement.concat)
    expectReference('concat', [...operands, operands[0]!], { axis: 1 }, movement.concat)
  })
})
