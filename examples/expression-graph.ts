/**
 * An expression is a graph: e = (a + b) · (b + 1), its program, and its derivatives at a = 2, b = 1.
 *
 *     npx tsx examples/expression-graph.ts
 */
import { pipe } from 'fp-ts/lib/function.js'
import { evaluate } from 'gradfold/engine'
import { add, multiply, print, program, scalar, type Expr } from 'gradfold/expr'
import { item, slot } from 'gradfold/tensor'
import { grad, jvp } from 'gradfold/transform'
import { whenRun } from './run.ts'

interface Point {
  readonly a: Expr<[]>
  readonly b: Expr<[]>
}

/** An ordinary function of expressions; b is used twice, so in the graph two arrows leave it. */
const e = ({ a, b }: Point): Expr<[]> => pipe(a, add(b), multiply(pipe(b, add(1))))

const point: Point = { a: scalar(2), b: scalar(1) }
const number = slot([], 'f32')

export const main = () => {
  // backwards: one pass through the graph gives the derivatives by all inputs
  const backwards = grad(e)(point)
  // forwards: one pass for each direction
  const [, byA] = jvp(e)([point], [{ a: scalar(1), b: scalar(0) }])
  const [, byB] = jvp(e)([point], [{ a: scalar(0), b: scalar(1) }])
  const values = evaluate({ e: e(point), backwards, forwards: { a: byA, b: byB } })
  return {
    graph: print(program(e)({ a: number, b: number })),
    derivatives: print(program(grad(e))({ a: number, b: number })),
    e: item(values.e),
    backwards: { a: item(values.backwards.a), b: item(values.backwards.b) },
    forwards: { a: item(values.forwards.a), b: item(values.forwards.b) }
  }
}

export const show = ({ graph, derivatives, e, backwards, forwards }: ReturnType<typeof main>): string =>
  [
    'e = (a + b) · (b + 1) as a program; v0 is a, v1 is b:',
    graph,
    'its gradient [∂e/∂a, ∂e/∂b] is a program as well:',
    derivatives,
    `at a = 2, b = 1:  e = ${e}`,
    `  backwards       ∂e/∂a = ${backwards.a}   ∂e/∂b = ${backwards.b}`,
    `  forwards        ∂e/∂a = ${forwards.a}   ∂e/∂b = ${forwards.b}`
  ].join('\n')

await whenRun(import.meta.url, () => show(main()))
