/**
 * Forward derivative of `scan`.
 *
 * Forward mode runs one scan over primals and tangents. Linear mode runs two: the first computes the primals and keeps
 * what the derivative needs of every step, the second is linear and can be transposed.
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
import { hasTangent, instantiate, type Tangent } from '../build.ts'
import { countParts, defined, flattenParts, joinParts, mapParts, partsOf, place, type Parts } from '../parts.ts'
import type { JvpContext, JvpResult, JvpRule } from '../rule.ts'
import { linearPart } from './residual.ts'

type Scan = Parameters['scan']

/** The body's derivative at fresh inputs, with tangents where they can be other than zero. */
interface BodyDual {
  readonly inputs: readonly Value[]
  /** one for each input; a fresh input, or undefined for a zero */
  readonly tangentInputs: readonly Tangent[]
  readonly primals: readonly Value[]
  /** tangents of the active carries, then of those ys that have one */
  readonly tangents: readonly Value[]
  /** which outputs have one */
  readonly activeOutputs: readonly boolean[]
}

const rawDual = (body: Program, active: readonly boolean[], { differentiate, mode }: JvpContext<Scan>) => {
  const inputs = body.inputs.map(inputValue)
  const tangentInputs = inputs.map((input, i) => (active[i] === true ? inputValue(input) : undefined))
  return { inputs, tangentInputs, ...differentiate(inputs, tangentInputs, inline(body, inputs), mode) }
}

/** Which inputs can have a tangent: a carry also if the body gives it one. */
const settle = (context: JvpContext<Scan>, active: readonly boolean[]): readonly boolean[] => {
  const { body, constants, carry } = context.parameters
  const { tangents } = rawDual(body, active, context)
  const next = active.map(
    (on, i) => on || (i >= constants && i < constants + carry && tangents[i - constants] !== undefined)
  )
  return next.every((on, i) => on === active[i]) ? active : settle(context, next)
}

const bodyDual = (context: JvpContext<Scan>, active: readonly boolean[]): BodyDual => {
  const { body, constants, carry } = context.parameters
  const dual = rawDual(body, active, context)
  const activeOutputs = dual.tangents.map((t, i) => (i < carry ? active[constants + i] === true : t !== undefined))
  const tangents = dual.primals.flatMap((primal, i) =>
    activeOutputs[i] === true ? [instantiate(dual.tangents[i], primal)] : []
  )
  return { ...dual, tangents, activeOutputs }
}

const forward = (context: JvpContext<Scan>, dual: BodyDual, given: readonly Tangent[]): JvpResult => {
  const { operands, parameters, outputs } = context
  const { carry } = parameters
  const inputs = joinParts(partsOf(dual.inputs, parameters), mapParts(partsOf(dual.tangentInputs, parameters), defined))
  const carries = countParts(inputs).carry - carry
  const both = applyPrimitive(
    'scan',
    flattenParts(joinParts(partsOf(operands, parameters), mapParts(partsOf(given, parameters), defined))),
    {
      ...parameters,
      ...countParts(inputs),
      body: programOf(flattenParts(inputs), [
        ...dual.primals.slice(0, carry),
        ...dual.tangents.slice(0, carries),
        ...dual.primals.slice(carry),
        ...dual.tangents.slice(carries)
      ])
    }
  )
  const ys = carry + carries
  const tangents = ys + outputs.length - carry
  return {
    outputs: [...both.slice(0, carry), ...both.slice(ys, tangents)],
    tangents: place(dual.activeOutputs, [...both.slice(carry, ys), ...both.slice(tangents)])
  }
}

const linear = (context: JvpContext<Scan>, dual: BodyDual, given: readonly Tangent[]): JvpResult => {
  const { operands, parameters, outputs } = context
  const part = linearPart(defined(dual.tangentInputs), dual.tangents)
  const residualInputs = part.residuals.map(inputValue)
  const tangentInputs = dual.tangentInputs.map((t) => t && inputValue(t))
  const placeOf = (residual: Value): number => dual.inputs.indexOf(residual)
  const isWhole = (residual: Value): boolean => placeOf(residual) >= 0 && placeOf(residual) < parameters.constants
  const isElement = (residual: Value): boolean => placeOf(residual) >= parameters.constants + parameters.carry
  const kept = part.residuals.filter((residual) => !isWhole(residual) && !isElement(residual))
  const primal = applyPrimitive('scan', operands, {
    ...parameters,
    body: programOf(dual.inputs, [...dual.primals, ...kept])
  })
  /** what the linear scan is given for a residual: the constant itself, the list scanned over, or what was kept */
  const source = (residual: Value): Tangent =>
    isWhole(residual) || isElement(residual)
      ? operands[placeOf(residual)]
      : primal[outputs.length + kept.indexOf(residual)]
  const whole = part.residuals.map(isWhole)
  const residuals = (values: readonly Tangent[]): Parts<Value> => ({
    constants: defined(values.filter((_, i) => whole[i] === true)),
    carry: [],
    xs: defined(values.filter((_, i) => whole[i] === false))
  })
  const inputs = joinParts<Value>(residuals(residualInputs), mapParts(partsOf(tangentInputs, parameters), defined))
  const derived = applyPrimitive(
    'scan',
    flattenParts(
      joinParts<Value>(residuals(part.residuals.map(source)), mapParts(partsOf(given, parameters), defined))
    ),
    {
      ...parameters,
      ...countParts(inputs),
      body: programOf(flattenParts(inputs), inline(part.program, [...residualInputs, ...defined(tangentInputs)]))
    }
  )
  return { outputs: primal.slice(0, outputs.length), tangents: place(dual.activeOutputs, derived) }
}

export const scan: JvpRule<Scan> = (context) => {
  const { operands, tangents, outputs, mode } = context
  const start = operands.map((x, i) => tangents[i] !== undefined && hasTangent(x))
  if (!start.some(Boolean)) return { tangents: outputs.map(() => undefined) }
  const active = settle(context, start)
  const dual = bodyDual(context, active)
  const given = operands.map((x, i) => (active[i] === true ? instantiate(tangents[i], x) : undefined))
  return mode === 'forward' ? forward(context, dual, given) : linear(context, dual, given)
}
