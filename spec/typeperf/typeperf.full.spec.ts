/**
 * What networks cost the compiler beyond the everyday: networks far deeper than anyone writes, and the library as declarations.
 */
import { beforeAll, describe, expect, it } from 'vitest'
import { fixtures, limits, pipedTower } from './fixtures.ts'
import { emitDeclarations, measure, onDeclarations } from './measure.ts'

describe('the compiler', () => {
  // the compiler's limit of 1,000 steps of a recursive type is not met, for lists are walked four layers at a time
  it.each(Object.keys(limits))('accepts %s', (name) => {
    // measured for 900 layers: 1,370,000 instantiations, 640 MB, 4 s
    const { complaints, instantiations } = measure(name, limits[name] ?? '')
    expect(complaints).toEqual([])
    expect(instantiations).toBeLessThan(2_500_000)
  })

  it('accepts 150 flat layers through pipe', () => {
    // measured 128,500 above the base
    const { complaints, instantiations } = measure('tower-150-pipe', pipedTower)
    expect(complaints).toEqual([])
    expect(instantiations - measure('base', fixtures['base'] ?? '').instantiations).toBeLessThan(140_000)
  })
})

describe('the library as declarations', () => {
  beforeAll(emitDeclarations)

  it.each([
    // the name, the budget, and what was measured
    ['base', 3_000, 'a network of one layer: 1,850'],
    ['tower-150', 120_000, '150 flat layers, all shapes different: 111,600']
  ])('costs a user of %s less than %d instantiations', (name, budget) => {
    const { complaints, instantiations } = measure(`declared-${name}`, onDeclarations(fixtures[name] ?? ''))
    expect(complaints).toEqual([])
    expect(instantiations).toBeGreaterThan(0)
    expect(instantiations).toBeLessThan(budget)
  })
})
