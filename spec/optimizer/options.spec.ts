import * as Either from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import {
  adaGrad,
  adam,
  adamW,
  addDecayedWeights,
  chain,
  clipByGlobalNorm,
  clipByValue,
  cosine,
  decode,
  encode,
  ema,
  Eq,
  except,
  gradientDescent,
  momentum,
  named,
  nesterov,
  rmsProp,
  scale,
  show,
  under,
  warmup
} from '../../lib/optimizer/index.ts'

describe('options that are nonsense throw one sentence', () => {
  const cases: readonly (readonly [sentence: string, build: () => unknown])[] = [
    ['adam: learningRate has to be a positive finite number or a schedule, got NaN', () => adam({ learningRate: NaN })],
    ['adam: learningRate has to be a positive finite number or a schedule, got -1', () => adam({ learningRate: -1 })],
    [
      'adam: learningRate has to be a positive finite number or a schedule, got Infinity',
      () => adam({ learningRate: Infinity })
    ],
    ["adam: there is no option 'learningrate'; did you mean 'learningRate'?", () => adam({ learningrate: 1 } as never)],
    [
      "adam: there is no option 'lr'; known are learningRate, beta1, beta2, epsilon, epsilonPlacement, amsgrad",
      () => adam({ lr: 1 } as never)
    ],
    ['adam: beta1 has to be a number from 0 up to, but not including, 1, got 1', () => adam({ beta1: 1 })],
    ['adam: epsilon has to be a positive finite number, got 0', () => adam({ epsilon: 0 })],
    [
      "adam: epsilonPlacement has to be 'outside', 'inside' or 'hat', got 'beside'",
      () => adam({ epsilonPlacement: 'beside' as never })
    ],
    [
      "adam: learningRate: there is no schedule 'cosinus'; did you mean 'cosine'?",
      () => adam({ learningRate: { tag: 'cosinus' } as never })
    ],
    [
      'adam: learningRate.steps has to be a positive finite number, got -3',
      () => adam({ learningRate: { tag: 'cosine', initial: 1, final: 0, steps: -3 } })
    ],
    ['adam: the options have to be a record, got 0.1', () => adam(0.1 as never)],
    ['adamW: weightDecay has to be a finite number that is not negative, got -0.1', () => adamW({ weightDecay: -0.1 })],
    [
      "adamW: only: there is no parameter filter 'name'; did you mean 'named'?",
      () => adamW({ only: { tag: 'name' } as never })
    ],
    [
      'gradientDescent: learningRate has to be a positive finite number or a schedule, got nothing',
      () => gradientDescent({} as never)
    ],
    [
      'gradientDescent: learningRate has to be a positive finite number or a schedule, got 0',
      () => gradientDescent({ learningRate: 0 })
    ],
    [
      'momentum: momentum has to be a number from 0 up to, but not including, 1, got 1.5',
      () => momentum({ learningRate: 0.1, momentum: 1.5 })
    ],
    [
      "momentum: convention has to be 'classical', 'rateInside', 'movingAverage' or 'debiased', got 'keras'",
      () => momentum({ learningRate: 0.1, convention: 'keras' as never })
    ],
    [
      "nesterov: convention has to be 'classical' or 'rateInside', got 'debiased'",
      () => nesterov({ learningRate: 0.1, convention: 'debiased' as never })
    ],
    [
      'adaGrad: initialAccumulator has to be a finite number that is not negative, got -1',
      () => adaGrad({ initialAccumulator: -1 })
    ],
    ["rmsProp: centered has to be true or false, got 'yes'", () => rmsProp({ centered: 'yes' as never })],
    [
      'rmsProp: momentum has to be null or a number from 0 up to, but not including, 1, got -0.5',
      () => rmsProp({ momentum: -0.5 })
    ],
    ['clipByGlobalNorm: maximum has to be a positive finite number, got 0', () => clipByGlobalNorm(0)],
    [
      "clipByGlobalNorm: there is no option 'epsilom'; did you mean 'epsilon'?",
      () => clipByGlobalNorm(1, { epsilom: 1 } as never)
    ],
    ['clipByValue: maximum has to be a positive finite number, got -2', () => clipByValue(-2)],
    [
      'addDecayedWeights: weightDecay has to be a finite number that is not negative, got NaN',
      () => addDecayedWeights(NaN)
    ],
    ['scale: factor has to be a finite number, got Infinity', () => scale(Infinity)],
    ['ema: decay has to be a number from 0 up to, but not including, 1, got 2', () => ema({ decay: 2 })]
  ]
  it.each(cases)('%s', (sentence, build) => {
    expect(build).toThrow(new Error(sentence))
  })
})

describe('encoded optimizers', () => {
  it('are plain lists of tagged records with every option written out', () => {
    expect(
      encode(
        chain(
          clipByGlobalNorm(1),
          gradientDescent({ learningRate: warmup({ steps: 2, then: cosine({ initial: 1, steps: 9 }) }) })
        )
      )
    ).toEqual([
      { tag: 'clipByGlobalNorm', maximum: 1, epsilon: 0 },
      {
        tag: 'gradientDescent',
        learningRate: { tag: 'warmup', from: 0, steps: 2, then: { tag: 'cosine', initial: 1, final: 0, steps: 9 } }
      }
    ])
  })

  it('keep filters of parameters', () => {
    const only = except(under('encoder', 'norm'))
    const decoded = decode()(JSON.parse(JSON.stringify(encode(adamW({ only })))))
    expect(Either.isRight(decoded) && decoded.right.atoms).toEqual(adamW({ only }).atoms)
  })

  it('that are wrong are refused with all that is wrong', () => {
    expect(
      decode()([
        { tag: 'adm' },
        { tag: 'clipByGlobalNorm', maximum: -1, epsilon: 0 },
        { ...encode(adam())[0], beta1: 'x', betta2: 1, learningRate: null },
        7
      ])
    ).toEqual(
      Either.left([
        "atom 0: there is no atom 'adm'; did you mean 'adam'?",
        'atom 1: clipByGlobalNorm: maximum has to be a positive finite number, got -1',
        "atom 2: adam: there is no option 'betta2'; did you mean 'beta2'?",
        'atom 2: adam: learningRate has to be a positive finite number or a schedule, got null',
        "atom 2: adam: beta1 has to be a number from 0 up to, but not including, 1, got 'x'",
        "atom 3 has to be an atom: a record with a tag such as 'gradientDescent', got 7"
      ])
    )
    expect(decode()({ tag: 'adam' })).toEqual(Either.left(["optimizer has to be a list of atoms, got { tag: 'adam' }"]))
    expect(decode()([{ tag: 'scale' }])).toEqual(
      Either.left(['atom 0: scale: factor has to be a finite number, got nothing'])
    )
  })

  it('keep the sign of zero', () => {
    const decoded = decode()(JSON.parse(JSON.stringify(encode(scale(-0)))))
    expect(Either.isRight(decoded) && decoded.right.atoms).toStrictEqual(scale(-0).atoms)
    expect(Eq.equals(scale(-0), scale(0))).toBe(false)
    expect(show(scale(-0))).toBe('scale({ factor: -0 })')
  })

  it('print as the calls that make them', () => {
    expect(show(scale(2))).toBe('scale({ factor: 2 })')
    expect(show(chain())).toBe('chain()')
    expect(show(addDecayedWeights(0.5, { only: named('kernel', 'table') }))).toBe(
      "addDecayedWeights({ weightDecay: 0.5, only: named({ names: ['kernel', 'table'] }) })"
    )
  })
})
