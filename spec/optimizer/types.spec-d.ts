import { describe, expectTypeOf, it } from 'vitest'
import type { Expr, Exprs } from '../../lib/expr/index.ts'
import {
  adaGrad,
  adam,
  adamW,
  addDecayedWeights,
  chain,
  clipByGlobalNorm,
  cosine,
  ema,
  gradientDescent,
  identity,
  init,
  momentum,
  piecewise,
  rmsProp,
  scale,
  update,
  warmupCosine,
  type AnyTransform,
  type Cosine,
  type StateOf,
  type Transform,
  type Warmup
} from '../../lib/optimizer/index.ts'
import type { TypedSlot } from '../../lib/tensor/index.ts'

interface Params {
  readonly dense_0: { readonly kernel: TypedSlot<[3, 2]>; readonly bias: TypedSlot<[2]> }
}
type Scalar = TypedSlot<[]>
type Counter = TypedSlot<[], 'i32'>

/** The state of an optimizer over some parameters; only its type is looked at. */
declare const stateOf: <O extends AnyTransform>(optimizer: O) => StateOf<O, Params>
declare const keysOf: <T>(record: T) => keyof T

describe('the state of an optimizer', () => {
  it('is a record by the tag of the atom, with the numbers of its options', () => {
    const { adam: state } = stateOf(adam({ learningRate: 1e-3 }))
    expectTypeOf(state.mu).toEqualTypeOf<Params>()
    expectTypeOf(state.step).toEqualTypeOf<Counter>()
    expectTypeOf(state.learningRate).toEqualTypeOf<Scalar>()
    expectTypeOf(keysOf(state)).toEqualTypeOf<
      'step' | 'learningRate' | 'beta1' | 'beta2' | 'epsilon' | 'beta1Power' | 'beta2Power' | 'mu' | 'nu'
    >()
  })

  it('does not depend on which number an option is', () => {
    expectTypeOf(gradientDescent({ learningRate: 0.001 })).toEqualTypeOf(gradientDescent({ learningRate: 1 }))
  })

  it('holds the numbers of a schedule as a tree', () => {
    const { learningRate } = stateOf(
      adam({ learningRate: warmupCosine({ peak: 1, warmupSteps: 2, totalSteps: 9 }) })
    ).adam
    expectTypeOf(learningRate.then.initial).toEqualTypeOf<Scalar>()
    expectTypeOf(keysOf(learningRate)).toEqualTypeOf<'from' | 'steps' | 'then'>()
    const pieces = stateOf(gradientDescent({ learningRate: piecewise({ boundaries: [1], values: [1, 2] }) }))
    expectTypeOf(pieces.gradientDescent.learningRate.values).toEqualTypeOf<readonly Scalar[]>()
  })

  it('has the buffers that the options ask for, and no others', () => {
    expectTypeOf(keysOf(stateOf(rmsProp()).rmsProp)).toEqualTypeOf<
      'step' | 'learningRate' | 'decay' | 'epsilon' | 'nu'
    >()
    expectTypeOf(keysOf(stateOf(rmsProp.keras({ centered: true, momentum: 0.9 })).rmsProp)).toEqualTypeOf<
      'step' | 'learningRate' | 'decay' | 'epsilon' | 'nu' | 'mean' | 'momentum' | 'velocity'
    >()
    expectTypeOf(stateOf(adam({ amsgrad: 'raw' })).adam.nuMaximum).toEqualTypeOf<Params>()
    const averaged = stateOf(
      chain(ema({ decay: 0.9, debias: true }), momentum({ learningRate: 1, convention: 'debiased' }))
    )
    expectTypeOf(averaged.ema.decayPower).toEqualTypeOf<Scalar>()
    expectTypeOf(averaged.momentum.momentumPower).toEqualTypeOf<Scalar>()
    expectTypeOf(keysOf(stateOf(adaGrad()).adaGrad)).toEqualTypeOf<
      'step' | 'learningRate' | 'epsilon' | 'accumulator'
    >()
  })

  it('numbers atoms of one tag', () => {
    expectTypeOf(keysOf(stateOf(chain(scale(1), adam(), scale(2), adam(), scale(3))))).toEqualTypeOf<
      'scale' | 'adam' | 'scale_1' | 'adam_1' | 'scale_2'
    >()
  })

  it('is empty for the empty chain and not known for atoms that are not', () => {
    expectTypeOf(keysOf(stateOf(identity))).toEqualTypeOf<never>()
    expectTypeOf(stateOf(adam() as AnyTransform)).toEqualTypeOf<Readonly<Record<string, unknown>>>()
  })
})

