/**
 * The tutorial's product x · W with W the wrong way round, as the compiler sees it.
 */
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expectTypeOf, it } from 'vitest'
import { add, matmul, transpose, type Expr } from 'gradfold/expr'
import type { MatMulMessage } from 'gradfold/shape'
import { snippet } from '../../examples/forward-pass.ts'

describe('x · W', () => {
  it('does not compile', () => {
    // @ts-expect-error 'matmul: inner sizes differ, 3 and 2, in [1, 3] x [2, 3]'
    pipe(snippet.x, matmul(snippet.w))
    // @ts-expect-error the same, called without pipe
    matmul(snippet.w)(snippet.x)
  })

  it('is refused in one sentence, which is the type of the parameter', () => {
    expectTypeOf<
      MatMulMessage<[1, 3], [2, 3]>
    >().toEqualTypeOf<'matmul: inner sizes differ, 3 and 2, in [1, 3] x [2, 3]'>()
  })

  it('compiles with W transposed', () => {
    const z = pipe(snippet.x, matmul(pipe(snippet.w, transpose())), add(snippet.b))
    expectTypeOf(z).toEqualTypeOf<Expr<[1, 2], 'f64'>>()
  })
})
