/**
 * Batching of control flow and of functions with derivatives of their own.
 *
 * @since 0.1.0
 */
import {
  applyOne,
  applyPrimitive,
  inline,
  inputValue,
  programOf,
  type Control,
  type Parameters,
  type Program,
  type Value
} from '../../expr/internal.ts'
import { broadcast, select } from '../build.ts'
import { flattenParts, partsOf } from '../parts.ts'
import type { Batched, BatchContext, BatchRule, BatchRules } from '../rule.ts'
import { settle } from '../settle.ts'
import { batched, unbatched, withBatch } from './unify.ts'

interface BatchedProgram {
  readonly program: Program
  /** which outputs have the batch */
  readonly outputs: readonly boolean[]
}

/** A program on inputs some of which have the batch; outputs that must have it are given it. */
const batchProgram = (
  self: Program,
  inputs: readonly boolean[],
  required: (output: number) => boolean,
  { size, batchGraph }: Pick<BatchContext<unknown>, 'size' | 'batchGraph'>
): BatchedProgram => {
  const own = self.inputs.map(inputValue)
  const images = own.map((value, i): Batched =>
    inputs[i] === true ? batched(inputValue({ shape: [size, ...value.shape], dtype: value.dtype })) : unbatched(value)
  )
  const results = batchGraph(own, images, inline(self, own), size)
  const outputs = results.map((result, i) => result.batched || required(i))
  return {
    program: programOf(
      images.map((image) => image.value),
      results.map((result, i) => (outputs[i] === true ? withBatch(result, size) : result.value))
    ),
    outputs
  }
}

const everything = () => true

/** Every program inside works on the whole batch of everything. */
const wholly = (self: Program, context: Pick<BatchContext<unknown>, 'size' | 'batchGraph'>): Program =>
  batchProgram(
    self,
    self.inputs.map(() => true),
    everything,
    context
  ).program

const valuesOf = ({ operands, size }: Pick<BatchContext<unknown>, 'operands' | 'size'>): readonly Value[] =>
  operands.map((operand) => withBatch(operand, size))

const scan: BatchRule<Parameters['scan']> = (context) => {
  const { operands, parameters, size } = context
  const parts = partsOf(operands, parameters)
  const flags = partsOf(
    operands.map((operand) => operand.batched),
    parameters
  )
  const { carry } = parameters
  const body = (on: readonly boolean[]): BatchedProgram =>
    batchProgram(parameters.body, [...flags.constants, ...on, ...flags.xs], (i) => on[i] === true, context)
  // carries that start with the batch, and those the body gives it
  const on = settle(flags.carry, (candidate) => body(candidate).outputs.slice(0, carry))
  const { program, outputs } = body(on)
  // what is scanned over has its steps in front of the batch
  const swap = (x: Value): Value =>
    applyOne('transpose', [x], { permutation: [1, 0, ...x.shape.slice(2).map((_, i) => i + 2)] })
  const results = applyPrimitive(
    'scan',
    flattenParts({
      constants: parts.constants.map((x) => x.value),
      carry: parts.carry.map((x, i) => (on[i] === true ? withBatch(x, size) : x.value)),
      xs: parts.xs.map((x) => (x.batched ? swap(x.value) : x.value))
    }),
    { ...parameters, body: program }
  )
  return results.map((value, i) => ({
    value: i >= carry && outputs[i] === true ? swap(value) : value,
    batched: outputs[i] === true
  }))
}

/** A batch of predicates computes both branches and selects; one predicate chooses for all. */
const cond: BatchRule<Parameters['cond']> = (context) => {
  const { operands, parameters, size } = context
  const [predicate, ...rest] = operands
  if (predicate === undefined) return []
  const values = rest.map((operand) => withBatch(operand, size))
  const branches = { whenTrue: wholly(parameters.whenTrue, context), whenFalse: wholly(parameters.whenFalse, context) }
  if (!predicate.batched) return applyPrimitive('cond', [predicate.value, ...values], branches).map(batched)
  const no = inline(branches.whenFalse, values)
  return inline(branches.whenTrue, values).map((yes, i) =>
    batched(select(broadcast(predicate.value, yes.shape, [0]), yes, no[i] ?? yes))
  )
}

/** Loops until the last example is done; examples that are done keep their carry. */
const whileLoop: BatchRule<Parameters['whileLoop']> = (context) => {
  const { operands, parameters, size } = context
  const { predicate, body, predicateConstants, bodyConstants } = parameters
  const split = predicateConstants + bodyConstants
  const on = operands.map((operand) => operand.batched)
  const first = on.slice(0, predicateConstants)
  const second = on.slice(predicateConstants, split)
  const test = (carry: readonly boolean[]): BatchedProgram =>
    batchProgram(predicate, [...first, ...carry], () => false, context)
  const step = (carry: readonly boolean[]): BatchedProgram =>
    batchProgram(body, [...second, ...carry], (i) => carry[i] === true, context)
  const carry = settle(on.slice(split), (candidate) =>
    test(candidate).outputs[0] === true ? candidate.map(() => true) : step(candidate).outputs
  )
  const tested = test(carry)
  const stepped = step(carry)
  const values = operands.map((operand, i) =>
    i >= split && carry[i - split] === true ? withBatch(operand, size) : operand.value
  )
  const finish = (results: readonly Value[]): readonly Batched[] =>
    results.map((value, i) => ({ value, batched: carry[i] === true }))
  if (tested.outputs[0] !== true)
    return finish(
      applyPrimitive('whileLoop', values, { ...parameters, predicate: tested.program, body: stepped.program })
    )

  const anyInputs = tested.program.inputs.map(inputValue)
  const going = inline(tested.program, anyInputs)
  const stepInputs = [...tested.program.inputs.slice(0, predicateConstants), ...stepped.program.inputs].map(inputValue)
  const before = stepInputs.slice(split)
  const verdicts = inline(tested.program, [...stepInputs.slice(0, predicateConstants), ...before])
  const after = inline(stepped.program, stepInputs.slice(predicateConstants))
  const kept = after.map((value, i) =>
    verdicts[0] === undefined ? value : select(broadcast(verdicts[0], value.shape, [0]), value, before[i] ?? value)
  )
  const constants = values.slice(0, predicateConstants)
  return finish(
    applyPrimitive('whileLoop', [...constants, ...constants, ...values.slice(predicateConstants)], {
      predicate: programOf(
        anyInputs,
        going.map((each) => applyOne('reduceMax', [each], { axes: [0] }))
      ),
      body: programOf(stepInputs, kept),
      predicateConstants,
      bodyConstants: split
    })
  )
}

export const control: BatchRules<Control> = {
  scan,
  cond,
  whileLoop,
  customJvp: (context) =>
    applyPrimitive('customJvp', valuesOf(context), {
      primal: wholly(context.parameters.primal, context),
      jvp: wholly(context.parameters.jvp, context)
    }).map(batched),
  customVjp: (context) =>
    applyPrimitive('customVjp', valuesOf(context), {
      primal: wholly(context.parameters.primal, context),
      forward: wholly(context.parameters.forward, context),
      backward: wholly(context.parameters.backward, context)
    }).map(batched),
  customLinear: (context) =>
    applyPrimitive('customLinear', valuesOf(context), {
      backward: wholly(context.parameters.backward, context),
      residuals: context.parameters.residuals,
      outputs: context.parameters.outputs.map(({ shape, dtype }) => ({ shape: [context.size, ...shape], dtype }))
    }).map(batched)
}
