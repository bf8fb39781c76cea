/**
 * What the browser has to come to, computed by the reference engine in Node from the sources.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { reference } from 'gradfold/engine'
import { print } from 'gradfold/expr'
import { hashTree, toBytes, type AnyTensor } from 'gradfold/tensor'
import { expected } from '../../examples/mnist.expected.ts'
import { arbitraryRun, computable, type ProgramOptions } from '../arbitrary/program.ts'
import { hashAfter } from './page/steps.ts'
import { addressOf, root } from './specifiers.ts'
import type { FunctionTask, ProgramTask, Tasks, TensorData } from './task.ts'

const jsonOf = (path: string): unknown => JSON.parse(readFileSync(join(root, path), 'utf8'))

const entries = (): readonly string[] => {
  // the exports of our own manifest
  const { exports } = jsonOf('package.json') as {
    readonly exports: Readonly<Record<string, { readonly default?: string } | string | null>>
  }
  return Object.entries(exports).flatMap(([name, target]) =>
    target !== null && typeof target === 'object' && target.default !== undefined && name !== './data/node'
      ? [addressOf(join(root, target.default))]
      : []
  )
}

const dataOf = (tensor: AnyTensor): TensorData => ({
  dtype: tensor.dtype,
  shape: tensor.shape,
  bytes: Buffer.from(toBytes(tensor)).toString('base64')
})

/** Programs and inputs: always the same ones. */
const programsOf = (kind: string, numRuns: number, options: ProgramOptions): readonly ProgramTask[] =>
  fc.sample(arbitraryRun(options), { seed: 42, numRuns }).map(([program, inputs]) => ({
    kind,
    text: print(program),
    inputs: inputs.map(dataOf),
    hash: hashTree(reference.compile(program).run(inputs))
  }))

const functions = (): readonly FunctionTask[] => {
  // the form is that of the golden file
  const { hashes } = jsonOf('spec/golden/elementary.json') as {
    readonly hashes: readonly { readonly f: string; readonly n20: string }[]
  }
  return hashes.map(({ f, n20 }) => ({ name: f, hash: n20 }))
}

/** Everything that a browser is asked. */
export const tasksFor = (steps: number): Tasks => ({
  entries: entries(),
  programs: [
    ...computable.flatMap((primitive) =>
      programsOf(primitive, 6, { primitives: [primitive], length: 3, depth: 1, axis: 7 })
    ),
    ...programsOf('all primitives', 60, { length: 16 }),
    ...programsOf('empty axes', 20, { empty: true }),
    ...programsOf('longer axes', 20, { axis: 19, limit: 4000, length: 8, depth: 1 })
  ],
  functions: functions(),
  steps: { count: steps, hash: hashAfter(steps, reference) },
  epoch: expected
})
