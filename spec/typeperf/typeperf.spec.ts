/**
 * What networks cost the compiler, as budgets. Instantiations are exact and repeatable with one checker, so the margins are for
 * growth of the code, not for noise. Seconds are noise and have no budget; memory depends on when the compiler collects it, and
 * its budgets only catch a change of order.
 *
 * The base is the whole library as source with a network of one layer; everything else is counted above it.
 */
import { describe, expect, it } from 'vitest'
import { fixtures } from './fixtures.ts'
import { measure, type Cost } from './measure.ts'

const costs = new Map<string, Cost>()
const costOf = (name: string): Cost => {
  const cost = costs.get(name) ?? measure(name, fixtures[name] ?? '')
  costs.set(name, cost)
  return cost
}
const aboveBase = (name: string): number => costOf(name).instantiations - costOf('base').instantiations

describe('the compiler', () => {
  it('accepts every program that is measured', () => {
    const names = Object.keys(fixtures)
    expect(names.map((name) => [name, costOf(name).complaints])).toEqual(names.map((name) => [name, []]))
  })

  it('checks the library and one layer within its budget', () => {
    // measured 222,000 instantiations, 117 MB; nearly all of it is the library's own source
    expect(costOf('base').instantiations).toBeLessThan(300_000)
    expect(costOf('base').megabytes).toBeLessThan(400)
  })

  it.each([
    // the name, the budget above the base, and what was measured
    ['vgg16', 40_000, 'VGG-16, 138,357,544 parameters counted: 39,200'],
    ['tower-20', 20_000, '20 flat layers, all shapes different: 12,300'],
    ['tower-150', 120_000, '150 flat layers, all shapes different: 105,000'],
    ['residual-16', 20_000, '16 residual blocks of convolutions, 85 layers: 19,500'],
    ['sequence-12', 12_000, '12 residual blocks over a sequence, 73 layers: 7,300']
  ])('checks %s with at most %d instantiations above the base', (name, budget) => {
    expect(aboveBase(name)).toBeGreaterThan(0)
    expect(aboveBase(name)).toBeLessThan(budget)
  })

  it('takes at most 800 instantiations for one more flat layer, 250 for one more in blocks', () => {
    // measured 712 and 142
    expect((aboveBase('tower-150') - aboveBase('tower-20')) / 130).toBeLessThan(800)
    expect((aboveBase('residual-16') - aboveBase('residual-4')) / 60).toBeLessThan(250)
  })

  it('checks 150 flat layers in memory', () => {
    // measured 33 MB above the base
    expect(costOf('tower-150').megabytes - costOf('base').megabytes).toBeLessThan(200)
  })
})
