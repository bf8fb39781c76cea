import { describe, expect, it } from 'vitest'
import { reference } from '../../lib/engine/index.ts'
import { applyOne, applyPrimitive, traceValues, typed, type Expr, type Value } from '../../lib/expr/internal.ts'
import { slot } from '../../lib/tensor/index.ts'
import { fromBuffer } from '../../lib/tensor/internal.ts'
import { grad, simplify, vmap } from '../../lib/transform/index.ts'
import { promises } from './promises.ts'

describe('long random programs', () => {
  it.each(Object.entries(promises))('%s', (_, promise) => {
    promise({ runs: 1500, length: 40, depth: 3 })
  })
})

const patience = 120_000

describe('a program of a hundred thousand equations', () => {
  const steps = (count: number, x: Value, w: Value): Value =>
    Array.from({ length: count }).reduce<Value>(
      (state) => applyOne('multiply', [applyOne('tanh', [state], {}), w], {}),
      x
    )
  const own = slot([4], 'f32')
  const gradient = (f: (x: Value, w: Value) => Value) =>
    traceValues([own, own], (values) =>
      grad((pair: readonly Expr<[4]>[]) =>
        typed<[], 'f32'>(applyOne('reduceSum', [f(pair[0]!, pair[1]!)], { axes: [0] }))
      )(values.map((value) => typed<[4], 'f32'>(value)))
    )
  const inputs = [0.5, 1].map((value) => fromBuffer('f32', [4], new Float32Array(4).fill(value)))
  const forms: readonly (readonly [string, (x: Value, w: Value) => Value])[] = [
    ['in a row', (x, w) => steps(50_000, x, w)],
    [
      'in a loop',
      (x, w) => {
        const body = traceValues([own, own], ([weight, carry]) => [steps(50_000, carry!, weight!)])
        return applyPrimitive('scan', [w, x], { body, length: 2, constants: 1, carry: 1, reverse: false })[0]!
      }
    ],
    [
      'in a branch',
      (x, w) => {
        const branch = traceValues([own, own], ([weight, carry]) => [steps(50_000, carry!, weight!)])
        const first = applyOne('reduceSum', [x], { axes: [0] })
        const predicate = applyOne('less', [first, applyOne('reduceSum', [w], { axes: [0] })], {})
        return applyPrimitive('cond', [predicate, w, x], { whenTrue: branch, whenFalse: branch })[0]!
      }
    ]
  ]

  it.each(forms)(
    '%s is differentiated, simplified, batched, compiled and run within two minutes, without running out of stack',
    (_, f) => {
      const program = gradient(f)
      const simpler = simplify()(program)
      expect(simpler.outputs.length).toBe(2)
      const results = reference.compile(simpler).run(inputs)
      expect(results.map(({ shape }) => shape)).toEqual([[4], [4]])
      const batch = traceValues([slot([3, 4], 'f32'), slot([3, 4], 'f32')], (values) => {
        const [x, w] = values.map((value) => typed<[3, 4], 'f32'>(value))
        return [vmap((a: Expr<[4]>, b: Expr<[4]>) => typed<[4], 'f32'>(f(a, b)))(x!, w!)]
      })
      expect(batch.outputs.length).toBe(1)
    },
    patience
  )
})
