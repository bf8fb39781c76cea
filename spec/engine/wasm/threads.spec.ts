/**
 * Programs by several threads: the bits of one.
 */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { reference } from '../../../lib/engine/index.ts'
import { assemble } from '../../../lib/engine/wasm/assembler/index.ts'
import { copyIn, copyOut, sharedMemory, writeTable } from '../../../lib/engine/wasm/instance.ts'
import { laidOut } from '../../../lib/engine/wasm/image.ts'
import { WebAssembly } from '../../../lib/engine/wasm/platform.ts'
import { aloneFunction } from '../../../lib/engine/wasm/threads/protocol.ts'
import {
  applyOne,
  inputValue,
  outputSlots,
  programOf,
  type Primitive,
  type Program
} from '../../../lib/expr/internal.ts'
import type { AnyTensor } from '../../../lib/tensor/index.ts'
import { arbitraryRun, computable } from '../../arbitrary/program.ts'
import { tensorOf } from '../../arbitrary/tensor.ts'
import { difference, expectSame } from './same.ts'
import { everything, isShared, noWorkers, sharing, watched } from './threads/teams.ts'

/** Threads one after the other in each stage, the last one first. */
const backwards = (program: Program, threads: number, inputs: readonly AnyTensor[]): readonly AnyTensor[] => {
  const layout = laidOut(program, everything(threads))
  const team = layout.lowered.team!
  const step = aloneFunction({
    ...team,
    stages: team.stages.map((stage) => ({ ...stage, chains: stage.chains.toReversed() }))
  })
  const memory = sharedMemory(layout.pages, layout.segments)
  const module = new WebAssembly.Module(assemble({ exports: { step }, memory: { pages: layout.pages, shared: true } }))
  const { exports } = new WebAssembly.Instance(module, { environment: { memory } })
  writeTable(memory, layout.tables[0], [...layout.inputs, ...layout.outputs, layout.frame])
  inputs.forEach((tensor, i) => copyIn(memory, tensor, layout.inputs[i]!))
  exports['step']!(layout.tables[0])
  return outputSlots(program).map((slot, i) => copyOut(memory, slot, layout.outputs[i]!))
}

const manyThreads = fc.integer({ min: 2, max: 5 })

const runs = arbitraryRun({ axis: 19, limit: 4000, length: 10, depth: 1 })

describe('the parts of a program', () => {
  test('are its whole', () => {
    fc.assert(
      fc.property(runs, manyThreads, ([program, inputs], threads) =>
        expectSame(program, inputs, sharing(threads, noWorkers(false)))
      ),
      { numRuns: 150 }
    )
  })

  // a pointer to where a part begins would be before the beginning of memory
  test.each([[[176]], [[380, 1]], [[11, 16]], [[11, 1, 16]]])('are its whole where they read %j backwards', (shape) => {
    const x = inputValue({ shape, dtype: 'f32' })
    const reversed = applyOne('reverse', [x], { axes: shape.map((_, axis) => axis) })
    const program = programOf([x], [applyOne('negate', [reversed], {}), applyOne('add', [reversed, x], {})])
    const elements = shape.reduce((product, length) => product * length, 1)
    const given = [
      tensorOf(
        { shape, dtype: 'f32' },
        Array.from({ length: elements }, (_, i) => i)
      )
    ]
    for (const threads of [2, 3, 5]) expectSame(program, given, sharing(threads, noWorkers(false)))
  })

  test('may be computed in any order within a stage', () => {
    fc.assert(
      fc.property(runs, manyThreads, ([program, inputs], threads) => {
        fc.pre(isShared(program, threads))
        const words = difference(reference.compile(program).run(inputs), backwards(program, threads, inputs))
        if (words !== undefined) expect.fail(words)
      }),
      { numRuns: 150 }
    )
  })

  const shared = computable.filter((primitive) => /^(matmul|conv|window|reduce|broadcast|transpose)/.test(primitive))
  test.each<Primitive>(shared)('mostly of %s', (primitive) => {
    fc.assert(
      fc.property(
        arbitraryRun({ primitives: [primitive, 'add'], length: 4, depth: 0, axis: 13, limit: 2000 }),
        manyThreads,
        ([program, inputs], threads) => {
          expectSame(program, inputs, sharing(threads, noWorkers(false)))
        }
      ),
      { numRuns: 40 }
    )
  })

  test('are all computed by the calling thread where no other comes', () => {
    fc.assert(
      fc.property(runs, manyThreads, ([program, inputs], threads) => {
        const expected = reference.compile(program).run(inputs)
        const executable = sharing(threads, noWorkers(true)).compile(program)
        // the first ones are not shared
        for (let i = 0; i < 8; i += 1) {
          const words = difference(expected, executable.run(inputs))
          if (words !== undefined) expect.fail(words)
        }
      }),
      { numRuns: 60 }
    )
  })
})

describe('workers', () => {
  test('give the bits of one thread', async () => {
    const pools = [watched(2), watched(3)]
    const ends = pools.map((pool) => pool.lease(pool))
    await fc.assert(
      fc.asyncProperty(runs, fc.constantFrom(...pools), async ([program, inputs], pool) => {
        const expected = reference.compile(program).run(inputs)
        const executable = sharing(pool.threads, pool).compile(program)
        executable.run(inputs)
        await pool.ready()
        for (let i = 0; i < 8; i += 1) {
          const words = difference(expected, executable.run(inputs))
          if (words !== undefined) expect.fail(words)
        }
        executable.dispose?.()
      }),
      { numRuns: 60 }
    )
    ends.forEach((end) => end())
  })
})
