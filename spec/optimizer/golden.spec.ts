import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import * as Optimizer from '../../lib/optimizer/index.ts'
import { trajectory } from './stepping.ts'

/** spec/golden/optimizers.json: numbers of many libraries, in float64. */
interface Golden {
  readonly sequences: Readonly<Record<string, { readonly x0: Nested; readonly gradients: readonly Nested[] }>>
  readonly entries: readonly {
    readonly id: string
    readonly rule: string
    readonly sequence?: string
    readonly problem?: string
    readonly expect: Nested
    readonly trajectory?: readonly Nested[]
  }[]
}
type Nested = number | readonly Nested[]

const flat = (nested: Nested): readonly number[] => (typeof nested === 'number' ? [nested] : nested.flatMap(flat))
const read = (name: string): unknown => JSON.parse(readFileSync(new URL(`../golden/${name}`, import.meta.url), 'utf8'))

const golden = read('optimizers.json') as Golden

const {
  adaGrad,
  adam,
  adamW,
  addDecayedWeights,
  chain,
  clipByGlobalNorm,
  clipByValue,
  dampen,
  ema,
  gradientDescent,
  inverseTime,
  momentum,
  nesterov,
  piecewise,
  rmsProp,
  scaleByLearningRate,
  trace
} = Optimizer

const falling = piecewise({ boundaries: [1, 2], values: [0.1, 0.05, 0.025] })
const keras = { epsilon: 1e-7, epsilonPlacement: 'hat' } as const
const descent = gradientDescent({ learningRate: 0.1 })

/** Our optimizer for each entry of one of our rules; several where two spellings have to agree. */
const ours: Readonly<Record<string, readonly Optimizer.AnyTransform[]>> = {
  'A/sgd': [descent, scaleByLearningRate({ learningRate: 0.1 })],
  'A/sgd.l2': [chain(addDecayedWeights(0.1), descent)],
  'A/momentum.trace': [momentum({ learningRate: 0.1 }), chain(trace({ decay: 0.9 }), descent)],
  'A/nesterov.trace': [
    nesterov({ learningRate: 0.1 }),
    nesterov({ learningRate: 0.1, convention: 'rateInside' }),
    chain(trace({ decay: 0.9, nesterov: true }), descent)
  ],
  'A/momentum.trace.decaying-rate': [momentum({ learningRate: falling })],
  'A/momentum.keras.decaying-rate': [momentum({ learningRate: falling, convention: 'rateInside' })],
  'A/momentum.ema': [momentum({ learningRate: 0.1, convention: 'movingAverage' }), chain(ema({ decay: 0.9 }), descent)],
  'A/momentum.ema-debiased': [
    momentum({ learningRate: 0.1, convention: 'debiased' }),
    chain(ema({ decay: 0.9, debias: true }), descent)
  ],
  'A/rmsprop.torch': [rmsProp({ learningRate: 0.1 }), rmsProp.torch({ learningRate: 0.1 })],
  'A/rmsprop.keras': [rmsProp.keras({ learningRate: 0.1 })],
  'A/rmsprop.optax': [rmsProp.optax({ learningRate: 0.1 })],
  'A/rmsprop.tf1': [rmsProp.tensorflow1({ learningRate: 0.1 })],
  'A/rmsprop-centered.keras': [rmsProp.keras({ learningRate: 0.1, centered: true })],
  'A/rmsprop-momentum.torch': [rmsProp({ learningRate: falling, momentum: 0.9 })],
  'A/rmsprop-momentum.optax': [rmsProp.optax({ learningRate: 0.1, momentum: 0.9 })],
  'A/adagrad.torch': [adaGrad({ learningRate: 0.1 })],
  'A/adagrad.keras': [adaGrad.keras({ learningRate: 0.1 })],
  'A/adam': [adam({ learningRate: 0.1 })],
  'A/adam.keras': [adam({ learningRate: 0.1, ...keras })],
  'A/adam.large-eps': [adam({ learningRate: 0.1, epsilon: 0.1 })],
  'A/adam.l2': [chain(addDecayedWeights(0.1), adam({ learningRate: 0.1 }))],
  'A/adamw': [adamW({ learningRate: 0.1, weightDecay: 0.1 })],
  'A/adamw.keras': [adamW({ learningRate: 0.1, weightDecay: 0.1, ...keras })],
  'A/adamw.paper': [adamW({ learningRate: 0.1, weightDecay: 0.1, decayScale: 'none' })],
  'A/amsgrad.optax': [adam({ learningRate: 0.1, amsgrad: 'corrected' })],
  'A/amsgrad.torch': [adam({ learningRate: 0.1, amsgrad: 'raw' })],
  'A/amsgrad.keras': [adam({ learningRate: 0.1, amsgrad: 'raw', ...keras })],
  'B/amsgrad.optax': [adam({ learningRate: 0.1, amsgrad: 'corrected' })],
  'B/amsgrad.torch': [adam({ learningRate: 0.1, amsgrad: 'raw' })],
  'B/adam': [adam({ learningRate: 0.1 })],
  'A/clip-global-norm': [chain(clipByGlobalNorm(0.5), descent)],
  'A/clip-value': [chain(clipByValue(0.35), descent)]
}

