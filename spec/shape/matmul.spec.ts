import * as Either from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { broadcast, matmul, transpose } from '../../lib/shape/index.ts'
import { dim, shape, sizes } from './arbitrary.ts'

describe('matmul', () => {
  it('replaces the inner size, and broadcasts the batches', () => {
    fc.assert(
      fc.property(sizes(2), sizes(2), dim, dim, dim, (a, b, n, k, m) => {
        const batch = broadcast(a, b)
        const product = matmul([...a, n, k], [...b, k, m])
        expect(Either.isRight(product)).toBe(Either.isRight(batch))
        if (Either.isRight(batch)) expect(product).toEqual(Either.right([...batch.right, n, m]))
      })
    )
  })

  it('is associative where it is defined', () => {
    fc.assert(
      fc.property(fc.array(dim, { minLength: 4, maxLength: 4 }), ([a = 1, b = 1, c = 1, d = 1]) => {
        const left = pipe(
          matmul([a, b], [b, c]),
          Either.flatMap((ab) => matmul(ab, [c, d]))
        )
        const right = pipe(
          matmul([b, c], [c, d]),
          Either.flatMap((bc) => matmul([a, b], bc))
        )
        expect(left).toEqual(right)
        expect(left).toEqual(Either.right([a, d]))
      })
    )
  })

  it('the transpose of a product is the product of the transposes, the other way round', () => {
    fc.assert(
      fc.property(dim, dim, dim, dim, (n, k, l, m) => {
        const after = pipe(
          matmul([n, k], [l, m]),
          Either.flatMap((s) => transpose(s))
        )
        const before = matmul([m, l], [k, n])
        expect(Either.isRight(after)).toBe(Either.isRight(before))
        if (Either.isRight(after)) expect(after).toEqual(before)
      })
    )
  })

  it('takes no vectors', () => {
    fc.assert(
      fc.property(dim, shape(2), (n, rest) => {
        expect(matmul([n], [...rest, n, 3])).toEqual(Either.left(`matmul: left side has to be a matrix, got [${n}]`))
        expect(matmul([...rest, 3, n], [n])).toEqual(Either.left(`matmul: right side has to be a matrix, got [${n}]`))
      })
    )
  })

  it('tells inner sizes from batches', () => {
    expect(matmul(['batch', 784], [100, 128])).toEqual(
      Either.left('matmul: inner sizes differ, 784 and 100, in [batch, 784] x [100, 128]')
    )
    expect(matmul([2, 4, 5], [3, 5, 6])).toEqual(
      Either.left('matmul: batch axes of [2, 4, 5] and [3, 5, 6] do not broadcast')
    )
  })
})
