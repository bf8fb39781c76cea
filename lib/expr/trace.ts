/**
 * From functions to programs and back: tracing a function of expressions gives a program, inlining a program gives
 * expressions.
 *
 * @since 0.1.0
 */
/* eslint-disable functional/immutable-data -- numbering the variables of a large graph keeps a local map */
import { raise } from '../shape/index.ts'
import { showSlot, type Slot } from '../tensor/index.ts'
import { dependents, topological } from './graph.ts'
import { applyPrimitive, inputValue, isConstant, type ApplyNode, type Node, type Value } from './node.ts'
import type { Equation, Program } from './program.ts'

// constructors

/** The equation of a node whose operands have numbers. */
const equationOf = (node: ApplyNode, operands: readonly number[]): Equation =>
  // primitive and parameters come from the same node, so they belong together
  ({ primitive: node.primitive, parameters: node.parameters, operands, outputs: node.outputs }) as Equation

/**
 * The program that computes some values from some inputs.
 *
 * Throws where a value depends on an input that is not among them.
 */
export const programOf = (inputs: readonly Value[], results: readonly Value[]): Program => {
  const numbers = new Map<Node, number>(inputs.map((value, i) => [value.node, i]))
  const numberOf = (value: Value): number => {
    const first = numbers.get(value.node)
    return first === undefined
      ? raise(
          `program: the result depends on an input ${showSlot(value)} that is not an argument; pass it as one, or make it a constant`
        )
      : first + value.index
  }
  const given = new Set<Node>(inputs.map((value) => value.node))
  const nodes = topological(results, (node) => !given.has(node))
  nodes.reduce((next, node) => {
    numbers.set(node, next)
    return next + node.outputs.length
  }, inputs.length)
  return {
    inputs: inputs.map(({ shape, dtype }) => ({ shape, dtype })),
    equations: nodes.map((node) => equationOf(node, node.operands.map(numberOf))),
    outputs: results.map(numberOf)
  }
}

/** Traces a function of values: it is called once, with fresh inputs. */
export const traceValues = (slots: readonly Slot[], f: (inputs: readonly Value[]) => readonly Value[]): Program => {
  const inputs = slots.map(inputValue)
  return programOf(inputs, f(inputs))
}

/** A program with the values it takes from outside. */
export interface Closure {
  readonly program: Program
  /** the outer values; the program takes them before its other inputs */
  readonly captured: readonly Value[]
}

/**
 * The closure of some results over some inputs: whatever does not depend on the inputs is computed outside and captured,
 * constants excepted.
 */
export const captureOutside = (inputs: readonly Value[], results: readonly Value[]): Closure => {
  const own = new Set<Node>(inputs.map((value) => value.node))
  const inside = dependents(results, inputs)
  const stays = (value: Value): boolean => own.has(value.node) || inside.has(value.node) || isConstant(value)
  const nodes = topological(results, (node) => inside.has(node))
  const used = [...nodes.flatMap((node) => node.operands), ...results]
  const captured = [...new Set(used.filter((value) => !stays(value)))]
  const stand = new Map(captured.map((value) => [value, inputValue(value)] as const))
  const replaced = substitute(
    results,
    (value) => stand.get(value) ?? value,
    (node) => inside.has(node)
  )
  return { program: programOf([...stand.values(), ...inputs], replaced), captured }
}

/** The same results with some values replaced. */
export const substitute = (
  results: readonly Value[],
  replace: (value: Value) => Value,
  enter: (node: ApplyNode) => boolean = () => true
): readonly Value[] => {
  const images = new Map<Node, readonly Value[]>()
  const image = (value: Value): Value => {
    const replacement = replace(value)
    return replacement === value ? (images.get(value.node)?.[value.index] ?? value) : replacement
  }
  const untouched = (node: ApplyNode, operands: readonly Value[]): boolean =>
    operands.every((operand, i) => operand === node.operands[i])
  for (const node of topological(results, enter)) {
    const operands = node.operands.map(image)
    if (!untouched(node, operands)) images.set(node, applyPrimitive(node.primitive, operands, node.parameters))
  }
  return results.map(image)
}

// destructors

/** The results of a program applied to values. */
export const inline = (self: Program, args: readonly Value[]): readonly Value[] => {
  if (args.length !== self.inputs.length) raise(`program: takes ${self.inputs.length} inputs, got ${args.length}`)
  const values: Value[] = [...args]
  const valueOf = (variable: number): Value => values[variable] ?? raise(`program: there is no variable v${variable}`)
  for (const equation of self.equations)
    // one by one: a loop may have more outputs than a call takes arguments
    for (const output of applyPrimitive(equation.primitive, equation.operands.map(valueOf), equation.parameters))
      values.push(output)
  return self.outputs.map(valueOf)
}
