/**
 * Trees as types: what a tree of slots becomes as tensors, what its leaves and paths are.
 *
 * @since 0.1.0
 */
import type { Shape } from '../shape/index.ts'
import type { DType, FloatDType } from './dtype.ts'
import type { Slot, TypedSlot } from './slot.ts'
import type { Tensor } from './tensor.ts'
import type { Leaf, Tree } from './tree.ts'

/** Everything that is a leaf: what is there at run time, and the slots that exist in types only. */
type AnyLeaf = Leaf | TypedSlot<Shape, DType | 'float'>

/** Whether a list may hold itself, as the lists in `Tree<Tensor>` may: type functions end there. */
type HoldsItself<P, A> = [P] extends [A] ? true : false

/**
 * The bound of a type parameter that is a tree with leaves A, also one made of interfaces: `P extends TreeLike<P, A>`.
 *
 * @category type functions
 * @since 0.1.0
 */
export type TreeLike<P, A extends Leaf> = A | Children<P, A>
type Children<P, A extends Leaf> = { readonly [Key in keyof P]: Node<P[Key], A> }
type Node<P, A extends Leaf> = P extends Leaf
  ? A
  : P extends readonly (infer B)[]
    ? HoldsItself<P, B> extends true
      ? Tree<A>
      : Children<P, A>
    : P extends object
      ? Children<P, A>
      : A

/**
 * The tree with the same structure and another leaf type.
 *
 *     Mapped<{ kernel: Tensor<[2, 3]>, bias: Tensor<[3]> }, number> = { readonly kernel: number, readonly bias: number }
 *
 * @category type functions
 * @since 0.1.0
 */
export type Mapped<P, B> = P extends AnyLeaf
  ? B
  : P extends readonly (infer A)[]
    ? HoldsItself<P, A> extends true
      ? readonly AnyTree<B>[]
      : { readonly [Key in keyof P]: Mapped<P[Key], B> }
    : { readonly [Key in keyof P]: Mapped<P[Key], B> }

/** A tree of any structure. */
type AnyTree<B> = B | readonly AnyTree<B>[] | { readonly [name: string]: AnyTree<B> }

/**
 * The tree of tensors of a tree of slots; a 'float' slot becomes a tensor of the float type F.
 *
 *     Tensors<{ kernel: TypedSlot<[2, 3]> }, 'f64'> = { readonly kernel: Tensor<[2, 3], 'f64'> }
 *
 * @category type functions
 * @since 0.1.0
 */
export type Tensors<P, F extends FloatDType = 'f32'> =
  P extends TypedSlot<infer S, infer T>
    ? Tensor<S, T extends 'float' ? F : Extract<T, DType>>
    : { readonly [Key in keyof P]: Tensors<P[Key], F> }

/**
 * The tree of slots, as data, of a tree of tensors, expressions or typed slots.
 *
 * @category type functions
 * @since 0.1.0
 */
export type Slots<P> = Mapped<P, Slot>

/**
 * The leaves of a tree, as a union; looked for at most 20 levels down, so that it ends on types like `Tree<Tensor>`
 * that contain themselves.
 *
 * @category type functions
 * @since 0.1.0
 */
export type LeafOf<P, Level extends readonly unknown[] = []> = Level['length'] extends 20
  ? never
  : P extends AnyLeaf
    ? P
    : P extends readonly (infer A)[]
      ? LeafOf<A, [...Level, unknown]>
      : P extends object
        ? { [Key in keyof P]: LeafOf<P[Key], [...Level, unknown]> }[keyof P]
        : never

/**
 * The paths to the leaves of a tree, as a union of texts: `'fc1.kernel' | 'fc1.bias'`; `''` for a single leaf, any
 * text for a type like `Tree<Tensor>` that contains itself.
 *
 * @category type functions
 * @since 0.1.0
 */
export type LeafPaths<P, Level extends readonly unknown[] = []> = Level['length'] extends 20
  ? string
  : P extends AnyLeaf
    ? ''
    : P extends readonly (infer A)[]
      ? number extends P['length']
        ? A extends AnyLeaf
          ? `${number}`
          : string
        : PathsBelow<P, Extract<keyof P, `${number}`>, Level>
      : string extends keyof P
        ? string
        : PathsBelow<P, keyof P & string, Level>

type PathsBelow<P, Key extends keyof P & string, Level extends readonly unknown[]> = Key extends unknown
  ? Joined<Key, LeafPaths<P[Key], [...Level, unknown]>>
  : never

type Joined<Key extends string, Rest extends string> = Rest extends '' ? Key : `${Key}.${Rest}`

/**
 * The leaf of a tree at a path.
 *
 * @category type functions
 * @since 0.1.0
 */
export type LeafAt<P, Name extends string> = P extends AnyLeaf
  ? P
  : Name extends `${infer Key}.${infer Rest}`
    ? LeafAt<Child<P, Key>, Rest>
    : Extract<Child<P, Name>, AnyLeaf>

type Child<P, Key extends string> = Key extends keyof P
  ? P[Key]
  : P extends readonly (infer A)[]
    ? Key extends `${number}`
      ? A
      : never
    : never
