/**
 * Forward derivative of `scan`.
 *
 * Forward mode runs one scan over primals and tangents. Linear mode runs two: the first computes the primals and keeps
 * what the derivative needs of every step, the second is linear and can be transposed.
 *
 * @since 0.1.0
 */
import { applyPrimitive, inline, inputValue, programOf, type Parameters, type Value } from '../../expr/internal.ts'
import { hasTangent, instantiate, type Tangent } from '../build.ts'
import { countParts, defined, flattenParts, joinParts, mapParts, partsOf, place, type Parts } from '../parts.ts'
import type { JvpContext, JvpResult, JvpRule } from '../rule.ts'
import { settle } from '../settle.ts'
import { programDual } from './dual.ts'
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

/** Which inputs can have a tangent: a carry also if the body gives it one. */
const activeInputs = (context: JvpContext<Scan>, start: readonly boolean[]): readonly boolean[] => {
  const { body, constants, carry } = context.parameters
  return settle(start, (active) => {
    const { tangents } = programDual(body, active, context)
    return active.map((_, i) => i >= constants && i < constants + carry && tangents[i - constants] !== undefined)
  })
}

const bodyDual = (context: JvpContext<Scan>, active: readonly boolean[]): BodyDual => {
  const { body, constants, carry } = context.parameters
  const dual = programDual(body, active, context)
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
  const places = new Map(dual.inputs.map((input, i) => [input, i] as const))
  const placeOf = (residual: Value): number => places.get(residual) ?? -1
  const isWhole = (residual: Value): boolean => placeOf(residual) >= 0 && placeOf(residual) < parameters.constants
  const isElement = (residual: Value): boolean => placeOf(residual) >= parameters.constants + parameters.carry
  const kept = part.residuals.filter((residual) => !isWhole(residual) && !isElement(residual))
  const primal = applyPrimitive('scan', operands, {
    ...parameters,
    body: programOf(dual.inputs, [...dual.primals, ...kept])
  })
  const collected = new Map(kept.map((residual, i) => [residual, primal[outputs.length + i]] as const))
  /** what the linear scan is given for a residual: the constant itself, the list scanned over, or what was kept */
  const source = (residual: Value): Tangent =>
    isWhole(residual) || isElement(residual) ? operands[placeOf(residual)] : collected.get(residual)
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
  const active = activeInputs(context, start)
  const dual = bodyDual(context, active)
  const given = operands.map((x, i) => (active[i] === true ? instantiate(tangents[i], x) : undefined))
  return mode === 'forward' ? forward(context, dual, given) : linear(context, dual, given)
}
