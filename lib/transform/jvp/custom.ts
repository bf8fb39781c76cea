/**
 * Forward derivatives of functions that bring their own.
 *
 * @since 0.1.0
 */
import { applyPrimitive, inline, type Parameters } from '../../expr/internal.ts'
import { raise } from '../../shape/index.ts'
import { hasTangent, instantiate, type Tangent } from '../build.ts'
import { place } from '../parts.ts'
import type { JvpContext, JvpRule } from '../rule.ts'

/** Tangents for all float operands, zeros included. */
const floatTangents = ({ operands, tangents }: Pick<JvpContext<unknown>, 'operands' | 'tangents'>) =>
  operands.flatMap((x, i) => (hasTangent(x) ? [instantiate(tangents[i], x)] : []))

const isInert = (tangents: readonly Tangent[]): boolean => tangents.every((t) => t === undefined)

export const customJvp: JvpRule<Parameters['customJvp']> = (context) => {
  const { operands, tangents, parameters, outputs } = context
  if (isInert(tangents)) return { tangents: outputs.map(() => undefined) }
  const results = inline(parameters.jvp, [...operands, ...floatTangents(context)])
  return { tangents: place(outputs.map(hasTangent), results.slice(outputs.length)) }
}

export const customVjp: JvpRule<Parameters['customVjp']> = (context) => {
  const { operands, tangents, parameters, outputs, mode } = context
  if (isInert(tangents)) return { tangents: outputs.map(() => undefined) }
  if (mode === 'forward')
    return raise('jvp: a function made by customVjp has no forward derivative; give it one with customJvp, or use grad')
  const results = inline(parameters.forward, operands)
  const residuals = results.slice(outputs.length)
  const floats = outputs.filter(hasTangent)
  const derived = applyPrimitive('customLinear', [...residuals, ...floatTangents(context)], {
    backward: parameters.backward,
    residuals: residuals.length,
    outputs: floats.map(({ shape, dtype }) => ({ shape, dtype }))
  })
  return { outputs: results.slice(0, outputs.length), tangents: place(outputs.map(hasTangent), derived) }
}

export const customLinear: JvpRule<Parameters['customLinear']> = ({ operands, tangents, parameters, outputs }) => {
  if (isInert(tangents)) return { tangents: outputs.map(() => undefined) }
  if (!isInert(tangents.slice(0, parameters.residuals)))
    return raise(
      'jvp: the pull-back of a customVjp function is differentiated only after it was transposed; use grad of grad'
    )
  const linear = operands.map((x, i) => (i < parameters.residuals ? x : instantiate(tangents[i], x)))
  return { tangents: applyPrimitive('customLinear', linear, parameters) }
}
