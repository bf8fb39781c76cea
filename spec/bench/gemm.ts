/**
 * Square matrix products: a chain x ← x · b in one program, so that a call's inputs and outputs are copied once for many
 * products. The time is that of a call of the public API, divided by the products in it.
 *
 * b is a reflection, 1 − 2 v vᵀ / vᵀv: the elements of x neither grow nor vanish, however long the chain.
 */
import { pipe } from 'fp-ts/lib/function.js'
import { run, type Engine } from 'gradfold/engine'
import { matmul, scan, type Expr } from 'gradfold/expr'
import { fromArray, type Tensor } from 'gradfold/tensor'
import { values } from './data.ts'
import { time, type Plan, type Timing } from './timing.ts'

type Matrix = Tensor<[number, number]>

export interface Products {
  readonly timing: Timing
  /** 10⁹ additions and multiplications a second: of the median, and of the best block */
  readonly gflops: number
  readonly best: number
}

const reflection = (n: number): Matrix => {
  const v = values(n, 1, 2)
  const factor = 2 / v.reduce((sum, x) => sum + x * x, 0)
  const rows = Array.from(v, (a, i) => Float32Array.from(v, (b, j) => (i === j ? 1 : 0) - factor * a * b))
  return fromArray(
    rows.flatMap((row) => [...row]),
    [n, n]
  )
}

/** As much work a call for small matrices as for two products of 512 rows. */
const productsPerCall = (n: number): number => Math.max(2, Math.round(2 * (512 / n) ** 3))

/** A function that makes a chain of products of n rows, and how many. */
export const chain = (engine: Engine, n: number, products = productsPerCall(n)) => {
  const [x, b]: readonly [Matrix, Matrix] = [fromArray(values(n * n, 1, 1), [n, n]), reflection(n)]
  const multiply = run((start: Expr<[number, number]>, factor: Expr<[number, number]>) => {
    const [last] = scan((carry) => [pipe(carry, matmul(factor)), []] as const, start, [], { length: products })
    return last
  }, engine)
  return { products, x, b, call: (): Matrix => multiply(x, b) }
}

/** Times products of matrices with n rows. */
export const timeProducts = (engine: Engine, n: number, plan: Plan, perCall = productsPerCall(n)): Products => {
  const { call, products } = chain(engine, n, perCall)
  const whole = time(null, plan, (batches) => {
    for (const _ of batches) call()
  })
  const { first, median, tenth, best, samples } = whole
  const timing = { first, median: median / products, tenth: tenth / products, best: best / products, samples }
  const speed = (milliseconds: number): number => (2 * n ** 3) / milliseconds / 1e6
  return { timing, gflops: speed(timing.median), best: speed(timing.best) }
}
