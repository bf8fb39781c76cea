/**
 * Transposes of linear scans, branches and custom linear maps.
 *
 * @since 0.1.0
 */
import {
  applyPrimitive,
  inline,
  inputValue,
  programOf,
  type Parameters,
  type Program,
  type Value
} from '../../expr/internal.ts'
import { add, instantiate, zeros, type Tangent } from '../build.ts'
import type { Slot } from '../../tensor/index.ts'
import { defined, partsOf, place } from '../parts.ts'
import { because, type TransposeContext, type TransposeRule } from '../rule.ts'
import { settle } from '../settle.ts'

const taken = <A>(values: readonly A[], where: readonly boolean[]): readonly A[] =>
  values.filter((_, i) => where[i] === true)
const left = <A>(values: readonly A[], where: readonly boolean[]): readonly A[] =>
  values.filter((_, i) => where[i] !== true)

const isDefined = (tangent: Tangent): boolean => tangent !== undefined

/**
 * The transpose of a program in some of its inputs: from the other inputs and cotangents to their cotangents. A
 * cotangent that nobody gives is no zero to compute with: 0 · ∞ would come of it where an output overflows.
 */
const transposed = (
  self: Program,
  linear: readonly boolean[],
  { transposeGraph }: Pick<TransposeContext<unknown>, 'transposeGraph'>,
  others: readonly Value[],
  cotangents: readonly Tangent[]
): readonly Tangent[] => {
  const inputs = taken(self.inputs, linear).map(inputValue)
  const fixed = place(
    linear.map((on) => !on),
    others
  )
  const placed = place(linear, inputs)
  const args = self.inputs.map((slot, i) => placed[i] ?? fixed[i] ?? zeros(slot))
  return transposeGraph(inputs, inline(self, args), cotangents)
}

/** One step of what is scanned over. */
const element = ({ shape, dtype }: Slot): Value => inputValue({ shape: shape.slice(1), dtype })

/**
 * The scan backwards: the cotangent of the carry is the carry, cotangents of the constants are added up from the last
 * step to the first, cotangents of what was scanned over are the outputs.
 */
const scan: TransposeRule<Parameters['scan']> = (context) => {
  const { operands, linear, parameters, cotangents, outputs } = context
  const { constants, carry } = parameters
  const isLinear = linear.map((on, i) => on || (i >= constants && i < constants + carry))
  const parts = partsOf(operands, parameters)
  const on = partsOf(isLinear, parameters)
  const fixed = { constants: left(parts.constants, on.constants), xs: left(parts.xs, on.xs) }
  const slots = { carry: outputs.slice(0, carry), ys: outputs.slice(carry) }
  const given = { carry: cotangents.slice(0, carry), ys: cotangents.slice(carry) }

  /** The step backwards, where some of the carries have a cotangent. */
  const step = (active: readonly boolean[]) => {
    const inputs = {
      constants: fixed.constants.map(inputValue),
      carry: slots.carry.map((slot, i) => (active[i] === true ? inputValue(slot) : undefined)),
      ys: slots.ys.map((slot, i) => given.ys[i] && element(slot)),
      xs: fixed.xs.map(element)
    }
    const others = [...inputs.constants, ...inputs.xs]
    const back = transposed(parameters.body, isLinear, context, others, [...inputs.carry, ...inputs.ys])
    return { inputs, back: partsOf(back, { constants: on.constants.filter(Boolean).length, carry }) }
  }
  const active = settle(given.carry.map(isDefined), (flags) => step(flags).back.carry.map(isDefined))
  const { inputs, back } = step(active)
  const summed = taken(taken(parts.constants, on.constants), back.constants.map(isDefined))
  const sums = summed.map(inputValue)
  const carries = slots.carry.map((slot, i) => (active[i] === true ? instantiate(given.carry[i], slot) : undefined))
  const body = programOf(
    [...inputs.constants, ...sums, ...defined(inputs.carry), ...defined(inputs.ys), ...inputs.xs],
    [
      ...defined(back.constants).map((cotangent, i) => add(sums[i] ?? cotangent, cotangent)),
      ...slots.carry.flatMap((slot, i) => (active[i] === true ? [instantiate(back.carry[i], slot)] : [])),
      ...defined(back.xs)
    ]
  )
  const ends = sums.length + defined(carries).length
  const results = applyPrimitive(
    'scan',
    [...fixed.constants, ...summed.map(zeros), ...defined(carries), ...defined(given.ys), ...fixed.xs],
    {
      body,
      length: parameters.length,
      constants: fixed.constants.length,
      carry: ends,
      reverse: !parameters.reverse
    }
  )
  return place(isLinear, [
    ...place(back.constants.map(isDefined), results.slice(0, sums.length)),
    ...place(active, results.slice(sums.length, ends)),
    ...place(back.xs.map(isDefined), results.slice(ends))
  ])
}

const cond: TransposeRule<Parameters['cond']> = (context) => {
  const { operands, linear, parameters, cotangents } = context
  const [predicate, ...rest] = operands
  if (predicate === undefined) return []
  const isLinear = linear.slice(1)
  const fixed = left(rest, isLinear)
  const wanted = taken(rest, isLinear)
  const given = defined(cotangents)
  const branch = (self: Program) => {
    const inputs = { others: fixed.map(inputValue), given: given.map(inputValue) }
    const placed = place(cotangents.map(isDefined), inputs.given)
    return {
      inputs: [...inputs.others, ...inputs.given],
      back: transposed(self, isLinear, context, inputs.others, placed)
    }
  }
  const [yes, no] = [branch(parameters.whenTrue), branch(parameters.whenFalse)]
  const either = wanted.map((_, i) => isDefined(yes.back[i]) || isDefined(no.back[i]))
  const program = ({ inputs, back }: ReturnType<typeof branch>): Program =>
    programOf(
      inputs,
      wanted.flatMap((slot, i) => (either[i] === true ? [instantiate(back[i], slot)] : []))
    )
  const results = applyPrimitive('cond', [predicate, ...fixed, ...given], {
    whenTrue: program(yes),
    whenFalse: program(no)
  })
  return [undefined, ...place(isLinear, place(either, results))]
}

const customLinear: TransposeRule<Parameters['customLinear']> = ({ operands, parameters, cotangents, outputs }) => {
  const residuals = operands.slice(0, parameters.residuals)
  const back = inline(parameters.backward, [
    ...residuals,
    ...outputs.map((slot, i) => instantiate(cotangents[i], slot))
  ])
  return [...residuals.map((): Tangent => undefined), ...back]
}

export const control = {
  scan,
  cond,
  customLinear,
  whileLoop: because(
    'grad: a whileLoop has no reverse-mode derivative, for the number of its steps is not known; use scan with a fixed length, or jvp'
  ),
  customJvp: because('grad: customJvp is replaced by its derivative before it could be transposed'),
  customVjp: because('grad: customVjp is replaced by its forward function before it could be transposed')
}
