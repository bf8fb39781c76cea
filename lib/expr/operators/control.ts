/**
 * Loops and branches on trees of expressions. Their bodies may use values from outside.
 *
 * @since 0.1.0
 */
import { raise, show, type Dim, type Fit, type Shape } from '../../shape/index.ts'
import { pathsAndLeaves, showSlot, type DType } from '../../tensor/index.ts'
import { applyPrimitive, inputValue, isExpr, type Expr, type Value } from '../node.ts'
import { captureOutside } from '../trace.ts'
import { capturedBy, widened } from './closure.ts'
import { arranged, requireSameTree, treeOf, valuesOf, type Sides, type TreeMessage } from './trees.ts'

// model

/**
 * How a scan runs.
 *
 * @category model
 * @since 0.1.0
 */
export interface ScanOptions<N extends number> {
  readonly length?: N
  readonly reverse?: boolean
}

// types

/**
 * One element of each expression of a tree, along the first axis.
 *
 * @category type functions
 * @since 0.1.0
 */
export type Elements<Xs> =
  Xs extends Expr<infer S, infer T>
    ? Expr<S extends readonly [Dim, ...infer R extends Shape] ? R : readonly Dim[], T>
    : { readonly [k in keyof Xs]: Elements<Xs[k]> }

/**
 * N of each expression of a tree, along a new first axis.
 *
 * @category type functions
 * @since 0.1.0
 */
export type Collected<Y, N extends Dim> =
  Y extends Expr<infer S, infer T> ? Expr<[N, ...S], T> : { readonly [k in keyof Y]: Collected<Y[k], N> }

/** The first axes of a tree, as a union. */
type FirstAxes<Xs> =
  Xs extends Expr<infer S, DType>
    ? S extends readonly [infer N extends Dim, ...Shape]
      ? N
      : number
    : Xs extends readonly unknown[]
      ? FirstAxes<Xs[number]>
      : { readonly [k in keyof Xs]: FirstAxes<Xs[k]> }[keyof Xs]
/** The length of a scan: that of xs where there is one, else the option. */
type LengthOf<Xs, N extends number> = [FirstAxes<Xs>] extends [never] ? N : Extract<FirstAxes<Xs>, Dim>

type CarrySides<What extends string> = Sides<`${What}: the carry`, 'at the start', 'after a step'>
const carrySides = <What extends string>(what: What): CarrySides<What> => ({
  what: `${what}: the carry`,
  here: 'at the start',
  there: 'after a step'
})
type BranchSides = Sides<'cond: the result', 'in whenTrue', 'in whenFalse'>
const branchSides: BranchSides = { what: 'cond: the result', here: 'in whenTrue', there: 'in whenFalse' }

// constructors

/** The length that all of xs share. */
const commonLength = (xs: unknown, given: number | undefined): number => {
  const lengths = pathsAndLeaves(xs).map(([path, leaf]) => {
    const [length] = leaf.shape
    return length === undefined
      ? raise(`scan: xs${path.length === 0 ? '' : ` '${path.join('.')}'`} is a scalar and has no axis to run over`)
      : length
  })
  const length = given ?? lengths[0] ?? raise('scan: without xs it needs the option length')
  if (!Number.isSafeInteger(length) || length < 0)
    raise(`scan: the length has to be a whole number from 0, got ${length}`)
  return lengths.every((other) => other === length)
    ? length
    : raise(`scan: the first axes of xs have to be of length ${length}, got ${show(lengths)}`)
}

/**
 * A loop of known length: from a carry and an element of xs to the next carry and a result, along the first axis.
 *
 *     [c₁, y₀] = step(c₀, x₀), [c₂, y₁] = step(c₁, x₁), …        scan(step, c₀, x) = [cₙ, [y₀, y₁, …]]
 *
 * It has all derivatives. The body is traced once; it may use values from outside, which are then the same in each step.
 *
 * @param step from the carry and one element to `[carry, y]`; the carry keeps its structure, shapes and types.
 * @param init the first carry, a tree of expressions.
 * @param xs a tree of expressions with first axes of one length; `[]` for none.
 * @param options.length the number of steps, needed without xs.
 * @param options.reverse whether to run from the last element to the first; results stay in the place of their element.
 *   Default false.
 * @returns the last carry, and the results along a new first axis.
 * @throws where the carry changes, or the lengths differ.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { evaluate } from 'gradfold/engine'
 * import { add, constant, scalar, scan } from 'gradfold/expr'
 * import { tensor, toArray } from 'gradfold/tensor'
 * const [total, sums] = scan(
 *   (carry, x) => {
 *     const next = pipe(carry, add(x))
 *     return [next, next]
 *   },
 *   scalar(0),
 *   constant(tensor([1, 2, 3]))
 * )
 * toArray(evaluate(total)) // 6
 * toArray(evaluate(sums)) // [1, 3, 6]
 * @category control flow
 * @since 0.1.0
 */
