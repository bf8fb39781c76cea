/**
 * e = (a + b) · (b + 1) as a graph, and its derivatives.
 */
import * as Either from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, it } from 'vitest'
import { parse, print } from 'gradfold/expr'
import { main, show } from '../../examples/expression-graph.ts'

describe('e = (a + b) · (b + 1)', () => {
  const result = main()

  it('is 6 at a = 2, b = 1, with the derivatives 2 and 5, backwards and forwards', () => {
    expect(result.e).toBe(6)
    expect(result.backwards).toEqual({ a: 2, b: 5 })
    expect(result.forwards).toEqual({ a: 2, b: 5 })
  })

  it('is printed as the graph that it is', () => {
    expect(result.graph).toBe(
      [
        'program(v0: f32[], v1: f32[]) {',
        '  v2: f32[] = add(v0, v1)',
        '  v3: f32[] = constant[value = f32[] {1}]()',
        '  v4: f32[] = add(v1, v3)',
        '  v5: f32[] = multiply(v2, v4)',
        '  return v5',
        '}'
      ].join('\n')
    )
  })

  it('and its gradient are texts from which the programs can be read again', () => {
    for (const text of [result.graph, result.derivatives])
      expect(pipe(parse(text), Either.map(print))).toEqual(Either.right(text))
  })

  it('shows all of it', () => {
    expect(show(result)).toContain(result.graph)
    expect(show(result)).toContain('∂e/∂a = 2   ∂e/∂b = 5')
  })
})
