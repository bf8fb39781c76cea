/** The laws of the design over random networks, keys, optimizers and data. */
import * as Either from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { batches, dataset } from 'gradfold/data'
import { run } from 'gradfold/engine'
import { multiply, sum, type Expr } from 'gradfold/expr'
import { outputShape, train, type AnyNetwork } from 'gradfold/network'
import { meanSquaredError } from 'gradfold/objective'
import { adam, adamW, chain, clipByGlobalNorm, gradientDescent, momentum, rmsProp } from 'gradfold/optimizer'
import { key } from 'gradfold/random'
import { fromArray, hashTree, leavesOf, toFlatArray, withLeaves, type AnyTensor } from 'gradfold/tensor'
import * as Training from 'gradfold/training'
import { grad, jvp, vjp } from 'gradfold/transform'
import { applyUntyped } from '../../lib/network/apply.ts'
import * as Network from '../../lib/network/index.ts'
import { arbitraryNetwork } from '../arbitrary/network.ts'

const seeds = fc.integer({ min: 0, max: 1_000_000 })

/** Numbers in (−1, 1) from a seed. */
const numbers = (seed: number, shape: readonly number[], dtype: 'f32' | 'f64' = 'f32'): AnyTensor => {
  const n = shape.reduce((a, b) => a * b, 1)
  return fromArray(
    Array.from({ length: n }, (_, i) => {
      const word = Math.imul((seed + 1) * 0x9e3779b1 + i * 0x85ebca6b, 0xc2b2ae35) >>> 0
      return ((word ^ (word >>> 15)) >>> 0) / 2 ** 31 - 1
    }),
    shape,
    dtype
  )
}

const sizesOf = (shape: readonly (number | string)[]): readonly number[] => shape.map(Number)

const optimizers = [
  gradientDescent({ learningRate: 0.05 }),
  momentum({ learningRate: 0.01, momentum: 0.9 }),
  rmsProp({ learningRate: 0.01 }),
  adam({ learningRate: 0.01 }),
  chain(clipByGlobalNorm(0.5), adamW({ learningRate: 0.01 }))
] as const

const example = (net: AnyNetwork, seed: number, dtype: 'f32' | 'f64', n: number) =>
  ({
    inputs: numbers(seed, [n, ...sizesOf(net.input)], dtype),
    labels: numbers(seed + 1, [n, ...sizesOf(outputShape(net))], dtype)
  }) as const

const identify = (state: Training.AnyState): string =>
  [state.step, JSON.stringify(state.cursor), hashTree(state.params as never), hashTree(state.optState as never)].join(
    ' '
  )

describe('a fold over any network and optimizer', () => {
  it('of xs ++ ys is fold ys after fold xs, also through decode after encode, byte for byte', () => {
    fc.assert(
      fc.property(arbitraryNetwork({ maxLength: 4 }), fc.nat(optimizers.length - 1), seeds, (net, which, seed) => {
        const training = Training.make({ network: net, loss: meanSquaredError, optimizer: optimizers[which]! as never })
        const { inputs, labels } = example(net, seed, 'f32', 7)
        const list = [
          ...batches(dataset(inputs as never, labels as never), { batchSize: 2, key: key(seed), epochs: 2 })
        ]
        const fold = (from: unknown, part: readonly unknown[]) =>
          (
            Training.fold(training, from as never) as unknown as (
              xs: readonly unknown[]
            ) => Either.Either<Training.Failure<Training.AnyState>, Training.AnyState>
          )(part)
        const start = training.init(key(seed))
        const outcome = (result: ReturnType<typeof fold>): string =>
          pipe(
            result,
            Either.match((failure) => failure.message, identify)
          )
        const cut = seed % (list.length + 1)
        const whole = fold(start, list)
        const parts = pipe(
          fold(start, list.slice(0, cut)),
          Either.flatMap((middle) => {
            const text = JSON.stringify(Training.encodeState(middle))
            const again = Training.decodeState(training)(JSON.parse(text))
            if (Either.isLeft(again)) throw new Error(again.left.join('\n'))
            expect(identify(again.right)).toBe(identify(middle))
            return fold(again.right, list.slice(cut))
          })
        )
        expect(outcome(parts)).toBe(outcome(whole))
      }),
      { numRuns: 15 }
    )
  })
})

