/**
 * Primitives with programs inside: control flow, and functions with derivatives of their own.
 *
 * @since 0.1.0
 */
import * as Either from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { sameSlot, type Slot } from '../../tensor/index.ts'
import { outputSlots } from '../program.ts'
import { dtype, listSlots, program, refuse, size, sizes, type Definitions, type Inferred } from './definition.ts'
import type { Control } from './parameters.ts'

const sameSlots = (a: readonly Slot[], b: readonly Slot[]): boolean =>
  a.length === b.length && a.every((x, i) => sameSlot(x, b[i] ?? { shape: [-1], dtype: 'f32' }))

const right = (slots: readonly Slot[]): Inferred =>
  Either.right(slots.map(({ shape, dtype: type }) => ({ shape, dtype: type })))

const mismatch = (name: string, expected: readonly Slot[], got: readonly Slot[]): Inferred =>
  refuse(`${name}: expected ${listSlots(expected)}, got ${listSlots(got)}`)

const isPredicate = (x: Slot | undefined): boolean => x !== undefined && sameSlot(x, { shape: [], dtype: 'bool' })

export const control: Definitions<Control> = {
  scan: {
    infer: (operands, { body, length, constants, carry }) => {
      const split = constants + carry
      const xs = operands.slice(split)
      if (!xs.every((x) => x.shape[0] === length))
        return refuse(`scan: runs over a first axis of ${length}, got ${listSlots(xs)}`)
      const elements = xs.map((x) => ({ shape: x.shape.slice(1), dtype: x.dtype }))
      const given = [...operands.slice(0, split), ...elements]
      if (!sameSlots(body.inputs, given)) return mismatch('scan: body', body.inputs, given)
      const results = outputSlots(body)
      const initial = operands.slice(constants, split)
      if (!sameSlots(results.slice(0, carry), initial))
        return refuse(
          `scan: the body has to give back a carry of ${listSlots(initial)}, it gives ${listSlots(results.slice(0, carry))}`
        )
      const ys = results.slice(carry).map((y) => ({ shape: [length, ...y.shape], dtype: y.dtype }))
      return right([...initial, ...ys])
    },
    parameters: t.strict({ body: program, length: size, constants: size, carry: size, reverse: t.boolean })
  },
  cond: {
    infer: ([predicate, ...operands], { whenTrue, whenFalse }) => {
      if (!isPredicate(predicate))
        return refuse(`cond: takes a bool scalar first, got ${listSlots(predicate ? [predicate] : [])}`)
      if (!sameSlots(whenTrue.inputs, operands)) return mismatch('cond: whenTrue', whenTrue.inputs, operands)
      if (!sameSlots(whenFalse.inputs, operands)) return mismatch('cond: whenFalse', whenFalse.inputs, operands)
      const [a, b] = [outputSlots(whenTrue), outputSlots(whenFalse)]
      return sameSlots(a, b)
        ? right(a)
        : refuse(`cond: the branches differ, whenTrue gives ${listSlots(a)}, whenFalse ${listSlots(b)}`)
    },
    parameters: t.strict({ whenTrue: program, whenFalse: program })
  },
  whileLoop: {
    infer: (operands, { predicate, body, predicateConstants, bodyConstants }) => {
      const split = predicateConstants + bodyConstants
      const carry = operands.slice(split)
      const tested = [...operands.slice(0, predicateConstants), ...carry]
      const stepped = [...operands.slice(predicateConstants, split), ...carry]
      if (!sameSlots(predicate.inputs, tested)) return mismatch('whileLoop: predicate', predicate.inputs, tested)
      if (!sameSlots(body.inputs, stepped)) return mismatch('whileLoop: body', body.inputs, stepped)
      const [verdict, ...more] = outputSlots(predicate)
      if (!isPredicate(verdict) || more.length > 0)
        return refuse('whileLoop: the predicate has to give one bool scalar')
      const results = outputSlots(body)
      return sameSlots(results, carry)
        ? right(carry)
        : refuse(`whileLoop: the body has to give back a carry of ${listSlots(carry)}, it gives ${listSlots(results)}`)
    },
    parameters: t.strict({ predicate: program, body: program, predicateConstants: size, bodyConstants: size })
  },
  customJvp: {
    infer: (operands, { primal }) =>
      sameSlots(primal.inputs, operands) ? right(outputSlots(primal)) : mismatch('customJvp', primal.inputs, operands),
    parameters: t.strict({ primal: program, jvp: program })
  },
  customVjp: {
    infer: (operands, { primal }) =>
      sameSlots(primal.inputs, operands) ? right(outputSlots(primal)) : mismatch('customVjp', primal.inputs, operands),
    parameters: t.strict({ primal: program, forward: program, backward: program })
  },
  customLinear: {
    infer: (_, { outputs }) => right(outputs),
    parameters: t.strict({
      backward: program,
      residuals: size,
      outputs: t.readonlyArray(t.strict({ shape: sizes, dtype }))
    })
  }
}
