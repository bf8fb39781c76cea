/**
 * Forward passes on given weights, by hand and as a network; and a product that does not compile.
 *
 *     npx tsx examples/forward-pass.ts
 */
import { pipe } from 'fp-ts/lib/function.js'
import { evaluate } from 'gradfold/engine'
import { add, constant, matmul, sigmoid, transpose, type Expr } from 'gradfold/expr'
import { dense, input, network, predict, relu } from 'gradfold/network'
import { tensor, toFlatArray } from 'gradfold/tensor'
import { whenRun } from './run.ts'

/** z and σ(z) as numbers. */
const numbers = (z: Expr<[1, 2], 'f64'>) => {
  const found = evaluate({ z, sigmoid: pipe(z, sigmoid) })
  return { z: toFlatArray(found.z), sigmoid: toFlatArray(found.sigmoid) }
}

/** One example of two features, as a batch of one row, and the weights of two units. Weights are [in, out]. */
// prettier-ignore
const twoUnits = {
  x: constant(tensor([[1, 0.5]], 'f64')),
  w: constant(tensor([[0.2, 0.8], [0.5, 0.1]], 'f64')),
  b: constant(tensor([0.3, 0.3], 'f64'))
}

/**
 * A snippet that circulates in tutorials has its weights as [out, in], and multiplies x · W all the same. Here
 * `pipe(x, matmul(w))` is an error of the compiler: "matmul: inner sizes differ, 3 and 2, in [1, 3] x [2, 3]".
 */
// prettier-ignore
export const snippet = {
  x: constant(tensor([[1, 2, 3]], 'f64')),
  w: constant(tensor([[0.2, 0.8, -0.5], [0.5, -0.91, 0.26]], 'f64')),
  b: constant(tensor([0.5, -0.1], 'f64'))
}

/** The same in layers: a network is a value, its parameters are another. */
const net = network(input(2), dense(3), relu, dense(1))

// prettier-ignore
const params = {
  dense_0: { kernel: tensor([[1, -1, 0.5], [2, 1, -1.5]]), bias: tensor([0, 0.5, 0.25]) },
  dense_1: { kernel: tensor([[0.5], [-2], [3]]), bias: tensor([0.125]) }
}

// prettier-ignore
const examples = tensor([[1, 0.5], [-1, 2], [2, -1]])

export const main = () => ({
  twoUnits: numbers(pipe(twoUnits.x, matmul(twoUnits.w), add(twoUnits.b))),
  // transposed, the weights fit
  snippet: numbers(pipe(snippet.x, matmul(pipe(snippet.w, transpose())), add(snippet.b))),
  twoThreeOne: toFlatArray(predict(net)(params)(examples))
})

const list = (values: readonly number[]): string => `[${values.map((x) => Number(x.toFixed(9))).join(', ')}]`

export const show = ({ twoUnits, snippet, twoThreeOne }: ReturnType<typeof main>): string =>
  [
    'x = [1, 0.5], two units',
    `  z = x · W + b     ${list(twoUnits.z)}`,
    `  sigmoid(z)        ${list(twoUnits.sigmoid)}`,
    'x = [1, 2, 3], two units, the weights the wrong way round',
    `  z = x · Wᵀ + b    ${list(snippet.z)}`,
    `  sigmoid(z)        ${list(snippet.sigmoid)}`,
    'a 2-3-1 relu network on [1, 0.5], [-1, 2] and [2, -1]',
    `  y                 ${list(twoThreeOne)}`
  ].join('\n')

await whenRun(import.meta.url, () => show(main()))