export const scan = <const C, const Xs, const D, const Y, const N extends number = number>(
  step: (carry: C, x: Elements<Xs>) => readonly [D, Y],
  init: Fit<TreeMessage<C, D, CarrySides<'scan'>>, C>,
  xs: Xs,
  options: ScanOptions<N> = {}
): readonly [C, Collected<Y, LengthOf<Xs, N>>] => {
  const length = commonLength(xs, options.length)
  const carry = valuesOf('scan', init)
  const sequences = valuesOf('scan', xs)
  const carryInputs = carry.map(inputValue)
  const elementInputs = sequences.map(({ shape, dtype }) => inputValue({ shape: shape.slice(1), dtype }))
  // the parameter is a tree C where the call type-checks, and elements of xs have their shapes less the first axis
  const [next, y] = step(treeOf(init as C, carryInputs), treeOf(xs, elementInputs) as unknown as Elements<Xs>)
  requireSameTree(init, next, carrySides('scan'))
  const { program, captured } = captureOutside(
    [...carryInputs, ...elementInputs],
    [...arranged('scan', init, next), ...valuesOf('scan', y)]
  )
  const results = applyPrimitive('scan', [...captured, ...carry, ...sequences], {
    body: program,
    length,
    constants: captured.length,
    carry: carry.length,
    reverse: options.reverse ?? false
  })
  // the results of the primitive are the carry's leaves, and those of y with one more axis in front
  return [
    treeOf(init as C, results.slice(0, carry.length)),
    treeOf(y, results.slice(carry.length)) as unknown as Collected<Y, LengthOf<Xs, N>>
  ]
}

const checkPredicate = (what: string, predicate: unknown): Value =>
  isExpr(predicate) && predicate.dtype === 'bool' && predicate.shape.length === 0
    ? predicate
    : raise(
        `${what}: the predicate has to be bool[], got ${isExpr(predicate) ? showSlot(predicate) : String(predicate)}`
      )

/**
 * One of two functions, by a condition that is known only when the program runs; only that one is computed. For a choice
 * element by element there is `select`.
 *
 *     cond(p, f, g, …args) = f(…args) where p holds, g(…args) elsewhere
 *
 * @param predicate bool, no axes.
 * @param whenTrue from the operands to a tree of expressions; may use values from outside.
 * @param whenFalse the same, to a tree of the same structure, shapes and types.
 * @param operands trees of expressions.
 * @returns the tree of the function chosen.
 * @throws where the results differ.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { evaluate } from 'gradfold/engine'
 * import { cond, less, negate, scalar } from 'gradfold/expr'
 * import { toArray } from 'gradfold/tensor'
 * const x = scalar(-3)
 * const distance = cond(pipe(x, less(0)), (v) => pipe(v, negate), (v) => v, x)
 * toArray(evaluate(distance)) // 3
 * @category control flow
 * @since 0.1.0
 */
export const cond = <const A extends readonly unknown[], const R, const Q>(
  predicate: Fit<TreeMessage<R, Q, BranchSides>, Expr<[], 'bool'>>,
  whenTrue: (...operands: A) => R,
  whenFalse: (...operands: A) => Q,
  ...operands: A
): R => {
  const condition = checkPredicate('cond', predicate)
  const values = valuesOf('cond', operands)
  const branch = <B>(f: (...args: A) => B) => {
    const inputs = values.map(inputValue)
    const result = f(...treeOf(operands, inputs))
    return { inputs, result }
  }
  const [yes, no] = [branch(whenTrue), branch(whenFalse)]
  requireSameTree(yes.result, no.result, branchSides)
  const closures = [
    captureOutside(yes.inputs, valuesOf('cond', yes.result)),
    captureOutside(no.inputs, arranged('cond', yes.result, no.result))
  ] as const
  const captured = capturedBy(closures)
  return treeOf(
    yes.result,
    applyPrimitive('cond', [condition, ...captured, ...values], {
      whenTrue: widened(closures[0], captured),
      whenFalse: widened(closures[1], captured)
    })
  )
}

/**
 * A loop that runs as long as a condition holds. It has forward derivatives only, for the number of its steps is not
 * known; `scan` has all.
 *
 *     whileLoop(p, f, c) = c where not p(c), else whileLoop(p, f, f(c))
 *
 * @param predicate from the carry to a bool without axes.
 * @param body from the carry to the next one, of the same structure, shapes and types.
 * @param init the first carry, a tree of expressions. Both functions may use values from outside.
 * @returns the first carry for which the condition does not hold.
 * @throws where the carry changes.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { evaluate } from 'gradfold/engine'
 * import { less, multiply, scalar, whileLoop } from 'gradfold/expr'
 * import { toArray } from 'gradfold/tensor'
 * toArray(evaluate(whileLoop((x) => pipe(x, less(100)), (x) => pipe(x, multiply(2)), scalar(1)))) // 128
 * @category control flow
 * @since 0.1.0
 */
export const whileLoop = <const C, const D>(
  predicate: (carry: C) => Expr<[], 'bool'>,
  body: (carry: C) => D,
  init: Fit<TreeMessage<C, D, CarrySides<'whileLoop'>>, C>
): C => {
  const carry = valuesOf('whileLoop', init)
  const [tested, stepped] = [carry.map(inputValue), carry.map(inputValue)]
  // the parameter is a tree C where the call type-checks
  const first = init as C
  const next = body(treeOf(first, stepped))
  requireSameTree(first, next, carrySides('whileLoop'))
  const test = captureOutside(tested, [checkPredicate('whileLoop', predicate(treeOf(first, tested)))])
  const move = captureOutside(stepped, arranged('whileLoop', init, next))
  return treeOf(
    first,
    applyPrimitive('whileLoop', [...test.captured, ...move.captured, ...carry], {
      predicate: test.program,
      body: move.program,
      predicateConstants: test.captured.length,
      bodyConstants: move.captured.length
    })
  )
}
