/** Small data sets in which every example can be told from every other. */
import * as fc from 'fast-check'
import { dataset, type Dataset } from '../../lib/data/index.ts'
import { fromArray } from '../../lib/tensor/index.ts'

/** Example i has the inputs [2i, 2i + 1] and the label i. */
export const numbered = (n: number): Dataset<[2], [], 'f32', 'i32'> =>
  dataset(
    fromArray(
      Array.from({ length: 2 * n }, (_, i) => i),
      [n, 2]
    ),
    fromArray(
      Array.from({ length: n }, (_, i) => i),
      [n],
      'i32'
    )
  )

export const arbitrarySize: fc.Arbitrary<number> = fc.integer({ min: 1, max: 23 })
