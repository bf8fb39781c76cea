import { pipe } from 'fp-ts/lib/function.js'
import { describe, expectTypeOf, it } from 'vitest'
import {
  at,
  fromArray,
  fromBytes,
  fromTypedArray,
  full,
  item,
  tensor,
  toArray,
  toFlatArray,
  Tree,
  zeros,
  type AnyTensor,
  type LeafOf,
  type LeafPaths,
  type Nested,
  type Slot,
  type Slots,
  type Tensor,
  type Tensors,
  type TypedSlot
} from '../../lib/tensor/index.ts'
import type { Either } from 'fp-ts/lib/Either.js'

describe('tensor', () => {
  it('has the shape of the literal in its type', () => {
    expectTypeOf(tensor(7)).toEqualTypeOf<Tensor<[]>>()
    expectTypeOf(tensor([1, 2, 3])).toEqualTypeOf<Tensor<[3]>>()
    expectTypeOf(
      tensor([
        [1, 2],
        [3, 4]
      ])
    ).toEqualTypeOf<Tensor<[2, 2]>>()
    expectTypeOf(tensor([[[1], [2]]])).toEqualTypeOf<Tensor<[1, 2, 1]>>()
    expectTypeOf(tensor([])).toEqualTypeOf<Tensor<[0]>>()
    expectTypeOf(tensor([true, false])).toEqualTypeOf<Tensor<[2], 'bool'>>()
    expectTypeOf(tensor([[1]], 'i32')).toEqualTypeOf<Tensor<[1, 1], 'i32'>>()
  })

  it('leaves lengths that are not known to run time', () => {
    const list: readonly number[] = [1, 2]
    expectTypeOf(tensor(list)).toEqualTypeOf<Tensor<[number]>>()
    expectTypeOf(tensor([list, list])).toEqualTypeOf<Tensor<[2, number]>>()
    const anything: Nested<number> = [[1]]
    expectTypeOf(tensor(anything as Nested<number>)).toEqualTypeOf<Tensor<number[]>>()
  })

  it('does not compile where the literal is no full block', () => {
    // @ts-expect-error "tensor: the lists at depth 1 differ in length"
    const ragged = (): unknown => tensor([[1, 2], [3]])
    const deeper = (): unknown =>
      // @ts-expect-error "tensor: the lists at depth 2 differ in length"
      tensor([
        [[1], [2]],
        [[3], []]
      ])
    // @ts-expect-error "tensor: lists and single values are mixed at depth 1"
    const mixed = (): unknown => tensor([[1, 2], 3])
    // @ts-expect-error text is no element
    const text = (): unknown => tensor(['1'])
    // @ts-expect-error there is no such element type
    const int8 = (): unknown => tensor([1], 'i8')
    expectTypeOf([ragged, deeper, mixed, text, int8]).toBeArray()
  })
})

describe('the other constructors', () => {
  it('have the given shape in their type', () => {
    expectTypeOf(zeros([2, 3])).toEqualTypeOf<Tensor<[2, 3]>>()
    expectTypeOf(zeros([2, 3], 'f64')).toEqualTypeOf<Tensor<[2, 3], 'f64'>>()
    expectTypeOf(full([2], true)).toEqualTypeOf<Tensor<[2], 'bool'>>()
    expectTypeOf(full([2], 0.5)).toEqualTypeOf<Tensor<[2]>>()
    expectTypeOf(fromArray([1, 2], [2])).toEqualTypeOf<Tensor<[2]>>()
    const n: number = 2
    expectTypeOf(fromArray([1, 2], [n, 1], 'i32')).toEqualTypeOf<Tensor<[number, 1], 'i32'>>()
    expectTypeOf(fromTypedArray([1])(Int32Array.of(1))).toEqualTypeOf<Tensor<[1], 'i32'>>()
    expectTypeOf(fromTypedArray([1])(Float64Array.of(1))).toEqualTypeOf<Tensor<[1], 'f64'>>()
    expectTypeOf(fromBytes('u32', [4])(Uint8Array.of())).toEqualTypeOf<Either<string, Tensor<[4], 'u32'>>>()
  })
})

