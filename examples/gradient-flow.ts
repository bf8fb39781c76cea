/**
 * Vanishing and exploding gradients: how large the gradient of each of 20 layers is before anything is learnt.
 *
 *     npx tsx examples/gradient-flow.ts
 */
import { evaluate, run } from 'gradfold/engine'
import { constant, type Exprs } from 'gradfold/expr'
import * as Network from 'gradfold/network'
import { dense, input, network, relu, sequential, sigmoid, tanh } from 'gradfold/network'
import { evaluateLoss, meanSquaredError } from 'gradfold/objective'
import { foldIn, glorotNormal, heNormal, key, normal, randomNormal, type Initialiser } from 'gradfold/random'
import { isTensor, leavesOf, toFlatArray, type AnyTensor } from 'gradfold/tensor'
import { grad } from 'gradfold/transform'
import { whenRun } from './run.ts'

const [depth, width, examples] = [20, 32, 16]

const activations = { sigmoid, tanh, relu }
type Activation = keyof typeof activations

const initialisers = {
  'normal, σ = 0.05': randomNormal({ stddev: 0.05 }),
  'normal, σ = 0.5': randomNormal({ stddev: 0.5 }),
  'Glorot normal': glorotNormal(),
  'He normal': heNormal()
}

const root = key(3)
const drawn = (name: string) => evaluate(normal({ shape: [examples, width] })(foldIn(root, name)))
const [x, y] = [constant(drawn('inputs')), constant(drawn('targets'))]

/** Layers are values: a deep network is a list of them. */
const deep = (activation: Activation, kernel: Initialiser) => {
  const layer = sequential(dense(width, { kernelInitialiser: kernel }), activations[activation])
  return network(input(width), ...Array.from({ length: depth }, () => layer))
}

const euclideanNorm = (tensor: AnyTensor): number =>
  Math.sqrt(toFlatArray(tensor).reduce<number>((total, g) => total + Number(g) * Number(g), 0))

/** The norm of the gradient by each layer's kernel, from the first layer to the last. */
export const gradientNorms = (activation: Activation, kernel: Initialiser): readonly number[] => {
  const net = deep(activation, kernel)
  const error = (params: Exprs<Network.ParamsOf<typeof net>>) =>
    evaluateLoss(meanSquaredError)(Network.apply(net)(params, {}, x, Network.evaluate)[0], y)
  const gradient = run(grad(error))(Network.init(net)(root).params)
  return leavesOf(gradient)
    .filter((leaf) => isTensor(leaf))
    .filter((leaf) => leaf.shape.length === 2)
    .map(euclideanNorm)
}

export const main = () =>
  (['sigmoid', 'tanh', 'relu'] as const).flatMap((activation) =>
    Object.entries(initialisers).map(([initialiser, kernel]) => ({
      activation,
      initialiser,
      norms: gradientNorms(activation, kernel)
    }))
  )

export const show = (rows: ReturnType<typeof main>): string =>
  [
    'gradient of layer                   1         5        10        15        20',
    ...rows.map(({ activation, initialiser, norms }) =>
      [
        activation.padEnd(8),
        initialiser.padEnd(18),
        ...[1, 5, 10, 15, 20].map((layer) => (norms[layer - 1] ?? NaN).toExponential(1).padStart(10))
      ].join('')
    )
  ].join('\n')

await whenRun(import.meta.url, () => show(main()))
