/**
 * The 2-2-2 network that is worked by hand, against the numbers of PyTorch in float64 (spec/golden/torch).
 */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { main, show } from '../../examples/worked-example.ts'
import { right } from './right.ts'

type Weights = Readonly<Record<'w1' | 'w2' | 'w3' | 'w4' | 'w5' | 'w6' | 'w7' | 'w8', number>>

interface After {
  readonly weights: Weights
  readonly b1: readonly number[]
  readonly b2: readonly number[]
  readonly outputs: readonly number[]
  readonly loss: number
}

interface Mode {
  readonly after1: After
  readonly after10000: After
  readonly lossAfter: readonly (readonly [updates: number, loss: number])[]
}

interface Golden {
  readonly weights: Weights
  readonly b1: number
  readonly b2: number
  readonly forward: { readonly outputs: readonly number[]; readonly loss: number }
  readonly grads: Weights & { readonly b1: readonly number[]; readonly b2: readonly number[] }
  readonly modes: Readonly<Record<'biasesFixed' | 'biasesPerUnit' | 'biasesShared', Mode>>
}

// the file is our own, so its form is known
const golden = JSON.parse(
  readFileSync(new URL('../golden/torch/worked-example.json', import.meta.url), 'utf8')
) as Golden

const close = (actual: number, expected: number, relative = 1e-9, absolute = 1e-12): void => {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(absolute + relative * Math.abs(expected))
}

/** Two units may share one bias: then the golden file has it once. */
const perUnit = (biases: readonly number[]): readonly number[] =>
  biases.length === 1 ? [...biases, ...biases] : biases

const weightsOf = (w: Weights): readonly number[] => [w.w1, w.w2, w.w3, w.w4, w.w5, w.w6, w.w7, w.w8]

const allClose = (actual: readonly number[], expected: readonly number[], relative?: number): void => {
  expect(actual).toHaveLength(expected.length)
  actual.forEach((x, i) => {
    close(x, expected[i] ?? NaN, relative)
  })
}

describe('the network worked by hand', () => {
  const result = right(main())
  const modes = [
    { name: 'biases that are fixed', course: result.fixed, mode: golden.modes.biasesFixed },
    { name: 'a bias for each unit', course: result.perUnit, mode: golden.modes.biasesPerUnit },
    { name: 'one bias for a layer', course: result.shared, mode: golden.modes.biasesShared }
  ]

  it('gives the outputs and the loss of the text', () => {
    const start = result.perUnit.after(0)
    allClose(weightsOf(start), weightsOf(golden.weights))
    allClose(start.outputs, golden.forward.outputs)
    close(result.perUnit.losses[0] ?? NaN, golden.forward.loss)
  })

  it('has the gradient by every weight and every bias', () => {
    allClose(weightsOf(result.gradient), weightsOf(golden.grads))
    allClose(result.gradient.b1, golden.grads.b1)
    allClose(result.gradient.b2, golden.grads.b2)
  })

  it.each(modes)('with $name has the weights and the outputs after one update', ({ course, mode: { after1 } }) => {
    const found = course.after(1)
    allClose(weightsOf(found), weightsOf(after1.weights))
    allClose(found.b1, perUnit(after1.b1))
    allClose(found.b2, perUnit(after1.b2))
    allClose(found.outputs, after1.outputs)
  })

  it.each(modes)(
    'with $name has the weights and the outputs after 10,000 updates',
    ({ course, mode: { after10000 } }) => {
      const found = course.after(10_000)
      allClose(weightsOf(found), weightsOf(after10000.weights), 1e-8)
      allClose(found.b1, perUnit(after10000.b1), 1e-8)
      allClose(found.b2, perUnit(after10000.b2), 1e-8)
      allClose(found.outputs, after10000.outputs, 1e-8)
    }
  )

  it.each(modes)('with $name has the loss after 0, 1, 10 … 10,000 updates', ({ course, mode: { lossAfter } }) => {
    expect(lossAfter.map(([updates]) => updates)).toContain(10_000)
    lossAfter.forEach(([updates, loss]) => {
      close(course.losses[updates] ?? NaN, loss, updates > 100 ? 1e-8 : 1e-9)
    })
  })

  it('prints the numbers of the text', () => {
    const text = show(result)
    // the loss of the whole text, then w5 and w1 after one update
    for (const number of ['0.298371109', '0.358916480', '0.149780716', '0.0000351018']) expect(text).toContain(number)
  })
})
