/**
 * From functions of expressions to programs.
 *
 * @since 0.1.0
 */
import { raise } from '../../shape/index.ts'
import { isDType, pathsAndLeaves, slot, withLeaves, type Slot, type Slots } from '../../tensor/index.ts'
import type { Program } from '../program.ts'
import { traceValues } from '../trace.ts'
import { valuesOf } from './trees.ts'

/** The slots of trees of slots, tensors or expressions. */
const slotsOf = (trees: unknown): readonly Slot[] =>
  pathsAndLeaves(trees).map(([path, { shape, dtype }]) =>
    isDType(dtype) ? slot(shape, dtype) : raise(`program: '${path.join('.')}' has an unknown element type ${dtype}`)
  )

/**
 * The program that a function of expressions computes, for arguments of given shapes and element types. The function is
 * called once.
 *
 * @param f from trees of expressions to a tree of them; pure.
 * @param slots for each argument a tree of slots (tensors and expressions are slots too): its shapes and element types.
 * @returns the inputs are the leaves of the arguments, the outputs the leaves of the result, both in order.
 * @throws where an operator of f refuses the shapes, or the result depends on an input from outside.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { multiply, print, program, sum, type Expr } from 'gradfold/expr'
 * import { slot } from 'gradfold/tensor'
 * const squares = program((x: Expr<[3]>) => pipe(x, multiply(x), sum()))(slot([3], 'f32'))
 * print(squares)
 * @category programs
 * @since 0.1.0
 */
export const program =
  <A extends readonly unknown[]>(f: (...args: A) => unknown) =>
  (...slots: { readonly [k in keyof A]: Slots<A[k]> }): Program =>
    traceValues(slotsOf(slots), (inputs) =>
      valuesOf(
        'program',
        // the arguments have the structure that f takes
        f(...(withLeaves(slots, inputs) as A))
      )
    )
