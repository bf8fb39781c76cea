/**
 * Forward derivatives of branches and loops.
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
import { hasTangent, instantiate, zeros } from '../build.ts'
import { defined, place } from '../parts.ts'
import type { Dual, JvpResult, JvpRule } from '../rule.ts'
import { settle } from '../settle.ts'
import { programDual, type ProgramDual } from './dual.ts'
import { linearPart, type LinearPart } from './residual.ts'

type Cond = Parameters['cond']
type While = Parameters['whileLoop']

/** The tangents of one branch where either branch has one. */
const common = (self: Dual, either: readonly boolean[]): readonly Value[] =>
  self.primals.flatMap((primal, i) => (either[i] === true ? [instantiate(self.tangents[i], primal)] : []))

export const cond: JvpRule<Cond> = (context) => {
  const { operands, tangents, parameters, outputs, mode } = context
  const active = operands.slice(1).map((x, i) => tangents[i + 1] !== undefined && hasTangent(x))
  const given = defined(
    operands.slice(1).map((x, i) => (active[i] === true ? instantiate(tangents[i + 1], x) : undefined))
  )
  const [yes, no] = [
    programDual(parameters.whenTrue, active, context),
    programDual(parameters.whenFalse, active, context)
  ]
  const either = yes.tangents.map((t, i) => t !== undefined || no.tangents[i] !== undefined)
  if (!either.some(Boolean)) return { tangents: outputs.map(() => undefined) }

  if (mode === 'forward') {
    const both = (branch: ProgramDual): Program =>
      programOf([...branch.inputs, ...defined(branch.tangentInputs)], [...branch.primals, ...common(branch, either)])
    const results = applyPrimitive('cond', [...operands, ...given], { whenTrue: both(yes), whenFalse: both(no) })
    return { outputs: results.slice(0, outputs.length), tangents: place(either, results.slice(outputs.length)) }
  }

  const parts = {
    yes: linearPart(defined(yes.tangentInputs), common(yes, either)),
    no: linearPart(defined(no.tangentInputs), common(no, either))
  }
  const primal = applyPrimitive('cond', operands, {
    whenTrue: programOf(yes.inputs, [...yes.primals, ...parts.yes.residuals, ...parts.no.residuals.map(zeros)]),
    whenFalse: programOf(no.inputs, [...no.primals, ...parts.yes.residuals.map(zeros), ...parts.no.residuals])
  })
  const residuals = primal.slice(outputs.length)
  const linear = (part: LinearPart, offset: number): Program => {
    const inputs = [...residuals, ...given].map(inputValue)
    const own = inputs.slice(offset, offset + part.residuals.length)
    return programOf(inputs, inline(part.program, [...own, ...inputs.slice(residuals.length)]))
  }
  const derived = applyPrimitive('cond', [...operands.slice(0, 1), ...residuals, ...given], {
    whenTrue: linear(parts.yes, 0),
    whenFalse: linear(parts.no, parts.yes.residuals.length)
  })
  return { outputs: primal.slice(0, outputs.length), tangents: place(either, derived) }
}

/** One loop over primals and tangents; in linear mode the primals stay with the loop as it was. */
export const whileLoop: JvpRule<While> = (context): JvpResult => {
  const { operands, tangents, parameters, outputs, mode } = context
  const { predicate, predicateConstants, bodyConstants } = parameters
  const split = predicateConstants + bodyConstants
  const given = operands.map((x, i) => (i >= predicateConstants && hasTangent(x) ? tangents[i] : undefined))
  if (defined(given).length === 0) return { tangents: outputs.map(() => undefined) }
  const on = given.map((t) => t !== undefined)
  const constants = on.slice(predicateConstants, split)
  // a loop is not transposed, so its tangents need not come apart
  const dualWith = (active: readonly boolean[]): ProgramDual =>
    programDual(parameters.body, [...constants, ...active], { ...context, mode: 'forward' })
  const carry = settle(on.slice(split), (active) => dualWith(active).tangents.map((t) => t !== undefined))
  const dual = dualWith(carry)
  const activeCarry = outputs.flatMap((x, i) => (carry[i] === true ? [instantiate(given[split + i], x)] : []))
  const tested = [...predicate.inputs, ...activeCarry].map(inputValue)
  const results = applyPrimitive(
    'whileLoop',
    [
      ...operands.slice(0, split),
      ...defined(given.slice(predicateConstants, split)),
      ...operands.slice(split),
      ...activeCarry
    ],
    {
      predicate: programOf(tested, inline(predicate, tested.slice(0, predicate.inputs.length))),
      body: programOf(
        [
          ...dual.inputs.slice(0, bodyConstants),
          ...defined(dual.tangentInputs.slice(0, bodyConstants)),
          ...dual.inputs.slice(bodyConstants),
          ...defined(dual.tangentInputs.slice(bodyConstants))
        ],
        [...dual.primals, ...common(dual, carry)]
      ),
      predicateConstants,
      bodyConstants: bodyConstants + constants.filter(Boolean).length
    }
  )
  return {
    outputs: mode === 'forward' ? results.slice(0, outputs.length) : outputs,
    tangents: place(carry, results.slice(outputs.length))
  }
}
