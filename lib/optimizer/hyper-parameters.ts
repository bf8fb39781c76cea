/**
 * Hyper-parameters in the state: every number of a spec is a scalar leaf, so that another value needs no other program.
 *
 * @since 0.1.0
 */
import { scalar, type Expr } from '../expr/index.ts'
import type { Shape } from '../shape/index.ts'
import type { DType, FloatDType, TypedSlot } from '../tensor/index.ts'
import type { Schedule } from './schedule/model.ts'
import type { ParameterTree, Scalar } from './tree.ts'

// model

/** The slots of one option: a number is a scalar, a list of numbers a list, a schedule the tree of its numbers. */
type SlotsOf<V> = V extends number
  ? TypedSlot<[]>
  : V extends readonly number[]
    ? readonly TypedSlot<[]>[]
    : V extends Schedule
      ? HyperParameters<V>
      : never

/** What is not a number, a list of numbers or a schedule shapes the program and is not in the state. */
type NumericKey<K, V> = [V] extends [number | readonly number[] | Schedule] ? K : never

/**
 * The tree of a spec's numbers, under the names of its options.
 *
 * @category model
 * @since 0.1.0
 */
export type HyperParameters<S> = { readonly [K in keyof S as NumericKey<K, S[K]>]: SlotsOf<S[K]> }

/**
 * A tree of slots as an atom sees it: expressions for the slots, the parameters' own trees closed.
 *
 * @category model
 * @since 0.1.0
 */
export type Working<X> = X extends ParameterTree
  ? X
  : X extends TypedSlot<infer S extends Shape, infer T>
    ? Expr<S, T extends DType ? T : 'f32'>
    : { readonly [K in keyof X]: Working<X[K]> }

// constructors

const isSchedule = (u: unknown): u is Readonly<Record<string, unknown>> =>
  typeof u === 'object' && u !== null && 'tag' in u

/**
 * The hyper-parameters of a spec as constants of a float type, in the order of its options: what the state of an atom
 * begins with.
 *
 * @param spec a tagged record; its numbers, lists of numbers and schedules are taken, and nothing else.
 * @param dtype the float type of the parameters.
 * @example
 * import { hyperParameters } from 'gradfold/optimizer'
 * const { decay } = hyperParameters({ tag: 'mine', decay: 0.9, nesterov: true }, 'f32')
 * @category constructors
 * @since 0.1.0
 */
export const hyperParameters = <S extends object>(spec: S, dtype: FloatDType): Working<HyperParameters<S>> => {
  const constantOf = (value: number): Scalar =>
    // an atom is written in the types of f32
    scalar(value, dtype) as unknown as Scalar
  const treeOf = (record: object): unknown =>
    Object.fromEntries(
      Object.entries(record).flatMap(
        ([key, value]: readonly [string, unknown]): readonly (readonly [string, unknown])[] =>
          typeof value === 'number'
            ? [[key, constantOf(value)]]
            : Array.isArray(value) && value.every((entry) => typeof entry === 'number')
              ? [[key, value.map(constantOf)]]
              : isSchedule(value) && holdsNumbers(value)
                ? [[key, treeOf(value)]]
                : []
      )
    )
  // built by the rule of the type
  return treeOf(spec) as Working<HyperParameters<S>>
}

/** Of the records in a spec only schedules hold numbers. */
const holdsNumbers = (record: object): boolean =>
  Object.values(record).some(
    (value: unknown) =>
      typeof value === 'number' ||
      (Array.isArray(value) && value.some((entry) => typeof entry === 'number')) ||
      (isSchedule(value) && holdsNumbers(value))
  )
