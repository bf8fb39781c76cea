/**
 * An engine that runs everything twice, on another engine and on the reference engine, and compares all outputs.
 */
import { reference, type Engine } from '../../../lib/engine/index.ts'
import { iterate } from '../../../lib/engine/iterate.ts'
import { wasm } from '../../../lib/engine/wasm/engine.ts'
import { print } from '../../../lib/expr/index.ts'
import type { Program } from '../../../lib/expr/internal.ts'
import type { AnyTensor } from '../../../lib/tensor/index.ts'
import { bufferOf } from '../../../lib/tensor/internal.ts'
import { difference } from './same.ts'

export interface Comparing extends Engine {
  /** how many outputs of runs and of steps of iterations were compared so far */
  readonly compared: () => { readonly runs: number; readonly steps: number }
}

const bytesOf = (tensor: AnyTensor): Uint8Array => {
  const { buffer, byteOffset, byteLength } = bufferOf(tensor)
  return new Uint8Array(buffer, byteOffset, byteLength)
}

/** Throws where outputs differ; equal bytes need no second look. */
const compare = (program: Program, expected: readonly AnyTensor[], found: readonly AnyTensor[]): void => {
  if (expected.every((tensor, i) => Buffer.compare(bytesOf(tensor), bytesOf(found[i]!)) === 0)) return
  const words = difference(expected, found)
  if (words !== undefined) throw new Error(`${words}\n${print(program).slice(0, 4000)}`)
}

export const comparing = (engine: Engine = wasm()): Comparing => {
  let [runs, steps] = [0, 0]
  return {
    name: 'comparing',
    compared: () => ({ runs, steps }),
    compile: (program) => {
      const [right, other] = [reference.compile(program), engine.compile(program)]
      const outputs = [...program.outputs.keys()]
      return {
        program,
        run: (inputs) => {
          const [expected, found] = [right.run(inputs), other.run(inputs)]
          compare(program, expected, found)
          runs += 1
          return found
        },
        iterate: (feedback, start) => {
          const [expected, found] = [iterate(right, feedback, start), iterate(other, feedback, start)]
          return {
            ...found,
            set: (input, tensor) => {
              expected.set(input, tensor)
              found.set(input, tensor)
            },
            step: () => {
              expected.step()
              found.step()
              compare(program, outputs.map(expected.output), outputs.map(found.output))
              for (const { input } of feedback)
                compare(
                  program,
                  [expected.input(input), expected.previous(input)],
                  [found.input(input), found.previous(input)]
                )
              steps += 1
            }
          }
        }
      }
    }
  }
}
