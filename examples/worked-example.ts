/**
 * The classic network of two inputs, two hidden and two output units, small enough to be worked by hand; in float64.
 *
 *     npx tsx examples/worked-example.ts
 */
import * as Either from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { batches, fromArrays } from 'gradfold/data'
import { run } from 'gradfold/engine'
import type { Expr, Exprs } from 'gradfold/expr'
import { apply, dense, evaluate, input, network, sigmoid, type ParamsOf } from 'gradfold/network'
import { evaluateLoss, halfSquaredError, withReduction } from 'gradfold/objective'
import { chain, gradientDescent } from 'gradfold/optimizer'
import { key } from 'gradfold/random'
import { at, tensor, toFlatArray } from 'gradfold/tensor'
import * as Training from 'gradfold/training'
import { grad } from 'gradfold/transform'
import { biasRule, type Biases } from './bias-rule.ts'
import { whenRun, type Success } from './run.ts'

const net = network(input(2), dense(2), sigmoid, dense(2), sigmoid)

/** E = Σ ½ (target − output)² */
const loss = pipe(halfSquaredError, withReduction('sum'))

// the weights are [in, out]: w1 and w2 lead to the first hidden unit, so they are the first column
// prettier-ignore
const params = {
  dense_0: { kernel: tensor([[0.15, 0.25], [0.2, 0.3]], 'f64'), bias: tensor([0.35, 0.35], 'f64') },
  dense_1: { kernel: tensor([[0.4, 0.5], [0.45, 0.55]], 'f64'), bias: tensor([0.6, 0.6], 'f64') }
}

const data = fromArrays([[0.05, 0.1]], [[0.01, 0.99]], { inputs: 'f64', labels: 'f64' })

const error = (theta: Exprs<ParamsOf<typeof net>, 'f64'>, x: Expr<[number, 2], 'f64'>, y: Expr<[number, 2], 'f64'>) =>
  evaluateLoss(loss)(apply(net)(theta, {}, x, evaluate)[0], y)

const slope = run(grad(error))

/** The weights as they are called on paper: w1 and w2 lead to the first hidden unit, … w7 and w8 to the second output. */
const onPaper = ({ dense_0, dense_1 }: typeof params) => ({
  w1: at(0, 0)(dense_0.kernel),
  w2: at(1, 0)(dense_0.kernel),
  w3: at(0, 1)(dense_0.kernel),
  w4: at(1, 1)(dense_0.kernel),
  w5: at(0, 0)(dense_1.kernel),
  w6: at(1, 0)(dense_1.kernel),
  w7: at(0, 1)(dense_1.kernel),
  w8: at(1, 1)(dense_1.kernel),
  b1: toFlatArray(dense_0.bias),
  b2: toFlatArray(dense_1.bias)
})

/** Gradient descent with rate 0.5 on the one example, by one of three treatments of the biases. */
const descend = (biases: Biases, updates: number) => {
  const training = Training.make({
    network: net,
    loss,
    optimizer: chain(biasRule(biases), gradientDescent({ learningRate: 0.5 })),
    dtype: 'f64'
  })
  const start = pipe(training.init(key(0)), Training.withParams(params))
  return pipe(
    batches(data, { batchSize: 1, epochs: updates + 1 }),
    Training.scan(training, start),
    Either.mapLeft((failure) => failure.message),
    Either.map((steps) => ({
      /** the loss after 0, 1, 2, … updates: a step measures it before it updates */
      losses: steps.map((step) => step.loss),
      after: (updates: number) => {
        const state = steps[updates - 1]?.state ?? start
        return { ...onPaper(state.params), outputs: toFlatArray(Training.predict(training, state)(data.inputs)) }
      }
    }))
  )
}

/** The gradient at the start by every parameter, and three courses from there. */
export const main = (updates = 10_000) =>
  pipe(
    Either.Do,
    Either.apS('fixed', descend('fixed', updates)),
    Either.apS('perUnit', descend('perUnit', updates)),
    Either.apS('shared', descend('shared', updates)),
    Either.map((courses) => ({ gradient: onPaper(slope(params, data.inputs, data.labels)), updates, ...courses }))
  )

type Numbers = Readonly<Record<string, number | readonly number[]>>

const columns = (numbers: Numbers): readonly string[] =>
  Object.values(numbers)
    .flat()
    .map((x) => x.toFixed(9).padStart(14))

const table = (names: readonly string[], all: readonly (readonly string[])[]): readonly string[] =>
  names.map((name, i) => name.padEnd(8) + all.map((column) => column[i] ?? ' '.repeat(14)).join(''))

export const show = ({ gradient, updates, fixed, perUnit, shared }: Success<typeof main>): string =>
  [
    `                 start      gradient       1 update${`${updates} updates`.padStart(15)}`,
    ...table(
      ['w1', 'w2', 'w3', 'w4', 'w5', 'w6', 'w7', 'w8', 'b1', '', 'b2', '', 'output 1', 'output 2'],
      [perUnit.after(0), gradient, perUnit.after(1), perUnit.after(updates)].map(columns)
    ),
    '',
    'loss after     biases fixed      one per unit     one per layer',
    ...[0, 1, 10, 100, 1000, 10_000]
      .filter((n) => n <= updates)
      .map((n) =>
        [fixed, perUnit, shared].reduce(
          (line, { losses }) => line + (losses[n] ?? NaN).toPrecision(9).padStart(18),
          String(n).padStart(9)
        )
      )
  ].join('\n')

await whenRun(import.meta.url, () => pipe(main(), Either.map(show)))
