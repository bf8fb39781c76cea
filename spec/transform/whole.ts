/**
 * Whole programs as functions: run, differentiated, batched and compared, for properties of random programs.
 */
import { expect } from 'vitest'
import { reference } from '../../lib/engine/index.ts'
import {
  inline,
  outputSlots,
  traceValues,
  typed,
  type Expr,
  type Program,
  type Value
} from '../../lib/expr/internal.ts'
import { isFloat, slot, toBytes, type AnyTensor, type Slot } from '../../lib/tensor/index.ts'
import { allocate, bufferOf, fromBuffer } from '../../lib/tensor/internal.ts'
import { jvp, vjp, vmap } from '../../lib/transform/index.ts'
import type { Literal } from '../engine/reference/oracle/literal.ts'

// running

export const run = (program: Program, inputs: readonly AnyTensor[]): readonly AnyTensor[] =>
  reference.compile(program).run(inputs)

export const evaluator = (program: Program): readonly AnyTensor[] => run(program, [])

/** Types, shapes and bytes, every NaN the canonical one. */
export const bytesOf = (tensors: readonly AnyTensor[]): readonly string[] =>
  tensors.map((x) => `${x.dtype}[${x.shape.join()}] ${Buffer.from(toBytes(x)).toString('hex')}`)

export const literalOf = (x: AnyTensor): Literal => ({ dtype: x.dtype, shape: x.shape, data: Array.from(bufferOf(x)) })

/** A tensor of moderate numbers that depend on a seed. */
const filled = ({ shape, dtype }: Slot, seed: number): AnyTensor => {
  const length = shape.reduce((n, m) => n * m, 1)
  const buffer = allocate(dtype, length)
  for (let i = 0; i < length; i += 1) {
    const word = Math.imul(Math.imul(seed + 1, 0x9e3779b1) ^ (i + 0x3779), 0x85ebca6b)
    const unit = (Math.imul(word ^ (word >>> 13), 0xc2b2ae35) >>> 8) / 16777216
    buffer[i] = isFloat(dtype) ? 3 * unit - 1.5 : dtype === 'bool' ? Math.floor(2 * unit) : Math.floor(7 * unit)
  }
  return fromBuffer(dtype, shape, buffer)
}

export const allFilled = (slots: readonly Slot[], seed: number): readonly AnyTensor[] =>
  slots.map((each, i) => filled(each, seed + 1000 * i))

const stacked = (examples: readonly AnyTensor[]): AnyTensor => {
  const first = examples[0]!
  const buffer = allocate(first.dtype, examples.length * bufferOf(first).length)
  examples.forEach((x, e) => {
    // examples of one slot have buffers of one kind
    buffer.set(bufferOf(x), e * bufferOf(first).length)
  })
  return fromBuffer(first.dtype, [examples.length, ...first.shape], buffer)
}

// programs as functions

type Functions = readonly Expr<[], 'f64'>[]

export const exprs = (values: readonly Value[]): Functions => values.map((value) => typed<[], 'f64'>(value))

/** Values have one type here, whatever they are: the transformations look at what they are. */
export const asFunction =
  (program: Program) =>
  (...inputs: Functions): Functions =>
    exprs(inline(program, inputs))

/** The values with their tangents at some inputs: from inputs and tangents to results and tangents. */
export const forward = (program: Program): Program =>
  traceValues([...program.inputs, ...program.inputs], (values) => {
    const n = program.inputs.length
    return jvp(asFunction(program))(exprs(values.slice(0, n)), exprs(values.slice(n))).flat()
  })

/** The pull-back: from inputs and cotangents of the results to cotangents of the inputs. */
export const backward = (program: Program): Program =>
  traceValues([...program.inputs, ...outputSlots(program)], (values) => {
    const n = program.inputs.length
    return vjp(asFunction(program))(...exprs(values.slice(0, n)))[1](exprs(values.slice(n)))
  })

export const batchedProgram = (program: Program, shared: readonly boolean[], size: number): Program =>
  traceValues(
    program.inputs.map((each, i) => (shared[i] === true ? each : slot([size, ...each.shape], each.dtype))),
    (values) =>
      vmap((...inputs: readonly Value[]) => exprs(inline(program, inputs)), {
        axes: shared.map((on) => (on ? null : 0))
      })(...exprs(values)) as readonly Value[]
  )

// comparing

export const reals = (tensors: readonly AnyTensor[]): readonly number[] =>
  tensors.flatMap((x) => (isFloat(x.dtype) ? Array.from(bufferOf(x)) : []))

export const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, x, i) => sum + x * b[i]!, 0)
const magnitude = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, x, i) => sum + Math.abs(x * b[i]!), 1)

/** ⟨u, jvp v⟩ = ⟨vjp u, v⟩ at one point, where neither overflows. */
export const expectDual = (program: Program, inputs: readonly AnyTensor[], seed: number): void => {
  const v = allFilled(program.inputs, seed + 1)
  const u = allFilled(outputSlots(program), seed + 2)
  const pushed = reals(run(forward(program), [...inputs, ...v]).slice(u.length))
  const pulled = reals(run(backward(program), [...inputs, ...u]))
  const scale = magnitude(pushed, reals(u)) + magnitude(pulled, reals(v))
  if (!(scale < 1e12)) return
  const [a, b] = [dot(pushed, reals(u)), dot(pulled, reals(v))]
  expect(Math.abs(a - b), `⟨u, jvp v⟩ = ${a}, ⟨vjp u, v⟩ = ${b}`).toBeLessThanOrEqual(1e-8 * scale)
}

/** `vmap f` is `map f`, byte for byte, over examples that share some of their inputs. */
export const expectBatched = (program: Program, shared: readonly boolean[], count: number, seed: number): void => {
  const some = program.inputs.map((_, i) => shared[i] === true && !(i === 0 && shared.every(Boolean)))
  const examples = Array.from({ length: count }, (_, e) =>
    program.inputs.map((each, i) => filled(each, seed + 1000 * i + (some[i] === true ? 0 : 37 * e)))
  )
  const first = examples[0] ?? allFilled(program.inputs, seed)
  const inputs = program.inputs.map((each, i) =>
    some[i] === true
      ? first[i]!
      : count === 0
        ? filled(slot([0, ...each.shape], each.dtype), 0)
        : stacked(examples.map((values) => values[i]!))
  )
  const all = run(batchedProgram(program, some, count), inputs)
  const each = examples.map((values) => run(program, values))
  const expected = outputSlots(program).map(({ shape, dtype }, o) =>
    count === 0 ? filled(slot([0, ...shape], dtype), 0) : stacked(each.map((results) => results[o]!))
  )
  expect(bytesOf(all)).toEqual(bytesOf(expected))
}
