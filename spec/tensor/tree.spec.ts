import * as fc from 'fast-check'
import { flow, identity, pipe } from 'fp-ts/lib/function.js'
import { MonoidSum } from 'fp-ts/lib/number.js'
import * as String_ from 'fp-ts/lib/string.js'
import { describe, expect, it } from 'vitest'
import { size } from '../../lib/shape/index.ts'
import { ones, tensor, Tree, zeros, type AnyTensor, type Leaf } from '../../lib/tensor/index.ts'
import { arbitraryKey, arbitraryTree } from './arbitrary.ts'

const network = {
  stem: { kernel: zeros([3, 3, 1, 4]), bias: zeros([4]) },
  blocks: [{ kernel: zeros([2, 2]) }, { kernel: ones([2, 3]) }]
} as const

const rank = (leaf: Leaf): number => leaf.shape.length

describe('the leaves of a tree', () => {
  it('come in the order in which the keys were written', () => {
    expect(Tree.names(network)).toEqual(['stem.kernel', 'stem.bias', 'blocks.0.kernel', 'blocks.1.kernel'])
    expect(Tree.paths({ b: tensor(1), a: tensor(2) })).toEqual([['b'], ['a']])
    expect(Tree.paths(tensor(1))).toEqual([[]])
  })

  it('keep their order through JSON', () => {
    fc.assert(
      fc.property(arbitraryTree, (tree) => {
        const slots = Tree.slots(tree)
        const read = JSON.parse(JSON.stringify(slots)) as Tree<Leaf>
        expect(Tree.paths(read)).toEqual(Tree.paths(tree))
        expect(Tree.structureEquals(read, tree)).toBe(true)
      })
    )
  })

  it('are refused under keys that look like integers', () => {
    expect(() => Tree.paths({ layer: { 0: tensor(1) } })).toThrow(
      "tree: the key 'layer.0' looks like an integer and would lose its place; use a word"
    )
    fc.assert(
      fc.property(fc.nat(), (key) => {
        expect(() => Tree.paths({ [key]: tensor(1) })).toThrow('looks like an integer')
      })
    )
  })

  it('are told from what is no tree', () => {
    // @ts-expect-error a number is no leaf
    expect(() => Tree.paths({ fc1: { rate: 0.1 } })).toThrow(
      "tree: expected a tensor, an expression, a record or a list at 'fc1.rate', got 0.1"
    )
  })
})

describe('map', () => {
  it('keeps identities', () => {
    fc.assert(
      fc.property(arbitraryTree, (tree) => {
        expect(pipe(tree, Tree.map(identity<AnyTensor>))).toEqual(tree)
      })
    )
  })

  it('keeps compositions', () => {
    const f = (leaf: AnyTensor): AnyTensor => zeros([...leaf.shape, 2])
    const g = (leaf: Leaf): number => rank(leaf) + leaf.dtype.length
    fc.assert(
      fc.property(arbitraryTree, (tree) => {
        const once = pipe(tree, Tree.map(flow(f, g)))
        const twice = pipe(tree, Tree.map(f), (image) => Tree.map(g)(image))
        expect(once).toEqual(twice)
      })
    )
  })

  it('tells the function the path, and freezes what it makes', () => {
    const named = pipe(
      network,
      Tree.map((_: AnyTensor, path) => path.join('/'))
    )
    expect(named.stem.bias).toBe('stem/bias')
    expect(named.blocks[1].kernel).toBe('blocks/1/kernel')
    expect(Object.isFrozen(named) && Object.isFrozen(named.stem) && Object.isFrozen(named.blocks)).toBe(true)
  })
})

describe('modify', () => {
  it('keeps the type of the tree', () => {
    const changed = pipe(
      network,
      Tree.modify((leaf: AnyTensor) => ones(leaf.shape))
    )
    expect(Tree.equals(changed, network)).toBe(false)
    expect(Tree.slots(changed)).toEqual(Tree.slots(network))
  })

  it('refuses a leaf of another shape or type, and names its path', () => {
    const transposed = (leaf: AnyTensor): AnyTensor => zeros([...leaf.shape].reverse())
    expect(() => pipe(network, Tree.modify(transposed))).toThrow(
      "tree: expected f32[3, 3, 1, 4] at 'stem.kernel', got f32[4, 1, 3, 3]"
    )
    expect(() =>
      pipe(
        network.stem,
        Tree.modify((leaf: AnyTensor): AnyTensor => zeros(leaf.shape, 'f64'))
      )
    ).toThrow("tree: expected f32[3, 3, 1, 4] at 'kernel', got f64[3, 3, 1, 4]")
  })
})