describe('chain', () => {
  const [a, b, c] = [clipByGlobalNorm(1), addDecayedWeights(0.1), adamW()]

  it('has one type however it is bracketed, and the empty chain as its unit', () => {
    const flat = chain(a, b, c)
    const left = chain(chain(a, b), c)
    const right = chain(a, chain(b, c))
    const units = chain(identity, a, b, identity, c)
    expectTypeOf(left).toEqualTypeOf(flat)
    expectTypeOf(right).toEqualTypeOf(flat)
    expectTypeOf(units).toEqualTypeOf(flat)
  })
})

describe('init and update', () => {
  const optimizer = chain(clipByGlobalNorm(1), momentum({ learningRate: cosine({ initial: 1, steps: 10 }) }))
  interface Tree {
    readonly w: Expr<[2, 3], 'f64'>
    readonly b: Expr<[3], 'f64'>
  }
  const params = null as unknown as Tree

  it('give trees of expressions of the float type of the parameters', () => {
    const state = init(optimizer)(params)
    expectTypeOf(state.momentum.velocity.w).toEqualTypeOf<Expr<[2, 3], 'f64'>>()
    expectTypeOf(state.momentum.step).toEqualTypeOf<Expr<[], 'i32'>>()
    expectTypeOf(state.clipByGlobalNorm.maximum).toEqualTypeOf<Expr<[], 'f64'>>()
    const [updates, next] = update(optimizer)(params, state, { params })
    expectTypeOf(updates).toEqualTypeOf<Tree>()
    expectTypeOf(next).toEqualTypeOf<typeof state>()
  })

  it('agree with the state over slots', () => {
    const state = init(optimizer)(params)
    interface Slots {
      readonly w: TypedSlot<[2, 3]>
      readonly b: TypedSlot<[3]>
    }
    expectTypeOf(state).toEqualTypeOf<Exprs<StateOf<typeof optimizer, Slots>, 'f64'>>()
  })

  it('do not take the state of another optimizer', () => {
    const other = init(gradientDescent({ learningRate: 1 }))(params)
    // @ts-expect-error -- the state has gradientDescent, and clipByGlobalNorm and momentum are asked for
    update(optimizer)(params, other, { params })
    // @ts-expect-error -- the parameters are missing
    update(optimizer)(params, init(optimizer)(params), {})
  })
})

describe('options', () => {
  it('are checked by name and type', () => {
    // @ts-expect-error -- there is no such option
    adam({ learningrate: 1 })
    // @ts-expect-error -- a rate is a number or a schedule
    gradientDescent({ learningRate: '0.1' })
    // @ts-expect-error -- plain descent has no default rate
    gradientDescent({})
    // @ts-expect-error -- there is no such convention
    momentum({ learningRate: 1, convention: 'keras' })
    // @ts-expect-error -- there is no such option
    clipByGlobalNorm(1, { eps: 1 })
  })

  it('give schedules their own types', () => {
    expectTypeOf(warmupCosine({ peak: 1, warmupSteps: 2, totalSteps: 9 })).toEqualTypeOf<Warmup<Cosine>>()
    expectTypeOf(adam().atoms[0].tag).toEqualTypeOf<'adam'>()
    expectTypeOf<Transform<readonly []>>().toEqualTypeOf<typeof identity>()
  })
})
