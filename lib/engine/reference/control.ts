/**
 * Primitives with programs inside. Each of their programs is compiled once, with the program around it.
 *
 * @since 0.1.0
 */
import type { Control } from '../../expr/internal.ts'
import { raise, size } from '../../shape/index.ts'
import { allocate, type Buffer } from '../../tensor/internal.ts'
import type { Rules } from './kernel.ts'

/** A buffer that keeps nothing else alive: a row that came through a loop unchanged is copied out of its matrix. */
const detached = (buffer: Buffer): Buffer => (buffer.byteLength === buffer.buffer.byteLength ? buffer : buffer.slice())

export const control: Rules<Control> = {
  scan: ({ operands, outputs, compile }, { body, length, constants, carry, reverse }) => {
    const evaluate = compile(body)
    const split = constants + carry
    const widths = operands.slice(split).map(({ shape }) => size(shape.slice(1)))
    const collected = outputs.slice(carry)
    return {
      kind: 'program',
      run: (inputs) => {
        const fixed = inputs.slice(0, constants)
        const xs = inputs.slice(split)
        const ys = collected.map(({ shape, dtype }) => allocate(dtype, size(shape)))
        let state = inputs.slice(constants, split)
        for (let step = 0; step < length; step += 1) {
          const at = reverse ? length - 1 - step : step
          const elements = xs.map((x, i) => x.subarray(at * widths[i]!, (at + 1) * widths[i]!))
          const results = evaluate([...fixed, ...state, ...elements])
          state = results.slice(0, carry)
          ys.forEach((y, i) => {
            const row = results[carry + i]!
            y.set(row, at * row.length)
          })
        }
        return [...state.map(detached), ...ys]
      }
    }
  },
  cond: ({ compile }, { whenTrue, whenFalse }) => {
    const [first, second] = [compile(whenTrue), compile(whenFalse)]
    return { kind: 'program', run: ([predicate, ...rest]) => (predicate![0] === 0 ? second : first)(rest) }
  },
  whileLoop: ({ compile }, { predicate, body, predicateConstants, bodyConstants }) => {
    const [test, step] = [compile(predicate), compile(body)]
    const split = predicateConstants + bodyConstants
    return {
      kind: 'program',
      run: (inputs) => {
        const tested = inputs.slice(0, predicateConstants)
        const stepped = inputs.slice(predicateConstants, split)
        let state: readonly Buffer[] = inputs.slice(split)
        while (test([...tested, ...state])[0]![0] !== 0) state = step([...stepped, ...state])
        return state
      }
    }
  },
  customJvp: ({ compile }, { primal }) => ({ kind: 'program', run: compile(primal) }),
  customVjp: ({ compile }, { primal }) => ({ kind: 'program', run: compile(primal) }),
  customLinear: () =>
    raise(
      'engine: the forward-mode derivative of a customVjp function is not defined; use grad or vjp, or give the function a customJvp'
    )
}