/** The rules that this library has, as the file names them, and the one variant of them that it does not have. */
const rules = [
  'SGD',
  'momentum',
  'Nesterov',
  'RMSprop',
  'RMSprop centered',
  'RMSprop + momentum',
  'Adagrad',
  'Adam',
  'AdamW',
  'AMSGrad',
  'clip by global norm + SGD',
  'clip by value + SGD'
]
const withoutBiasCorrection = 'B/amsgrad.paper'

describe('optimizers against golden numbers of other libraries, in float64', () => {
  it('cover every entry of the rules that we have', () => {
    const entries = golden.entries.filter(({ rule, problem }) => rules.includes(rule) && problem === undefined)
    expect(Object.keys(ours).sort()).toEqual(
      entries
        .map(({ id }) => id)
        .filter((id) => id !== withoutBiasCorrection)
        .sort()
    )
  })

  it.each(
    Object.entries(ours).flatMap(([id, optimizers]) =>
      optimizers.map((one) => ({ id, one, name: Optimizer.show(one) }))
    )
  )('$id is $name', ({ id, one }) => {
    const entry = golden.entries.find((candidate) => candidate.id === id)
    const sequence = golden.sequences[entry?.sequence ?? '']
    if (entry === undefined || sequence === undefined) throw new Error(`no entry ${id}`)
    const points = trajectory(
      one,
      flat(sequence.x0),
      sequence.gradients.map((gradient) => () => flat(gradient))
    )
    const expected = (entry.trajectory ?? [entry.expect]).map(flat)
    const got = points.slice(-expected.length)
    expected.forEach((point, k) => {
      point.forEach((x, i) => {
        expect(Math.abs((got[k]?.[i] ?? NaN) - x)).toBeLessThanOrEqual(1e-12 * Math.max(1, Math.abs(x)))
      })
    })
  })

  it('descend a quadratic as the reference does (Q/sgd)', () => {
    const entry = golden.entries.find(({ id }) => id === 'Q/sgd')
    const gradient = ([x = NaN, y = NaN]: readonly number[]): readonly number[] => [x, 10 * y]
    const points = trajectory(gradientDescent({ learningRate: 0.05 }), [1, -1], [gradient, gradient, gradient])
    flat(entry?.expect ?? []).forEach((x, i) => {
      expect(points.at(-1)?.[i]).toBeCloseTo(x, 12)
    })
  })
})

/** spec/golden/torch/optimizers.json: PyTorch, in float64. */
interface TorchCase {
  readonly name: string
  readonly optimizer: string
  readonly hyper: Readonly<Record<string, number | boolean | readonly number[]>>
}
interface Torch {
  readonly fixed: {
    readonly x0: readonly number[]
    readonly grads: readonly (readonly number[])[]
    readonly cases: readonly (TorchCase & { readonly x: readonly (readonly number[])[] })[]
  }
  readonly rosenbrock: {
    readonly start: readonly number[]
    readonly steps: number
    readonly at: readonly number[]
    readonly cases: readonly (TorchCase & { readonly points: readonly (readonly number[])[] })[]
  }
}

