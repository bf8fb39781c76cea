/**
 * Choices that are made twice: `c < x ? x : (x < c ? c : x)` is what stands in the brackets. So relu is written where its
 * derivative stands beside it, which a program that is about to be compiled has no more use for.
 *
 * @since 0.1.0
 */
import type { Primitive } from '../../../expr/internal.ts'
import type { RegionStep } from '../region/region.ts'

type StepOf = (value: number) => RegionStep | undefined

/** The operands of a value that a primitive made. */
const operandsOf = (step: RegionStep | undefined, primitive: Primitive): readonly number[] =>
  step?.kind === 'apply' && step.primitive === primitive ? step.operands : []

/** The value that `select(condition, a, b)` always is, if it is b. */
export const chosenTwice = (stepOf: StepOf, [condition, a, b]: readonly number[]): number | undefined => {
  if (condition === undefined || b === undefined) return undefined
  const [c, x] = operandsOf(stepOf(condition), 'less')
  const [other, whenLess, otherwise] = operandsOf(stepOf(b), 'select')
  if (c === undefined || x === undefined || other === undefined) return undefined
  const [left, right] = operandsOf(stepOf(other), 'less')
  return a === x && left === x && right === c && whenLess === c && otherwise === x ? b : undefined
}
