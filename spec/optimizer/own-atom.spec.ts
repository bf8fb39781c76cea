import * as Either from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, it } from 'vitest'
import { positive, taggedRecord } from '../../lib/codec/index.ts'
import { evaluate } from '../../lib/engine/index.ts'
import { constant, divide, minimum, multiply, negate, sign, square, sum, type Expr } from '../../lib/expr/index.ts'
import {
  atom,
  builtInAtoms,
  chain,
  clipByGlobalNorm,
  decode,
  encode,
  Eq,
  hyperParameters,
  init,
  mapTree,
  scaleByLearningRate,
  sumTree,
  update,
  type AtomDefinition,
  type HyperParameters,
  type Transform
} from '../../lib/optimizer/index.ts'
import { item, tensor, toFlatArray } from '../../lib/tensor/index.ts'
import { trajectory } from './stepping.ts'

/** Polyak's step size: as far as the loss would fall to 0 along the gradient, were it linear. */
interface Polyak {
  readonly tag: 'polyak'
  readonly maximum: number
}

declare module '../../lib/optimizer/index.ts' {
  // eslint-disable-next-line @typescript-eslint/no-unused-vars -- every declaration of an interface has its parameters
  interface AtomStates<A, P> {
    readonly polyak: HyperParameters<Polyak>
  }
  interface AtomNeeds<F> {
    readonly polyak: { readonly value: Expr<[], F> }
  }
}

const definition: AtomDefinition<Polyak> = {
  tag: 'polyak',
  codec: taggedRecord<Polyak>('polyak', { maximum: positive }),
  needs: ['value'],
  init: (spec) => hyperParameters(spec, 'f64'),
  update: (_, updates, state, { value }) => {
    const squares = pipe(
      updates,
      sumTree((leaf): Expr<[]> => pipe(leaf, square, sum()))
    )
    const rate = pipe(value, divide(squares), minimum(state.maximum), negate)
    return [mapTree((u) => pipe(u, multiply(rate)))(updates), state]
  }
}

const polyak = (maximum: number): Transform<readonly [Polyak]> => atom(definition, { maximum })

describe("a user's own atom", () => {
  const optimizer = chain(clipByGlobalNorm(100), polyak(1))
  const params = { x: constant(tensor([3, 4], 'f64')) }

  it('is chained, initialised and run like ours, with what it needs', () => {
    const state = init(optimizer)(params)
    expect(item(evaluate(state.polyak.maximum))).toBe(1)
    const value = constant(tensor(12.5, 'f64'))
    const [updates] = update(optimizer)(params, state, { params, value })
    expect(toFlatArray(evaluate(updates.x))).toEqual([-1.5, -2])
  })

  it('does not run without what it needs: a type error, and a sentence', () => {
    const state = init(optimizer)(params)
    // @ts-expect-error -- the loss is missing from the context
    expect(() => update(optimizer)(params, state, { params })).toThrow(
      "update: polyak needs 'value' besides the parameters; give it in the context, { params, value }"
    )
  })

  it('is decoded by those who know it, and by no others', () => {
    const known = decode([...builtInAtoms, ...Object.values(polyak(1).definitions)])(encode(optimizer))
    expect(Either.isRight(known) && Eq.equals(known.right, optimizer)).toBe(true)
    expect(decode()(encode(polyak(1)))).toMatchObject(
      Either.left([expect.stringContaining("there is no atom 'polyak'")])
    )
  })

  it('refuses nonsense in a sentence', () => {
    expect(() => polyak(NaN)).toThrow('polyak: maximum has to be a positive finite number, got NaN')
  })

  it('may keep nothing: sign descent has no entry in the state, and the golden numbers', () => {
    interface Sign {
      readonly tag: 'sign'
    }
    const signs: AtomDefinition<Sign> = {
      tag: 'sign',
      codec: taggedRecord<Sign>('sign', {}),
      init: () => ({}),
      update: (_, updates, state) => [mapTree((u) => sign(u))(updates), state]
    }
    const signDescent = chain(atom(signs, {}), scaleByLearningRate({ learningRate: 0.1 }))
    expect(Object.keys(init(signDescent)(params))).toEqual(['scaleByLearningRate'])
    // A/sign-sgd of spec/golden/optimizers.json
    const gradients = [
      [0.1, -0.2, 0.3],
      [-0.4, 0.5, -0.6],
      [0.7, 0.8, -0.9]
    ]
    const end = trajectory(
      signDescent,
      [1, -2, 0.5],
      gradients.map((g) => () => g)
    ).at(-1)
    ;[0.9, -2.1, 0.6].forEach((x, i) => {
      expect(end?.[i]).toBeCloseTo(x, 12)
    })
  })
})
