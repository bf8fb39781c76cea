import { describe, expectTypeOf, it } from 'vitest'
import { evaluate, run, type Evaluated } from '../../lib/engine/index.ts'
import type { Expr } from '../../lib/expr/index.ts'
import type { Tensor } from '../../lib/tensor/index.ts'

declare const vector: Expr<[3]>
declare const matrix: Expr<[2, 3], 'f64'>
declare const batch: Expr<['batch', 4], 'i32'>

describe('evaluate', () => {
  it('keeps shape and element type', () => {
    expectTypeOf(evaluate(vector)).toEqualTypeOf<Tensor<[3]>>()
    expectTypeOf(evaluate(matrix)).toEqualTypeOf<Tensor<[2, 3], 'f64'>>()
    expectTypeOf(evaluate(batch)).toEqualTypeOf<Tensor<['batch', 4], 'i32'>>()
  })

  it('maps trees leaf by leaf', () => {
    const tree = { layer: { kernel: matrix, bias: vector }, list: [vector, batch] as const }
    const values = evaluate(tree)
    expectTypeOf(values.layer.kernel).toEqualTypeOf<Tensor<[2, 3], 'f64'>>()
    expectTypeOf(values.list[1]).toEqualTypeOf<Tensor<['batch', 4], 'i32'>>()
    expectTypeOf<Evaluated<readonly [Expr<[3]>, Expr<[]>]>>().toEqualTypeOf<readonly [Tensor<[3]>, Tensor<[]>]>()
  })
})

describe('run', () => {
  const f = run((x: Expr<[3]>, scale: { readonly by: Expr<[]> }) => ({ x, by: scale.by }))

  it('takes tensors where the function takes expressions', () => {
    expectTypeOf<Parameters<typeof f>>().toEqualTypeOf<[x: Tensor<[3]>, scale: { readonly by: Tensor<[]> }]>()
    expectTypeOf<ReturnType<typeof f>['x']>().toEqualTypeOf<Tensor<[3]>>()
  })

  it('refuses other shapes and types', () => {
    const wrong = {} as { readonly shape: Tensor<[4]>; readonly type: Tensor<[3], 'f64'>; readonly by: Tensor<[]> }
    // @ts-expect-error the function takes [3]
    ;(() => f(wrong.shape, { by: wrong.by }))(
      // @ts-expect-error the function takes f32
      () => f(wrong.type, { by: wrong.by })
    )
  })
})
