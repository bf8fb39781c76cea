/**
 * Loops of a known length: the body is a function, called once for each element.
 *
 * What is carried alternates between the output and one more buffer, so that the last call writes the output; slices of
 * the inputs and outputs are pointers that move.
 *
 * @since 0.1.0
 */
import { countUp, define, i32, memory, run, set } from '../assembler/index.ts'
import { aligned } from '../compilation.ts'
import type { Kernel } from '../kernel.ts'
import { type ControlRule, carve } from './inside.ts'
import { bytesIn } from '../quad.ts'

export const scan: ControlRule<'scan'> = ({ operands, outputs, parameters }, inside): Kernel => {
  const { body, length, constants, carry, reverse } = parameters
  const { definition: call, prologue, scratch: frame, operations } = inside(body, constants)
  const carried = outputs.slice(0, carry).map(bytesIn)
  const widths = [...operands.slice(constants + carry), ...outputs.slice(carry)].map((slot) =>
    length === 0 ? 0 : bytesIn(slot) / length
  )
  const { places, bytes } = carve([frame, ...(length > 1 ? carried : [])])
  const count = operands.length + outputs.length
  const definition = define(
    'scan',
    Array.from({ length: count + 1 }, () => 'i32' as const),
    [],
    (params, local) => {
      const scratch = params[count]!
      const out = params.slice(operands.length, operands.length + carry)
      const initial = params.slice(constants, constants + carry)
      if (length === 0) return out.map((to, i) => memory.copy(to, initial[i]!, carried[i]!))
      const step = local('i32')
      const from = initial.map(() => local('i32'))
      const to = initial.map(() => local('i32'))
      const other = (i: number) => i32.add(scratch, places[i + 1]!)
      const sliced = [
        ...params.slice(constants + carry, operands.length),
        ...params.slice(operands.length + carry, count)
      ]
      const moving = sliced.map(() => local('i32'))
      const elements = moving.slice(0, operands.length - constants - carry)
      const results = moving.slice(elements.length)
      const given = [...params.slice(0, constants), ...from, ...elements, ...to, ...results, scratch]
      return [
        ...from.map((pointer, i) => set(pointer, initial[i]!)),
        ...to.map((pointer, i) => set(pointer, length % 2 === 1 ? out[i]! : other(i))),
        ...moving.map((pointer, i) =>
          set(pointer, reverse ? i32.add(sliced[i]!, (length - 1) * widths[i]!) : sliced[i]!)
        ),
        ...(prologue === undefined ? [] : [run(prologue, ...given)]),
        countUp(step, 0, length, 1, [
          run(call, ...given),
          ...from.map((pointer, i) => set(pointer, to[i]!)),
          // the other one of two pointers
          ...(length > 1
            ? to.map((pointer, i) => set(pointer, i32.subtract(i32.add(out[i]!, other(i)), pointer)))
            : []),
          ...moving.map((pointer, i) => set(pointer, i32.add(pointer, reverse ? -widths[i]! : widths[i]!)))
        ])
      ]
    }
  )
  return { definition, scratch: aligned(Math.max(bytes, 1)), operations: length * operations }
}
