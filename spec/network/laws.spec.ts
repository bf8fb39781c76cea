import * as fc from 'fast-check'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, it } from 'vitest'
import { evaluate as compute } from '../../lib/engine/index.ts'
import { add, constant, multiply, sum, type Expr } from '../../lib/expr/index.ts'
import {
  countParameters,
  decode,
  encode,
  equals,
  evaluate,
  hash,
  init,
  input,
  layersOf,
  network,
  outputShape,
  rows,
  show,
  slots,
  train,
  type AnyNetwork
} from '../../lib/network/index.ts'
import { applyUntyped } from '../../lib/network/internal.ts'
import { foldIn, key, normal } from '../../lib/random/index.ts'
import type { Shape, Sizes } from '../../lib/shape/index.ts'
import {
  equals as sameTensor,
  fromArray,
  item,
  leavesOf,
  pathsAndLeaves,
  replaceLeaves,
  toFlatArray,
  withLeaves,
  type AnyTensor
} from '../../lib/tensor/index.ts'
import { grad } from '../../lib/transform/index.ts'
import { arbitraryNetwork, keeping, namedLayer } from '../arbitrary/network.ts'
import { examples, forward, lifted } from './forward.ts'

const leaves = (tree: unknown): ReadonlyMap<string, AnyTensor> =>
  new Map(pathsAndLeaves(tree).map(([path, leaf]) => [path.join('.'), leaf as AnyTensor]))

describe('every network', () => {
  it('gives the shape that its rules predict, for any batch', () => {
    fc.assert(
      fc.property(arbitraryNetwork(), fc.integer({ min: 1, max: 3 }), (net, batch) => {
        const y = forward(net, init(net)(key(1)), examples(net, batch))
        expect(y.shape).toEqual([batch, ...outputShape(net)])
      }),
      { numRuns: 60 }
    )
  })

  it('gives finite numbers of finite ones, in training too', () => {
    fc.assert(
      fc.property(arbitraryNetwork(), (net) => {
        const y = forward(net, init(net)(key(2)), examples(net, 2), train(key(3)))
        expect(toFlatArray(y).every((value) => Number.isFinite(value))).toBe(true)
      }),
      { numRuns: 40 }
    )
  })

  it('treats the examples of a batch one by one', () => {
    fc.assert(
      fc.property(arbitraryNetwork({ maxLength: 3 }), (net) => {
        const trees = init(net)(key(4))
        const [a, b] = [examples(net, 1, 5), examples(net, 1, 6)]
        const both = fromArray([...toFlatArray(a), ...toFlatArray(b)], [2, ...sizesOf(net)])
        const each = [...toFlatArray(forward(net, trees, a)), ...toFlatArray(forward(net, trees, b))]
        expect([...toFlatArray(forward(net, trees, both))]).toEqual(each)
      }),
      { numRuns: 30 }
    )
  })

  it('is read back as it was written, through text as well', () => {
    fc.assert(
      fc.property(arbitraryNetwork(), (net) => {
        const back = decode()(JSON.parse(JSON.stringify(encode(net))))
        if (back._tag === 'Left') throw new Error(back.left.join('\n'))
        expect(equals(back.right, net)).toBe(true)
        expect(hash(back.right)).toBe(hash(net))
        expect(show(back.right)).toBe(show(net))
        expect(outputShape(back.right)).toEqual(outputShape(net))
      })
    )
  })

  it('has the parameters that its slots announce, in f32 and f64', () => {
    fc.assert(
      fc.property(arbitraryNetwork(), fc.constantFrom('f32' as const, 'f64' as const), (net, dtype) => {
        const { params } = init(net, { dtype })(key(1))
        const kinds = (tree: unknown) => pathsAndLeaves(tree).map(([path, leaf]) => [path, leaf.dtype, leaf.shape])
        expect(kinds(params)).toEqual(kinds(slots(net, { dtype }).params))
        expect(countParameters(net)).toBe(
          leavesOf(params).reduce((sum, leaf) => sum + leaf.shape.reduce((product, n) => product * n, 1), 0)
        )
      }),
      { numRuns: 40 }
    )
  })

  it('keeps all initial values when a named layer is inserted anywhere', () => {
    fc.assert(
      fc.property(arbitraryNetwork(), fc.nat(9), (net, place) => {
        const at = place % (net.layers.length + 1)
        const inserted = insert(net, at)
        const before = leaves(init(net)(key(9)).params)
        const after = leaves(init(inserted)(key(9)).params)
        expect([...before.keys()].every((path) => after.has(path))).toBe(true)
        before.forEach((tensor, path) => expect(sameTensor(tensor, after.get(path) as AnyTensor)).toBe(true))
        expect(after.size).toBeGreaterThan(before.size)
      }),
      { numRuns: 40 }
    )
  })
})

describe('the gradient of every network', () => {
  it('is the slope in a random direction of parameters and examples, in float64', () => {
    fc.assert(
      fc.property(arbitraryNetwork({ maxLength: 4 }), (net) => {
        const { params } = init(net, { dtype: 'f64' })(key(11))
        const at: Tree = { params: lifted(params), x: constant(examples(net, 2, 12, 'f64')) }
        const direction = replaceLeaves(at, (leaf, path) =>
          normal({ shape: leaf.shape, dtype: 'f64' })(foldIn(key(13), path))
        ) as Tree
        const loss = ({ params: given, x }: Tree): Expr<[], 'f64'> => {
          // definitions are typed as if everything were f32
          const [y] = applyUntyped(net)(given, {}, x as unknown as Expr<Shape>, evaluate)
          const weights = normal({ shape: y.shape, dtype: 'f64' })(key(14))
          return pipe(y as unknown as Expr<Shape, 'f64'>, multiply(weights), sum())
        }
        const moved = (step: number): Expr<[], 'f64'> =>
          loss(
            withLeaves(
              at,
              leavesOf(at).map((leaf, i) =>
                pipe(asExpr(leaf), add(pipe(asExpr(leavesOf(direction)[i]), multiply(step))))
              )
            ) as Tree
          )
        const gradient = grad(loss)(at)
        const along = leavesOf(gradient)
          .map((leaf, i) => pipe(asExpr(leaf), multiply(asExpr(leavesOf(direction)[i])), sum()))
          .reduce((total, part) => pipe(total, add(part)))
        const h = 1e-6
        const [slope, above, below] = compute([along, moved(h), moved(-h)] as const).map((value) => item(value))
        const quotient = ((above ?? NaN) - (below ?? NaN)) / (2 * h)
        expect(Math.abs((slope ?? NaN) - quotient)).toBeLessThan(1e-5 * (1 + Math.abs(quotient)))
      }),
      // the seed is fixed: a difference that steps over a kink of relu is no slope
      { numRuns: 30, seed: 5 }
    )
  })
})

interface Tree {
  readonly params: unknown
  readonly x: Expr<Shape, 'f64'>
}
const asExpr = (leaf: unknown): Expr<Shape, 'f64'> => leaf as Expr<Shape, 'f64'>

const sizesOf = (net: AnyNetwork): Sizes => net.input.map(Number)

/** A network with one more layer, named, that keeps the shape and has parameters. */
const insert = (net: AnyNetwork, at: number): AnyNetwork => {
  const shape = (at === 0 ? net.input : (rows(net)[at - 1]?.output ?? net.input)).map(Number)
  const layers = layersOf(net)
  return network(
    input(...net.input),
    ...layers.slice(0, at),
    namedLayer('inserted', keeping(shape)),
    ...layers.slice(at)
  )
}
