/**
 * The reference engine: obvious code that defines the bits of every primitive.
 *
 * @since 0.1.0
 */
import { outputSlots, variableSlots, type Program } from '../../expr/internal.ts'
import { size } from '../../shape/index.ts'
import { allocate, bufferOf, fromBuffer, type Buffer } from '../../tensor/internal.ts'
import { checkInputs } from '../check-inputs.ts'
import type { Engine } from '../engine.ts'
import type { Evaluate, Kernel } from './kernel.ts'
import { firstOutputs, neededEquations, planOf } from './plan.ts'
import { kernelOf } from './rules.ts'

/** One equation at work: the numbers of its operands and outputs, and what it leaves behind. */
interface Step {
  readonly kernel: Exclude<Kernel, { readonly kind: 'constant' }>
  readonly operands: readonly number[]
  readonly outputs: readonly number[]
  /** outputs that need a new buffer in each run */
  readonly fresh: readonly { readonly variable: number; readonly allocate: () => Buffer }[]
  /** variables that are let go afterwards */
  readonly released: readonly number[]
}

/** Runs one step on the buffers of all variables. */
const perform = ({ kernel, operands, outputs, fresh, released }: Step, values: (Buffer | undefined)[]): void => {
  for (const { variable, allocate: make } of fresh) values[variable] = make()
  const inputs: Buffer[] = []
  for (let i = 0; i < operands.length; i += 1) inputs.push(values[operands[i]!]!)
  if (kernel.kind === 'compute') {
    const results: Buffer[] = []
    for (let i = 0; i < outputs.length; i += 1) results.push(values[outputs[i]!]!)
    kernel.run(inputs, results)
  } else if (kernel.kind === 'view') values[outputs[0]!] = kernel.view(inputs[0]!)
  else {
    const results = kernel.run(inputs)
    for (let i = 0; i < outputs.length; i += 1) values[outputs[i]!] = results[i]
  }
  for (let i = 0; i < released.length; i += 1) values[released[i]!] = undefined
}

/** Compiles a program to a function on buffers; constants and registers belong to that function. */
const evaluatorOf = (program: Program): Evaluate => {
  const slots = variableSlots(program)
  const firsts = firstOutputs(program)
  const needed = neededEquations(program, firsts)
  const kernels = program.equations.map((equation, e): Kernel | undefined =>
    needed[e] === true
      ? kernelOf(equation, {
          operands: equation.operands.map((variable) => slots[variable]!),
          outputs: equation.outputs,
          compile: evaluatorOf
        })
      : undefined
  )
  const { places, registers, released } = planOf(program, kernels, firsts)
  const isKept = (variable: number): boolean => {
    const { kind } = places[variable]!
    return kind === 'register' || kind === 'constant'
  }
  const steps = program.equations.flatMap(({ operands, outputs }, e): readonly Step[] => {
    const kernel = kernels[e]
    if (kernel === undefined || kernel.kind === 'constant') return []
    const variables = outputs.map((_, i) => firsts[e]! + i)
    const fresh = variables
      .filter((variable) => places[variable]!.kind === 'fresh')
      .map((variable) => {
        const { dtype, shape } = slots[variable]!
        const length = size(shape)
        return { variable, allocate: () => allocate(dtype, length) }
      })
    return [
      { kernel, operands, outputs: variables, fresh, released: released[e]!.filter((variable) => !isKept(variable)) }
    ]
  })
  const passing = places.flatMap((_, variable) => (isKept(variable) ? [] : [variable]))

  const values: (Buffer | undefined)[] = slots.map(() => undefined)
  /** Fills in what stays from run to run. */
  const prepare = (): void => {
    const memory = registers.map(({ dtype, shape }) => allocate(dtype, size(shape)))
    places.forEach((place, variable) => {
      if (place.kind === 'register') values[variable] = memory[place.register]
    })
    kernels.forEach((kernel, e) => {
      if (kernel?.kind === 'constant') values[firsts[e]!] = kernel.buffer
    })
  }
  let isPrepared = false
  return (inputs) => {
    if (!isPrepared) prepare()
    isPrepared = true
    for (let i = 0; i < inputs.length; i += 1) values[i] = inputs[i]
    for (let i = 0; i < steps.length; i += 1) perform(steps[i]!, values)
    const results = program.outputs.map((variable) => values[variable]!)
    for (let i = 0; i < passing.length; i += 1) values[passing[i]!] = undefined
    return results
  }
}

/**
 * The engine that defines the numerics: plain TypeScript, one rounding after the other in the written order.
 *
 * An executable keeps the buffers of its intermediate values from run to run, as many as are alive at once; the
 * tensors that it gives are its own no more. Programs inside (`scan`, `cond` …) are compiled with it, once.
 *
 * @throws where `run` gets tensors of other shapes or types than the program's inputs, and where `compile` meets the
 *   forward-mode derivative of a `customVjp` function, which does not exist.
 * @see `numerics` for the definitions
 * @example
 * import { reference } from 'gradfold/engine'
 * import { multiply, program, type Expr } from 'gradfold/expr'
 * import { slot, tensor } from 'gradfold/tensor'
 * const doubling = reference.compile(program((x: Expr<[2]>) => multiply(2)(x))(slot([2], 'f32')))
 * const [doubled] = doubling.run([tensor([1, 2])])
 * @category engines
 * @since 0.1.0
 */
export const reference: Engine = {
  name: 'reference',
  compile: (program) => {
    const evaluate = evaluatorOf(program)
    const slots = outputSlots(program)
    return {
      program,
      run: (inputs) => {
        checkInputs(program, inputs)
        return evaluate(inputs.map(bufferOf)).map((buffer, i) => {
          const { dtype, shape } = slots[i]!
          return fromBuffer(dtype, shape, buffer)
        })
      }
    }
  }
}
