/**
 * A loop while a predicate holds: what is carried alternates between the output and one more buffer, and is copied to
 * the output where it ends elsewhere.
 *
 * @since 0.2.0
 */
import { block, branch, branchIf, define, i32, label, loop, memory, run, set, when } from '../assembler/index.ts'
import { bytesIn, carve, type ControlRule } from './inside.ts'

export const whileLoop: ControlRule<'whileLoop'> = ({ operands, outputs, parameters }, inside) => {
  const { predicateConstants, bodyConstants } = parameters
  const [test, body] = [inside(parameters.predicate), inside(parameters.body)]
  const carried = outputs.map(bytesIn)
  const { places, bytes } = carve([1, Math.max(test.scratch, body.scratch), ...carried])
  const split = predicateConstants + bodyConstants
  const count = operands.length + outputs.length
  const definition = define(
    'whileLoop',
    Array.from({ length: count + 1 }, () => 'i32' as const),
    [],
    (params, local) => {
      const flag = params[count]!
      const frame = i32.add(flag, places[1]!)
      const out = params.slice(operands.length, count)
      const from = out.map(() => local('i32'))
      const to = out.map(() => local('i32'))
      const other = (i: number) => i32.add(flag, places[i + 2]!)
      const again = label()
      const done = label()
      return [
        ...from.map((pointer, i) => set(pointer, params[split + i]!)),
        ...to.map((pointer, i) => set(pointer, other(i))),
        block(done, [
          loop(again, [
            run(test.definition, ...params.slice(0, predicateConstants), ...from, flag, frame),
            branchIf(i32.isZero(i32.load8Unsigned(flag)), done),
            run(body.definition, ...params.slice(predicateConstants, split), ...from, ...to, frame),
            ...from.map((pointer, i) => set(pointer, to[i]!)),
            // the other one of two pointers
            ...to.map((pointer, i) => set(pointer, i32.subtract(i32.add(out[i]!, other(i)), pointer))),
            branch(again)
          ])
        ]),
        ...from.map((pointer, i) => when(i32.notEqual(pointer, out[i]!), [memory.copy(out[i]!, pointer, carried[i]!)]))
      ]
    }
  )
  return { definition, scratch: bytes, operations: test.operations + body.operations }
}
