/**
 * The graph under every expression: immutable nodes, each the application of one primitive.
 *
 * A node is made by `applyPrimitive`, which checks shapes and element types; two nodes are the same only if they are
 * the same object. Transformations are functions from graphs to graphs.
 *
 * @since 0.1.0
 */
import * as Either from 'fp-ts/lib/Either.js'
import { identity, pipe } from 'fp-ts/lib/function.js'
import { raise, type Shape, type Sizes } from '../shape/index.ts'
import type { DType, Slot } from '../tensor/index.ts'
import type { Parameters, Primitive } from './primitive/parameters.ts'
import { definitionOf } from './primitive/table.ts'

// model

/** A value that is given from outside: the argument of a traced function. */
export interface InputNode {
  readonly kind: 'input'
  readonly outputs: readonly Slot[]
  /** the one value object of each output, so that values can be compared by identity */
  readonly values: readonly Value[]
}

/** One primitive applied to values. */
export interface ApplyNode<P extends Primitive = Primitive> {
  readonly kind: 'apply'
  readonly primitive: P
  readonly parameters: Parameters[P]
  readonly operands: readonly Value[]
  readonly outputs: readonly Slot[]
  /** the one value object of each output */
  readonly values: readonly Value[]
}

export type Node = InputNode | ApplyNode

/** One output of a node: an expression without its shape type. */
export interface Value extends Slot {
  readonly node: Node
  readonly index: number
}

declare const shapeOf: unique symbol

/**
 * An expression: a value of shape S and element type T that has not been computed.
 *
 * @category model
 * @since 0.1.0
 */
export interface Expr<out S extends Shape, out T extends DType = 'f32'> extends Value {
  readonly dtype: T
  /** there at compile time only */
  readonly [shapeOf]: S
}

/**
 * An expression of any shape and element type.
 *
 * @category model
 * @since 0.1.0
 */
export type AnyExpr = Expr<Shape, DType>

// constructors

/** Closes the circle of a node and its values. */
const nodeOf = (parts: Omit<InputNode, 'values'> | Omit<ApplyNode, 'values'>): Node => {
  const node = { ...parts, values: [] as readonly Value[] }
  // eslint-disable-next-line functional/immutable-data -- a node and its values refer to each other
  node.values = parts.outputs.map(({ shape, dtype }, index) => Object.freeze({ node: node, index, shape, dtype }))
  return Object.freeze(node)
}

/** A fresh input: equal to no other. */
export const inputValue = ({ shape, dtype }: Slot): Value =>
  nodeOf({ kind: 'input', outputs: [{ shape, dtype }] }).values[0] ?? raise('input: has no value')

/** Applies a primitive and gives all its outputs; throws the primitive's sentence where the operands do not fit. */
export const applyPrimitive = <P extends Primitive>(
  primitive: P,
  operands: readonly Value[],
  parameters: Parameters[P]
): readonly Value[] => {
  const outputs: readonly Slot[] = pipe(
    definitionOf(primitive).infer(operands, parameters),
    Either.match(raise, identity<readonly Slot[]>)
  )
  // a node of P is a node of some primitive, which TypeScript does not see through the index
  return nodeOf({ kind: 'apply', primitive, parameters, operands, outputs }).values
}

/** Applies a primitive that has one output. */
export const applyOne = <P extends Primitive>(
  primitive: P,
  operands: readonly Value[],
  parameters: Parameters[P]
): Value => applyPrimitive(primitive, operands, parameters)[0] ?? raise(`${primitive}: has no output`)

/** The typed view of a value whose shape the caller has computed with the same rule. */
export const typed = <S extends Shape, T extends DType>(value: Value): Expr<S, T> =>
  // the phantom shape exists in the type only
  value as unknown as Expr<S, T>

/**
 * Whether a value is an expression.
 *
 * @example
 * import { isExpr, scalar } from 'gradfold/expr'
 * isExpr(scalar(1)) // true
 * isExpr(1) // false
 * @category predicates
 * @since 0.1.0
 */
export const isExpr = (u: unknown): u is AnyExpr =>
  typeof u === 'object' && u !== null && 'node' in u && 'index' in u && 'dtype' in u

export type { Sizes }
