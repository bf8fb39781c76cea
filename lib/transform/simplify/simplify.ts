/**
 * Simplification of programs: fewer equations, the same bits.
 *
 * @since 0.1.0
 */
/* eslint-disable functional/immutable-data -- equal nodes of a large graph are found through a local map */
import {
  applyOne,
  applyPrimitive,
  inline,
  inputValue,
  isConstant,
  isProgram,
  mapGraph,
  programOf,
  topological,
  type ApplyNode,
  type Parameters,
  type Primitive,
  type Program,
  type Value
} from '../../expr/internal.ts'
import { size } from '../../shape/index.ts'
import type { AnyTensor } from '../../tensor/index.ts'
import { place } from '../parts.ts'
import { numbering, parameterKey } from './key.ts'
import { rewrite } from './rewrite.ts'

/**
 * Runs a program without inputs: what constant folding needs of an engine.
 *
 * @category model
 * @since 0.1.0
 */
export type Evaluator = (program: Program) => readonly AnyTensor[]

/** Constants of more elements are not made by folding. */
const foldedElements = 4096

const folds = (primitive: Primitive, outputs: readonly Value[], operands: readonly Value[]): boolean =>
  operands.length > 0 &&
  primitive !== 'stopGradient' &&
  primitive !== 'broadcast' &&
  operands.every(isConstant) &&
  outputs.every((output) => size(output.shape) <= foldedElements)

/** A scan without the outputs that nobody reads and without the operands that its body does not use. */
const pruneScan = (
  node: ApplyNode<'scan'>,
  operands: readonly Value[],
  isRead: (value: Value) => boolean
): readonly Value[] => {
  const { body, constants, carry } = node.parameters
  const read = node.values.map((value, i) => i < carry || isRead(value))
  const results = body.outputs.filter((_, i) => read[i] === true)
  const needed = new Set([...results, ...body.equations.flatMap((equation) => equation.operands)])
  const used = body.inputs.map((_, i) => (i >= constants && i < constants + carry) || needed.has(i))
  if (read.every(Boolean) && used.every(Boolean)) return applyPrimitive('scan', operands, node.parameters)
  const inputs = body.inputs.map(inputValue)
  const kept = inline(body, inputs).filter((_, i) => read[i] === true)
  const outputs = applyPrimitive(
    'scan',
    operands.filter((_, i) => used[i] === true),
    {
      ...node.parameters,
      body: programOf(
        inputs.filter((_, i) => used[i] === true),
        kept
      ),
      constants: used.slice(0, constants).filter(Boolean).length
    }
  )
  // nobody reads the outputs that are gone, so any value may stand in their place
  const placed = place(read, outputs)
  return node.values.map((value, i) => placed[i] ?? value)
}

/**
 * The same program in fewer equations: dead code removed, common sub-expressions shared, constants folded, operations
 * without effect dropped, programs inside likewise.
 *
 * It never changes a bit of the result: no arithmetic is reordered, and `x + 0` stays, for −0 + 0 is +0.
 *
 * @param evaluator runs programs without inputs, to fold constants: `(program) => engine.compile(program).run([])`.
 * Without it nothing is folded.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { add, multiply, program, type Expr } from 'gradfold/expr'
 * import { simplify } from 'gradfold/transform'
 *
 * const twice = program((x: Expr<[]>) => pipe(x, multiply(x), add(pipe(x, multiply(x)))))({ shape: [], dtype: 'f32' })
 * console.log(twice.equations.length, simplify()(twice).equations.length) // 3, 2
 * @category programs
 * @since 0.1.0
 */
export const simplify =
  (evaluator?: Evaluator) =>
  (self: Program): Program => {
    const inputs = self.inputs.map(inputValue)
    const results = inline(self, inputs)
    const nodes = topological(results)
    const read = new Set<Value>([...results, ...nodes.flatMap((node) => node.operands)])
    const numberOf = numbering()
    const known = new Map<string, readonly Value[]>()
    const insideOf = new Map<Program, Program>()
    const inside = (program: Program): Program => {
      const simpler = insideOf.get(program) ?? simplify(evaluator)(program)
      insideOf.set(program, simpler)
      return simpler
    }
    const shared = (outputs: readonly Value[]): readonly Value[] => {
      const node = outputs[0]?.node
      if (node?.kind !== 'apply') return outputs
      const key = `${node.primitive}(${node.operands.map(numberOf).join()})${parameterKey(node.parameters, numberOf)}`
      const same = known.get(key)
      if (same === undefined) known.set(key, outputs)
      return same ?? outputs
    }
    const folded = (primitive: Primitive, outputs: readonly Value[], operands: readonly Value[]): readonly Value[] =>
      evaluator !== undefined && folds(primitive, outputs, operands)
        ? evaluator(programOf([], outputs)).map((value) => applyOne('constant', [], { value }))
        : outputs
    const images = mapGraph<Value>(
      results,
      () => true,
      (value) => value,
      (node, operands) => {
        if (isScan(node)) {
          const parameters = mapPrograms<'scan'>(node.parameters, inside)
          return pruneScan({ ...node, parameters }, operands, (value) => read.has(value))
        }
        const parameters = mapPrograms(node.parameters, inside)
        const simpler = rewrite(node.primitive, operands, parameters)
        return simpler === undefined
          ? shared(folded(node.primitive, applyPrimitive(node.primitive, operands, parameters), operands))
          : simpler.map((value) => shared(value.node.values)[value.index] ?? value)
      }
    )
    return programOf(inputs, images)
  }

const isScan = (node: ApplyNode): node is ApplyNode<'scan'> => node.primitive === 'scan'

/** The parameters with the programs among them replaced. */
const mapPrograms = <P extends Primitive>(
  parameters: Parameters[P],
  image: (program: Program) => Program
): Parameters[P] => {
  const entries: readonly (readonly [string, unknown])[] = Object.entries(parameters)
  return entries.some(([, value]) => isProgram(value))
    ? // each entry keeps its name and kind
      (Object.fromEntries(
        entries.map(([name, value]) => [name, isProgram(value) ? image(value) : value])
      ) as Parameters[P])
    : parameters
}
