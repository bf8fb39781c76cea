/** Whole programs by plain definitions: every primitive by its oracle, control flow by plain loops over numbers. */
import type { Equation, Program } from '../../lib/expr/internal.ts'
import type { Slot } from '../../lib/tensor/index.ts'
import { bufferOf } from '../../lib/tensor/internal.ts'
import type { Check } from '../engine/reference/oracle/check.ts'
import { elementwiseChecks } from '../engine/reference/oracle/elementwise.ts'
import { indexingChecks } from '../engine/reference/oracle/indexing.ts'
import { count, literal, type Literal } from '../engine/reference/oracle/literal.ts'
import { creationChecks, movementChecks } from '../engine/reference/oracle/movement.ts'
import { reductionChecks } from '../engine/reference/oracle/reduction.ts'
import { slidingChecks } from '../engine/reference/oracle/sliding.ts'

const checks = {
  ...elementwiseChecks,
  ...reductionChecks,
  ...movementChecks,
  ...creationChecks,
  ...indexingChecks,
  ...slidingChecks
}

/** Row `i` of what is scanned over. */
const row = ({ dtype, shape, data }: Literal, i: number): Literal => {
  const own = shape.slice(1)
  const width = count(own)
  return { dtype, shape: own, data: data.slice(i * width, (i + 1) * width) }
}

/** The rows of one output as one value. */
const collected = ({ shape, dtype }: Slot, rows: readonly Literal[]): Literal =>
  literal(
    dtype,
    shape,
    rows.flatMap((each) => each.data)
  )

type Of<P extends Equation['primitive']> = Extract<Equation, { readonly primitive: P }>

const scan = ({ parameters, outputs }: Of<'scan'>, operands: readonly Literal[]): readonly Literal[] => {
  const { body, length, constants, carry, reverse } = parameters
  const xs = operands.slice(constants + carry)
  const steps = Array.from({ length }, (_, i) => (reverse ? length - 1 - i : i))
  const rows: (readonly Literal[])[] = []
  const last = steps.reduce<readonly Literal[]>(
    (state, place) => {
      const results = interpret(body, [...operands.slice(0, constants), ...state, ...xs.map((x) => row(x, place))])
      rows[place] = results.slice(carry)
      return results.slice(0, carry)
    },
    operands.slice(constants, constants + carry)
  )
  const ys = outputs.slice(carry).map((slot, i) =>
    collected(
      slot,
      rows.map((each) => each[i]!)
    )
  )
  return [...last, ...ys]
}

const whileLoop = ({ parameters }: Of<'whileLoop'>, operands: readonly Literal[]): readonly Literal[] => {
  const { predicate, body, predicateConstants, bodyConstants } = parameters
  const split = predicateConstants + bodyConstants
  const tested = operands.slice(0, predicateConstants)
  const stepped = operands.slice(predicateConstants, split)
  let state = operands.slice(split)
  while (interpret(predicate, [...tested, ...state])[0]?.data[0] === 1)
    state = [...interpret(body, [...stepped, ...state])]
  return state
}

const apply = (equation: Equation, operands: readonly Literal[]): readonly Literal[] => {
  switch (equation.primitive) {
    case 'scan':
      return scan(equation, operands)
    case 'whileLoop':
      return whileLoop(equation, operands)
    case 'cond': {
      const { whenTrue, whenFalse } = equation.parameters
      return interpret(operands[0]?.data[0] === 1 ? whenTrue : whenFalse, operands.slice(1))
    }
    case 'customJvp':
    case 'customVjp':
      return interpret(equation.parameters.primal, operands)
    case 'customLinear':
      throw new Error('interpreter: customLinear has no value')
    case 'constant': {
      const { dtype, shape } = equation.parameters.value
      return [literal(dtype, shape, bufferOf(equation.parameters.value))]
    }
    default:
      // check and parameters are those of one primitive, which the index loses
      return (checks[equation.primitive] as unknown as Check<unknown>).expected(operands, equation.parameters)
  }
}

/** The results of a program. */
export const interpret = (program: Program, inputs: readonly Literal[]): readonly Literal[] => {
  const values = [...inputs]
  for (const equation of program.equations)
    values.push(
      ...apply(
        equation,
        equation.operands.map((variable) => values[variable]!)
      )
    )
  return program.outputs.map((variable) => values[variable]!)
}
