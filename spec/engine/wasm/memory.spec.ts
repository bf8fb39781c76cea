/**
 * Memory: flat while a fold runs, freed when an executable is collected or disposed of.
 */
import { describe, expect, it } from 'vitest'
import { wasm } from '../../../lib/engine/index.ts'
import { applyOne, traceValues } from '../../../lib/expr/internal.ts'
import { slot } from '../../../lib/tensor/index.ts'
import { tensorOf } from '../../arbitrary/tensor.ts'
import type { Sample } from './memory/child.ts'
import { expectFlat, watch } from './memory/watch.ts'

describe('memory', () => {
  it('stands still over the steps of a fold', () => {
    expectFlat(watch('fold', 3000), 24)
  })

  it('of executables that nobody holds is freed', () => {
    const { samples, collected } = watch('release', 60)
    // the last one may still be on the stack
    expect(collected).toBeGreaterThanOrEqual(59)
    expect(samples.at(-1)!.external - samples[0]!.external).toBeLessThan(2)
  })

  it('of executables that are held is freed when they are disposed of', () => {
    const [before, held, after] = watch('dispose', 20).samples as [Sample, Sample, Sample]
    expect(held.external - before.external).toBeGreaterThan(15)
    expect(after.external - before.external).toBeLessThan(2)
  })
})

describe('an executable that was disposed of', () => {
  const double = traceValues([slot([2], 'f32')], ([x]) => [applyOne('add', [x!, x!], {})])
  const given = [tensorOf(slot([2], 'f32'), [1, 2])]
  const sentence = 'engine: this executable was disposed of; compile the program again'

  it('says so in one sentence when it is run, iterated or was never run', () => {
    const executable = wasm().compile(double)
    executable.run(given)
    executable.dispose?.()
    expect(() => executable.run(given)).toThrow(sentence)
    expect(() => executable.iterate?.([{ output: 0, input: 0 }], given)).toThrow(sentence)
    const fresh = wasm().compile(double)
    fresh.dispose?.()
    fresh.dispose?.()
    expect(() => fresh.run(given)).toThrow(sentence)
  })

  it('leaves others of the same program at work', () => {
    const [one, other] = [wasm().compile(double), wasm().compile(double)]
    one.run(given)
    one.dispose?.()
    expect(other.run(given)[0]).toEqual(tensorOf(slot([2], 'f32'), [2, 4]))
  })
})