const torch = read('torch/optimizers.json') as Torch

/** PyTorch's hyper-parameters in our words. */
const fromTorch = ({ optimizer, hyper }: TorchCase): Optimizer.AnyTransform | undefined => {
  const number = (name: string): number => Number(hyper[name] ?? 0)
  const learningRate = number('lr')
  const l2 = number('weight_decay') === 0 ? Optimizer.identity : addDecayedWeights(number('weight_decay'))
  const [beta1 = NaN, beta2 = NaN] = Array.isArray(hyper['betas']) ? (hyper['betas'] as readonly number[]) : []
  const amsgrad = hyper['amsgrad'] === true ? 'raw' : 'none'
  const epsilon = number('eps')
  switch (optimizer) {
    case 'SGD':
      return chain(
        l2,
        number('dampening') === 0 ? Optimizer.identity : dampen(number('dampening')),
        number('momentum') === 0
          ? gradientDescent({ learningRate })
          : hyper['nesterov'] === true
            ? nesterov({ learningRate, momentum: number('momentum') })
            : momentum({ learningRate, momentum: number('momentum') })
      )
    case 'Adam':
      return chain(l2, adam({ learningRate, beta1, beta2, epsilon, amsgrad }))
    case 'AdamW':
      return adamW({ learningRate, beta1, beta2, epsilon, amsgrad, weightDecay: number('weight_decay') })
    case 'Adagrad':
      return chain(
        l2,
        adaGrad({
          learningRate: inverseTime({ initial: learningRate, decay: number('lr_decay') }),
          epsilon,
          initialAccumulator: number('initial_accumulator_value')
        })
      )
    case 'RMSprop':
      return chain(
        l2,
        rmsProp({
          learningRate,
          decay: number('alpha'),
          epsilon,
          centered: hyper['centered'] === true,
          momentum: number('momentum') === 0 ? null : number('momentum')
        })
      )
    default:
      return undefined
  }
}

const translated = <C extends TorchCase>(
  cases: readonly C[]
): readonly { readonly name: string; readonly one: Optimizer.AnyTransform; readonly golden: C }[] =>
  cases.flatMap((each) => {
    const one = fromTorch(each)
    return one === undefined ? [] : [{ name: each.name, one, golden: each }]
  })

const agree = (got: readonly number[] | undefined, expected: readonly number[], growth = 1): void => {
  expected.forEach((x, i) => {
    expect(Math.abs((got?.[i] ?? NaN) - x)).toBeLessThanOrEqual(1e-12 + growth * 1e-9 * Math.abs(x))
  })
}

describe('optimizers against PyTorch, in float64', () => {
  it.each(translated(torch.fixed.cases))('$name with given gradients', ({ one, golden: { x } }) => {
    const points = trajectory(
      one,
      torch.fixed.x0,
      torch.fixed.grads.map((gradient) => () => gradient)
    )
    x.forEach((point, k) => {
      agree(points[k], point)
    })
  })

  const slope = ([x = NaN, y = NaN]: readonly number[]): readonly number[] => [
    -400 * x * (y - x * x) - 2 * (1 - x),
    200 * (y - x * x)
  ]

  it.each(translated(torch.rosenbrock.cases))('$name on the Rosenbrock function', ({ one, golden: { points } }) => {
    const { start, steps, at } = torch.rosenbrock
    const path = [
      start,
      ...trajectory(
        one,
        start,
        Array.from({ length: steps }, () => slope)
      )
    ]
    at.forEach((step, k) => {
      agree(path[step], points[k] ?? [])
    })
  })

  it('cover the optimizers of PyTorch that we have', () => {
    expect(translated(torch.fixed.cases).length).toBeGreaterThanOrEqual(33)
    expect(translated(torch.rosenbrock.cases).length).toBeGreaterThanOrEqual(24)
  })
})
