/**
 * The element rules of all primitives that work element by element: what regions can apply.
 *
 * @since 0.1.0
 */
import type { Primitive } from '../../../expr/internal.ts'
import { elements } from '../elements/index.ts'
import type { ElementRule } from '../quad.ts'
import { vectorMath } from '../vector-math/index.ts'

const rules = { ...elements, ...vectorMath }

/** A primitive that works element by element. */
export type ElementwisePrimitive = keyof typeof rules

/** The primitives that regions can apply. */
// the keys of the table are its names
export const elementwisePrimitives = Object.keys(rules) as readonly ElementwisePrimitive[]

export const isElementwise = (primitive: Primitive): primitive is ElementwisePrimitive =>
  Object.hasOwn(rules, primitive)

/** The rule of a primitive; the parameters that it takes are those of an equation of that primitive. */
export const ruleOf = (primitive: ElementwisePrimitive): ElementRule<unknown> =>
  // TypeScript does not follow that the name of a rule says what its parameters are
  rules[primitive] as ElementRule<unknown>
