/**
 * Where gradients vanish, where they explode, and which initialiser keeps them.
 */
import { describe, expect, it } from 'vitest'
import { main, show } from '../../examples/gradient-flow.ts'

describe('the gradients of 20 layers', () => {
  const rows = main()
  const normsOf = (activation: string, initialiser: string): readonly number[] =>
    rows.find((row) => row.activation === activation && row.initialiser === initialiser)?.norms ?? []
  /** how much larger the gradient of the last layer is than that of the first */
  const growth = (norms: readonly number[]): number => (norms[19] ?? NaN) / (norms[0] ?? NaN)
  const spread = (norms: readonly number[]): number => Math.max(...norms) / Math.min(...norms)

  it('are 20 numbers for each of three activations and four initialisers', () => {
    expect(rows).toHaveLength(12)
    rows.forEach(({ norms }) => {
      expect(norms).toHaveLength(20)
      norms.forEach((norm) => {
        expect(norm).toBeGreaterThan(0)
        expect(norm).toBeLessThan(Infinity)
      })
    })
  })

  it('vanish towards the input under a sigmoid, whose slope is at most 1/4, with every initialiser', () => {
    for (const initialiser of ['normal, σ = 0.05', 'normal, σ = 0.5', 'Glorot normal', 'He normal'])
      expect(growth(normsOf('sigmoid', initialiser))).toBeGreaterThan(1e4)
    expect(growth(normsOf('sigmoid', 'Glorot normal'))).toBeGreaterThan(1e10)
  })

  it('keep their size under tanh with Glorot and under relu with He', () => {
    expect(spread(normsOf('tanh', 'Glorot normal'))).toBeLessThan(10)
    expect(spread(normsOf('relu', 'He normal'))).toBeLessThan(10)
    for (const norms of [normsOf('tanh', 'Glorot normal'), normsOf('relu', 'He normal')])
      expect(norms[0]).toBeGreaterThan(0.01)
  })

  it('explode under relu with large weights and vanish with small ones', () => {
    expect(normsOf('relu', 'normal, σ = 0.5')[0]).toBeGreaterThan(1e8)
    expect(normsOf('relu', 'normal, σ = 0.05')[0]).toBeLessThan(1e-10)
  })

  it('grow towards the input under tanh with large weights', () => {
    expect(growth(normsOf('tanh', 'normal, σ = 0.5'))).toBeLessThan(0.1)
  })

  it('are a table of the same text on every machine', () => {
    expect(show(rows)).toMatchInlineSnapshot(`
      "gradient of layer                   1         5        10        15        20
      sigmoid normal, σ = 0.05     1.6e-23   5.0e-19   3.1e-13    2.3e-7    1.5e-1
      sigmoid normal, σ = 0.5       7.5e-7    1.1e-5    1.8e-4    6.0e-3    1.6e-1
      sigmoid Glorot normal        1.4e-13   3.8e-11    4.3e-8    1.0e-4    1.4e-1
      sigmoid He normal            4.0e-11    2.9e-9    8.5e-7    4.9e-4    1.5e-1
      tanh    normal, σ = 0.05     1.7e-11   1.2e-11   1.0e-11   1.2e-11   1.5e-11
      tanh    normal, σ = 0.5       2.7e+1    1.4e+1    2.9e+0    8.7e-1    2.4e-1
      tanh    Glorot normal         1.0e-1    7.6e-2    8.1e-2    1.1e-1    8.0e-2
      tanh    He normal             7.3e-1    5.5e-1    3.3e-1    3.2e-1    2.7e-1
      relu    normal, σ = 0.05     1.3e-14   1.1e-14   7.5e-15   1.2e-14   8.6e-15
      relu    normal, σ = 0.5      9.2e+10   1.3e+11   8.1e+10   1.1e+11   8.2e+10
      relu    Glorot normal         2.2e-4    2.6e-4    1.6e-4    2.7e-4    2.0e-4
      relu    He normal             2.4e-1    3.3e-1    2.0e-1    3.1e-1    2.2e-1"
    `)
  })
})
