/**
 * A loop while a predicate holds: what is carried alternates between the output and one more buffer, and is copied to
 * the output where it ends elsewhere.
 *
 * @since 0.1.0
 */
import { block, branch, branchIf, define, i32, label, loop, memory, run, set, when } from '../assembler/index.ts'
import { carve, type ControlRule } from './inside.ts'
import { bytesIn } from '../quad.ts'

export const whileLoop: ControlRule<'whileLoop'> = ({ operands, outputs, parameters }, inside) => {
  const { predicateConstants, bodyConstants } = parameters
  const test = inside(parameters.predicate)
  const body = inside(parameters.body, bodyConstants)
  const carried = outputs.map(bytesIn)
  const { places, bytes } = carve([1, test.scratch, body.scratch, ...carried])
  const split = predicateConstants + bodyConstants
  const count = operands.length + outputs.length
  const definition = define(
    'whileLoop',
    Array.from({ length: count + 1 }, () => 'i32' as const),
    [],
    (params, local) => {
      const flag = params[count]!
      const testFrame = i32.add(flag, places[1]!)
      const bodyFrame = i32.add(flag, places[2]!)
      const out = params.slice(operands.length, count)
      const from = out.map(() => local('i32'))
      const to = out.map(() => local('i32'))
      const other = (i: number) => i32.add(flag, places[i + 3]!)
      const again = label()
      const done = label()
      const given = [...params.slice(predicateConstants, split), ...from, ...to, bodyFrame]
      const leave = [
        run(test.definition, ...params.slice(0, predicateConstants), ...from, flag, testFrame),
        branchIf(i32.isZero(i32.load8Unsigned(flag)), done)
      ]
      return [
        ...from.map((pointer, i) => set(pointer, params[split + i]!)),
        ...to.map((pointer, i) => set(pointer, other(i))),
        block(done, [
          ...leave,
          // not before: there may be a loop in it that only ends if this one begins
          ...(body.prologue === undefined ? [] : [run(body.prologue, ...given)]),
          loop(again, [
            run(body.definition, ...given),
            ...from.map((pointer, i) => set(pointer, to[i]!)),
            // the other one of two pointers
            ...to.map((pointer, i) => set(pointer, i32.subtract(i32.add(out[i]!, other(i)), pointer))),
            ...leave,
            branch(again)
          ])
        ]),
        ...from.map((pointer, i) => when(i32.notEqual(pointer, out[i]!), [memory.copy(out[i]!, pointer, carried[i]!)]))
      ]
    }
  )
  return { definition, scratch: bytes, operations: test.operations + body.operations }
}
