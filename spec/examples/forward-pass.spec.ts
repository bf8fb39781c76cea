/**
 * Forward passes on given weights. The expected numbers are worked by hand; the sigmoids to nine digits.
 */
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, it } from 'vitest'
import { matmul, type AnyExpr, type Expr } from 'gradfold/expr'
import type { Shape } from 'gradfold/shape'
import { main, show, snippet } from '../../examples/forward-pass.ts'

const nineDigits = (numbers: readonly number[]): readonly number[] => numbers.map((x) => Number(x.toFixed(9)))

describe('forward passes on given weights', () => {
  const result = main()

  it('two units on [1, 0.5] give z = [0.75, 1.15] and its sigmoid', () => {
    expect(nineDigits(result.twoUnits.z)).toEqual([0.75, 1.15])
    expect(nineDigits(result.twoUnits.sigmoid)).toEqual([0.679178699, 0.759510917])
  })

  it('two units on [1, 2, 3], their weights transposed, give z = [0.8, −0.64] and its sigmoid', () => {
    expect(nineDigits(result.snippet.z)).toEqual([0.8, -0.64])
    expect(nineDigits(result.snippet.sigmoid)).toEqual([0.689974481, 0.345246539])
  })

  it('a 2-3-1 relu network gives sums of eighths, exactly', () => {
    // h = relu([2, 0, 0]), relu([3, 3.5, −3.25]), relu([0, −2.5, 2.75])
    expect(result.twoThreeOne).toEqual([1.125, -5.375, 8.375])
  })

  it('the product with the weights the wrong way round is refused at run time too, in the words of the compiler', () => {
    const [x, w]: readonly AnyExpr[] = [snippet.x, snippet.w]
    // shapes that are not known at compile time
    const hidden = { x: x as Expr<Shape, 'f64'>, w: w as Expr<Shape, 'f64'> }
    expect(() => pipe(hidden.x, matmul(hidden.w))).toThrow('matmul: inner sizes differ, 3 and 2, in [1, 3] x [2, 3]')
  })

  it('are printed', () => {
    expect(show(result)).toContain('[0.689974481, 0.345246539]')
  })
})
