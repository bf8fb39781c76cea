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
import { raise, type Shape } from '../shape/index.ts'
import type { DType, Slot } from '../tensor/index.ts'
import type { Parameters, Primitive } from './primitive/parameters.ts'
import { definitionOf } from './primitive/table.ts'

// model

/** A value that is given from outside: the argument of a traced function. */
interface InputNode {
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

/** Closes the circle of a node and its still empty list of values. */
const closed = (node: Node, values: Value[]): readonly Value[] => {
  node.outputs.forEach(({ shape, dtype }, index) => {
    // eslint-disable-next-line functional/immutable-data -- a node and its values refer to each other
    values.push(Object.freeze({ node, index, shape, dtype }))
  })
  Object.freeze(node)
  return values
}

/** A fresh input: equal to no other. */
export const inputValue = ({ shape, dtype }: Slot): Value => {
  const values: Value[] = []
  return closed({ kind: 'input', outputs: [{ shape, dtype }], values }, values)[0] ?? raise('input: has no value')
}

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
  const values: Value[] = []
  return closed({ kind: 'apply', primitive, parameters, operands, outputs, values }, values)
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

/** Whether a value is a constant of the program. */
export const isConstant = (value: Value): boolean => value.node.kind === 'apply' && value.node.primitive === 'constant'