describe('reading', () => {
  it('gives numbers, or booleans of bool', () => {
    expectTypeOf(item(tensor(1))).toEqualTypeOf<number>()
    expectTypeOf(item(tensor(true))).toEqualTypeOf<boolean>()
    expectTypeOf(pipe(tensor([[1, 2]]), at(0, 1))).toEqualTypeOf<number>()
    expectTypeOf(toFlatArray(tensor([true]))).toEqualTypeOf<readonly boolean[]>()
  })

  it('nests arrays as deep as the shape', () => {
    expectTypeOf(toArray(tensor(1))).toEqualTypeOf<number>()
    expectTypeOf(toArray(tensor([[1]]))).toEqualTypeOf<readonly (readonly number[])[]>()
    expectTypeOf(toArray(null as unknown as Tensor<number[]>)).toEqualTypeOf<Nested<number>>()
  })

  it('does not compile where the rank is known to be another', () => {
    // @ts-expect-error item reads scalars
    const vector = (): unknown => item(tensor([1]))
    // @ts-expect-error "at: [2] takes one index for each axis, got 2"
    const indices = (): unknown => at(0, 0)(tensor([1, 2]))
    // @ts-expect-error "at: [1, 2] takes one index for each axis, got 1"
    const piped = (): unknown => pipe(tensor([[1, 2]]), at(0))
    expectTypeOf([vector, indices, piped]).toBeArray()
  })
})

interface Dense {
  readonly kernel: Tensor<[2, 3]>
  readonly bias: Tensor<[3]>
}

const params = null as unknown as { readonly fc1: Dense; readonly scales: readonly [Tensor<[]>, Tensor<[1], 'i32'>] }

describe('trees', () => {
  it('map to trees of the same structure', () => {
    const ranks = (): {
      readonly fc1: { readonly kernel: number; readonly bias: number }
      readonly scales: readonly [number, number]
    } =>
      pipe(
        params,
        Tree.map((leaf) => leaf.shape.length)
      )
    expectTypeOf(ranks).toBeFunction()
    expectTypeOf<Slots<Dense>>().toEqualTypeOf<{ readonly kernel: Slot; readonly bias: Slot }>()
  })

  it('know their leaves and their paths', () => {
    expectTypeOf<LeafOf<Dense>>().toEqualTypeOf<Tensor<[2, 3]> | Tensor<[3]>>()
    expectTypeOf<LeafPaths<typeof params>>().toEqualTypeOf<'fc1.kernel' | 'fc1.bias' | 'scales.0' | 'scales.1'>()
    expectTypeOf<LeafPaths<Tensor<[]>>>().toEqualTypeOf<''>()
    expectTypeOf<LeafPaths<readonly Tensor<[]>[]>>().toEqualTypeOf<`${number}`>()
    const bias = (): Tensor<[3]> => pipe(params, Tree.at('fc1.bias'))
    const scale = (): Tensor<[1], 'i32'> => pipe(params, Tree.at('scales.1'))
    expectTypeOf([bias, scale]).toBeArray()
  })

  it('keep their type where leaves keep their slots', () => {
    const same = (): typeof params =>
      pipe(
        params,
        Tree.modify((leaf: AnyTensor) => leaf)
      )
    expectTypeOf(same).toBeFunction()
  })

  it('are made from slots for a float type', () => {
    interface Plan {
      readonly kernel: TypedSlot<[2, 3]>
      readonly steps: readonly [TypedSlot<[], 'i32'>]
    }
    expectTypeOf<Tensors<Plan>>().toEqualTypeOf<{
      readonly kernel: Tensor<[2, 3]>
      readonly steps: readonly [Tensor<[], 'i32'>]
    }>()
    expectTypeOf<Tensors<Plan, 'f64'>['kernel']>().toEqualTypeOf<Tensor<[2, 3], 'f64'>>()
    expectTypeOf<Tensors<TypedSlot<['batch', 2]>>>().toEqualTypeOf<Tensor<['batch', 2]>>()
  })

  it('end on types that contain themselves', () => {
    const tree = null as unknown as Tree<AnyTensor>
    expectTypeOf<LeafOf<Tree<AnyTensor>>>().toEqualTypeOf<AnyTensor>()
    expectTypeOf<LeafPaths<Tree<AnyTensor>>>().toEqualTypeOf<string>()
    const run = (): unknown => [
      pipe(
        tree,
        Tree.map((leaf) => leaf.shape)
      ),
      Tree.flatten(tree),
      pipe(tree, Tree.at('a.b'))
    ]
    expectTypeOf(run).toBeFunction()
  })

  it('do not compile with anything else inside', () => {
    const shapes = Tree.map((leaf) => leaf.shape)
    // @ts-expect-error a number is no leaf
    const number = (): unknown => shapes({ rate: 0.1, bias: tensor([1]) })
    // @ts-expect-error "tree: there is no leaf 'fc1.weight'"
    const missing = (): unknown => pipe(params, Tree.at('fc1.weight'))
    expectTypeOf([number, missing]).toBeArray()
  })
})