describe('the gradient of any network in f64', () => {
  const loss =
    (net: AnyNetwork, inputs: Expr<readonly number[]>, weights: Expr<readonly number[]>) =>
    (params: unknown): Expr<[], 'f64'> => {
      // dropout is drawn from one key, so the function is the same at every point
      const [y] = applyUntyped(net)(params, {}, inputs, train(key(5)))
      return pipe(y, multiply(weights as never), sum()) as unknown as Expr<[], 'f64'>
    }

  it('is the slope in a random direction, and ⟨vjp u, v⟩ = ⟨u, jvp v⟩', () => {
    fc.assert(
      fc.property(arbitraryNetwork({ maxLength: 4 }), seeds, (net, seed) => {
        const { params } = Network.init(net, { dtype: 'f64' })(key(seed)) as { readonly params: unknown }
        const leaves = leavesOf(params) as readonly unknown[] as readonly AnyTensor[]
        if (leaves.length === 0) return
        const { inputs, labels } = example(net, seed, 'f64', 2)
        const direction = withLeaves(
          params,
          leaves.map((leaf, i) => numbers(seed + 17 * i, leaf.shape, 'f64'))
        )
        const at = (h: number) =>
          withLeaves(
            params,
            leaves.map((leaf, i) => {
              const along = toFlatArray(numbers(seed + 17 * i, leaf.shape, 'f64'))
              return fromArray(
                [...toFlatArray(leaf)].map((x, j) => Number(x) + h * Number(along[j])),
                leaf.shape,
                'f64'
              )
            })
          )
        const value = run((p: unknown, x: never, w: never) => loss(net, x, w)(p)) as unknown as (
          ...args: readonly unknown[]
        ) => AnyTensor
        const f = (h: number): number => Number(toFlatArray(value(at(h), inputs, labels))[0])
        const slope = (h: number): number => (f(-2 * h) - 8 * f(-h) + 8 * f(h) - f(2 * h)) / (12 * h)
        const both = run((p: unknown, v: unknown, x: never, w: never) => {
          const g = loss(net, x, w)
          const [, pullBack] = vjp(g)(p)
          const [y, tangent] = jvp(g)([p], [v])
          return {
            gradient: (grad as (h: unknown) => (q: unknown) => unknown)(g)(p),
            pulled: pullBack(y)[0],
            value: y,
            tangent
          }
        }) as unknown as (...args: readonly unknown[]) => {
          readonly gradient: unknown
          readonly pulled: unknown
          readonly value: AnyTensor
          readonly tangent: AnyTensor
        }
        const result = both(params, direction, inputs, labels)
        const dot = (a: unknown, b: unknown): number => {
          const flat = (tree: unknown) =>
            (leavesOf(tree) as readonly unknown[] as readonly AnyTensor[]).flatMap((leaf) =>
              [...toFlatArray(leaf)].map(Number)
            )
          const other = flat(b)
          return flat(a).reduce((total, x, i) => total + x * other[i]!, 0)
        }
        const number = (x: AnyTensor): number => Number(toFlatArray(x)[0])
        const scale = Math.max(1, Math.abs(number(result.tangent)))
        expect(Math.abs(dot(result.gradient, direction) - number(result.tangent)) / scale).toBeLessThan(1e-9)
        expect(
          Math.abs(dot(result.pulled, direction) - number(result.value) * number(result.tangent)) / scale
        ).toBeLessThan(1e-8)
        // where two steps agree no kink lies between them, and where the fourth difference vanishes none lies at the point
        const [coarse, fine] = [slope(1e-4), slope(5e-5)]
        const fourth = f(-1e-4) - 4 * f(-5e-5) + 6 * f(0) - 4 * f(5e-5) + f(1e-4)
        if (Math.abs(coarse - fine) < 1e-8 * scale && Math.abs(fourth) < 1e-10 * scale)
          expect(
            Math.abs(fine - number(result.tangent)) / scale,
            `slope ${fine}, derivative ${number(result.tangent)}`
          ).toBeLessThan(1e-6)
      }),
      { numRuns: 25 }
    )
  })
})
