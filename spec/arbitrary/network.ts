/**
 * Random networks whose layers fit, and random layers that may not.
 */
import * as fc from 'fast-check'
import {
  activation,
  averagePool2d,
  conv2d,
  dense,
  dropout,
  elu,
  flatten,
  hardTanh,
  input,
  leakyRelu,
  maxPool2d,
  named,
  network,
  outputShape,
  overAxes,
  reshape,
  residual,
  sequential,
  type AnyLayer,
  type AnyNetwork
} from '../../lib/network/index.ts'
import type { Shape, Sizes } from '../../lib/shape/index.ts'

/** A few small numbers from which one layer is made. */
interface Choice {
  readonly kind: number
  readonly size: number
  readonly detail: number
  readonly name: boolean
}

const arbitraryChoice: fc.Arbitrary<Choice> = fc.record({
  kind: fc.nat(99),
  size: fc.integer({ min: 1, max: 5 }),
  detail: fc.nat(99),
  name: fc.boolean()
})

const activations = [
  'identity',
  'sigmoid',
  'tanh',
  'relu',
  'selu',
  'gelu',
  'geluTanh',
  'silu',
  'softplus',
  'softmax',
  'logSoftmax'
] as const

const pick = <A>(list: readonly [A, ...(readonly A[])], at: number): A => list[at % list.length] ?? list[0]

const pointwise = ({ kind, detail }: Choice): AnyLayer =>
  pick<AnyLayer>(
    [
      activation(pick(activations, detail)),
      leakyRelu(0.01 + detail / 100),
      elu(0.5 + detail / 100),
      hardTanh(-1, 0.5),
      dropout((detail % 10) / 10)
    ],
    kind
  )

const size = (shape: Sizes): number => shape.reduce((product, n) => product * n, 1)

/** A layer that keeps the shape and has parameters. */
export const keeping = (shape: Sizes): AnyLayer => {
  const last = shape[shape.length - 1] ?? 1
  return shape.length === 3
    ? conv2d({ filters: last, kernel: 1 })
    : shape.length <= 2
      ? dense(last)
      : overAxes(dense(last), { axes: shape.length - 1 })
}

/** A layer that fits a shape. */
const fitting = (choice: Choice, shape: Sizes): AnyLayer => {
  const { kind, size: n, detail } = choice
  const last = shape[shape.length - 1] ?? 1
  const shared: readonly [AnyLayer, ...(readonly AnyLayer[])] = [
    pointwise({ ...choice, kind: detail }),
    flatten,
    reshape(1, -1),
    residual(keeping(shape), pointwise(choice)),
    sequential(keeping(shape), pointwise(choice)),
    overAxes(dense(n, { useBias: detail % 2 === 0 }), { axes: Math.max(1, shape.length - 1) })
  ]
  const lower = Math.min(shape[0] ?? 1, shape[1] ?? 1)
  const fits = Math.max(1, Math.min(n, lower))
  if (shape.length === 3)
    return pick<AnyLayer>(
      [
        conv2d({ filters: n, kernel: fits, stride: 1 + (detail % 2), useBias: detail % 3 !== 0 }),
        conv2d({
          filters: n,
          kernel: [fits, 1],
          padding: 'same',
          dilation: 1 + (detail % 2),
          stride: [1, 1 + (detail % 3)]
        }),
        conv2d({ filters: n, kernel: [1, fits], padding: [detail % 2, 1] }),
        maxPool2d(fits),
        maxPool2d(fits, { padding: Math.floor(fits / 2), stride: 1 }),
        averagePool2d([fits, 1], { padding: 'same', countPadding: detail % 2 === 0 }),
        ...shared
      ],
      kind
    )
  const few = shape.length === 1 && last === size(shape)
  return shape.length <= 2 && (few || shape.length === 2)
    ? pick<AnyLayer>(
        [dense(n), dense(n, { useBias: false }), residual(dense(n), pointwise(choice), dense(last)), ...shared],
        kind
      )
    : pick(shared, kind)
}

/** overAxes needs a rest that its layer takes. */
const isTaken = (net: AnyNetwork, layer: AnyLayer): boolean => {
  try {
    network(net, layer)
    return true
  } catch {
    return false
  }
}

const sizesOf = (shape: Shape): Sizes => shape.map(Number)

/** A random network of small sizes, and how many of its choices fitted does not matter. */
export const arbitraryNetwork = (options: { readonly maxLength?: number } = {}): fc.Arbitrary<AnyNetwork> =>
  fc
    .tuple(
      fc.oneof(
        fc.tuple(fc.integer({ min: 1, max: 6 })),
        fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 6 })),
        fc.tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 3 }))
      ),
      fc.array(arbitraryChoice, { minLength: 1, maxLength: options.maxLength ?? 5 })
    )
    .map(([shape, choices]) =>
      choices.reduce<AnyNetwork>(
        (net, choice, i) => {
          const layer = fitting(choice, sizesOf(outputShape(net)))
          const next = choice.name ? namedLayer(`layer${i}`, layer) : layer
          return isTaken(net, next) ? network(net, next) : net
        },
        input(...(shape as readonly number[]))
      )
    )

/** A layer under a name; the type of its description does not matter here. */
export const namedLayer = (name: string, layer: AnyLayer): AnyLayer => named(name, layer as Parameters<typeof named>[1])

/** Random layers and a random input, which need not fit. */
export const arbitraryAttempt: fc.Arbitrary<{ readonly shape: Sizes; readonly layers: readonly AnyLayer[] }> = fc
  .tuple(
    fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 3 }),
    fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 3 }),
    fc.array(arbitraryChoice, { minLength: 1, maxLength: 3 }),
    fc.boolean()
  )
  .map(([shape, other, choices, near]) => ({
    shape,
    layers: choices.map((choice, i) => {
      const imagined = near ? shape : other
      const layer = pick<AnyLayer>(
        [
          fitting(choice, imagined),
          dense(choice.size - 1),
          conv2d({ filters: choice.size - 1, kernel: choice.size }),
          conv2d({ filters: 2, kernel: [choice.size, 1], stride: choice.size - 1, padding: choice.detail % 3 }),
          conv2d({ filters: 2, kernel: 2, dilation: choice.detail % 4, padding: -(choice.detail % 2) }),
          maxPool2d(choice.size, { padding: choice.detail % 5 }),
          averagePool2d([choice.size, 2], { padding: choice.detail % 5, stride: 2 }),
          reshape(choice.size, choice.detail % 4),
          reshape(-1, choice.size, choice.detail % 3 === 0 ? -1 : 2),
          dropout(choice.detail / 50),
          overAxes(dense(choice.size), { axes: choice.detail % 4 }),
          residual(fitting(choice, imagined)),
          pointwise(choice),
          residual(keeping(imagined)),
          sequential(keeping(imagined), flatten),
          sequential(dense(choice.size), residual(dense(choice.detail % 5)))
        ],
        choice.kind
      )
      const names = ['a', 'b', `${choice.size}`, `dense_${choice.size}`, 'conv2d_x', '-1', 'x_1'] as const
      return choice.name && choice.detail % 3 === 0
        ? namedLayer(names[(choice.detail + i) % names.length] ?? 'a', layer)
        : layer
    })
  }))