describe('zipWith', () => {
  it('with itself is map', () => {
    fc.assert(
      fc.property(arbitraryTree, (tree) => {
        const pairs = pipe(
          tree,
          Tree.zipWith(tree, (a: AnyTensor, b: AnyTensor) => a === b)
        )
        expect(pairs).toEqual(
          pipe(
            tree,
            Tree.map((_: AnyTensor) => true)
          )
        )
      })
    )
  })

  it('pairs the leaves at the same paths', () => {
    const sums = pipe(
      { a: tensor(1), b: [tensor([1, 2])] },
      Tree.zipWith(
        { a: tensor([1, 2, 3]), b: [tensor([[1]])] },
        (x: AnyTensor, y: AnyTensor) => [rank(x), rank(y)] as const
      )
    )
    expect(sums).toEqual({ a: [0, 1], b: [[1, 2]] })
  })

  it('says which leaf is missing, or that the order differs', () => {
    const zip = (a: Tree<AnyTensor>, b: Tree<AnyTensor>) => (): unknown =>
      pipe(
        a,
        Tree.zipWith(b, (x: AnyTensor) => x)
      )
    const x = tensor(1)
    expect(zip({ a: x, b: x }, { a: x })).toThrow("zipWith: the first tree has a leaf 'b' that the second has not")
    expect(zip({ a: x }, { a: x, b: x })).toThrow("zipWith: the second tree has a leaf 'b' that the first has not")
    expect(zip({ a: x }, { b: x, a: x })).toThrow("zipWith: the second tree has a leaf 'b' that the first has not")
    expect(zip({ a: x, b: x }, { b: x, a: x })).toThrow(
      "zipWith: the keys are in another order: leaf 0 is 'a' in the first tree and 'b' in the second"
    )
  })
})

describe('fold and foldMap', () => {
  it('go through the leaves in order', () => {
    fc.assert(
      fc.property(arbitraryTree, (tree) => {
        const names = pipe(
          tree,
          Tree.fold([] as readonly string[], (soFar, _: AnyTensor, path) => [...soFar, path.join('.')])
        )
        expect(names).toEqual(Tree.names(tree))
        const text = pipe(
          tree,
          Tree.foldMap(String_.Monoid)((_: AnyTensor, path) => `${path.join('.')};`)
        )
        expect(text).toBe(names.map((name) => `${name};`).join(''))
      })
    )
  })

  it('count parameters', () => {
    expect(
      pipe(
        network,
        Tree.foldMap(MonoidSum)((leaf) => size(leaf.shape))
      )
    ).toBe(36 + 4 + 4 + 6)
  })
})

describe('flatten', () => {
  it('and unflatten are inverse', () => {
    fc.assert(
      fc.property(arbitraryTree, (tree) => {
        const { leaves, unflatten, refill } = Tree.flatten(tree)
        expect(unflatten(leaves)).toEqual(tree)
        expect(refill(leaves)).toEqual(tree)
        const labels = leaves.map((_, i) => tensor(i))
        expect(Tree.leaves(unflatten(labels) as Tree<AnyTensor>)).toEqual(labels)
      })
    )
  })

  it('refuses another number of leaves, and refill other leaves', () => {
    const { unflatten, refill, leaves } = Tree.flatten({ a: tensor(1), b: tensor([1, 2]) })
    expect(() => unflatten([1])).toThrow('tree: has 2 leaves, got 1')
    expect(() => unflatten([1, 2, 3])).toThrow('tree: has 2 leaves, got 3')
    expect(() => refill([...leaves].reverse())).toThrow("tree: expected f32[] at 'a', got f32[2]")
    expect(() => refill([...leaves, tensor(1)])).toThrow('tree: has 2 leaves, got 3')
  })
})

describe('at', () => {
  it('finds every leaf by its name', () => {
    fc.assert(
      fc.property(fc.uniqueArray(arbitraryKey, { minLength: 1, maxLength: 5 }), (keys) => {
        const tree: Tree<AnyTensor> = Object.fromEntries(keys.map((key, i) => [key, tensor(i)]))
        keys.forEach((key, i) => {
          expect(pipe(tree, Tree.at(key))).toEqual(tensor(i))
        })
      })
    )
    expect(pipe(network, Tree.at('blocks.1.kernel')).shape).toEqual([2, 3])
  })

  it('refuses a name that is not there', () => {
    const tree: Tree<AnyTensor> = { a: tensor(1) }
    expect(() => pipe(tree, Tree.at('b'))).toThrow("tree: there is no leaf 'b'")
  })
})

describe('equality of trees', () => {
  it('is exact, and sees order and structure', () => {
    fc.assert(
      fc.property(arbitraryTree, arbitraryTree, (a, b) => {
        expect(Tree.equals(a, a)).toBe(true)
        expect(Tree.equals(a, b)).toBe(Tree.equals(b, a))
        if (Tree.equals(a, b)) expect(Tree.structureEquals(a, b)).toBe(true)
      })
    )
    expect(Tree.equals({ a: tensor(1), b: tensor(2) }, { b: tensor(2), a: tensor(1) })).toBe(false)
    expect(Tree.equals({ a: tensor(0) }, { a: tensor(-0) })).toBe(false)
    expect(Tree.structureEquals({ a: tensor(1) }, { a: tensor([2]) })).toBe(true)
    expect(Tree.structureEquals({ a: tensor(1) }, { a: [tensor(1)] })).toBe(false)
  })
})
