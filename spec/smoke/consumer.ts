// What a user's project may look like; compiled against the packed declarations.
import * as Either from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { Network, Shape } from 'gradfold'
import { taggedRecord } from 'gradfold/codec'
import { batches, fromArrays } from 'gradfold/data'
import { csvFile } from 'gradfold/data/node'
import { evaluate, reference, type Engine } from 'gradfold/engine'
import { constant, matmul, multiply, type Expr } from 'gradfold/expr'
import {
  conv2d,
  defineLayer,
  dense,
  flatten,
  input,
  layer,
  maxPool2d,
  network,
  nothing,
  relu,
  stateless,
  type Layer,
  type ParamsOf,
  type Spec
} from 'gradfold/network'
import { softmaxCrossEntropy } from 'gradfold/objective'
import { adamW, chain, clipByGlobalNorm } from 'gradfold/optimizer'
import { key } from 'gradfold/random'
import { concat, type Shape as ShapeOf } from 'gradfold/shape'
import { tensor, type Tensor } from 'gradfold/tensor'
import * as Training from 'gradfold/training'
import { grad } from 'gradfold/transform'

export const lenet = network(
  input(28, 28, 1),
  conv2d({ filters: 8, kernel: 5 }),
  relu,
  maxPool2d(2),
  flatten,
  dense(10)
)
export const outputs: Network.OutputOf<typeof lenet> = [10]
export const kernels: keyof ParamsOf<typeof lenet>['dense_0'] = 'kernel'

// @ts-expect-error an image is no vector: the compiler says to insert flatten
export const wrong = network(input(28, 28, 1), dense(10))

export const training = Training.make({
  network: lenet,
  loss: softmaxCrossEntropy,
  optimizer: chain(clipByGlobalNorm(1), adamW({ learningRate: 1e-3 }))
})
export const start = training.init(key(42))

export const product: Tensor<[2, 2]> = evaluate(
  pipe(
    constant(
      tensor([
        [1, 2, 3],
        [4, 5, 6]
      ])
    ),
    matmul(
      constant(
        tensor([
          [1, 2],
          [3, 4],
          [5, 6]
        ])
      )
    )
  )
)
// @ts-expect-error the inner dimensions differ
export const inner = pipe(constant(tensor([[1, 2]])), matmul(constant(tensor([[1, 2]]))))

export const slope: (x: Expr<[]>) => Expr<[]> = grad((x: Expr<[]>) => x)
export const engine: Engine = reference
export const few = batches(fromArrays([[0], [1]], [0, 1], { labels: 'i32' }), { batchSize: 1, epochs: 1 })
export const houses = csvFile('houses.csv', { inputs: ['rooms', 'area'], labels: { column: 'price' } })
export const joined = concat([2, 3], [2, 4], 1)
export const shown: string = Shape.show([2, 3])

// a layer of the user's own, with its rule at the type level

interface Doubled extends Spec {
  readonly tag: 'doubled'
}
declare module 'gradfold/network' {
  // eslint-disable-next-line @typescript-eslint/no-unused-vars -- the parameters of Rules are given
  interface Rules<S, O extends ShapeOf> {
    readonly doubled: { message: O extends [3] ? never : 'doubled: takes a vector of 3'; output: O }
  }
}
const doubledDefinition = defineLayer<Doubled>({
  tag: 'doubled',
  documentation: 'y = 2 x, for vectors of 3.',
  label: () => 'doubled',
  rule: (_, shape) => (String(shape) === '3' ? Either.right(shape) : Either.left('doubled: takes a vector of 3')),
  params: nothing,
  state: nothing,
  apply: stateless((_, { x }) => pipe(x, multiply(2))),
  codec: () => taggedRecord('doubled', {})
})
const doubled: Layer<Doubled> = layer(doubledDefinition, { tag: 'doubled' })
export const own: Network.Network<[3], [2], readonly [Doubled, Network.Dense<2>]> = network(input(3), doubled, dense(2))
// @ts-expect-error the rule of the user's own layer is asked
export const refused = network(input(4), doubled, dense(2))
