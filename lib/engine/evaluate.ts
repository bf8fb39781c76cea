/**
 * From expressions to tensors: closed expressions, and functions of expressions.
 *
 * @since 0.1.0
 */
import { isExpr, traceValues, type Expr, type Program, type Value } from '../expr/internal.ts'
import { raise } from '../shape/index.ts'
import { isTensor, leavesOf, showSlot, withLeaves, type AnyTensor, type Leaf, type Tensor } from '../tensor/index.ts'
import type { Engine, Executable } from './engine.ts'
import { defaultEngine } from './default.ts'

// model

/**
 * The tree of tensors that a tree of expressions has as its value.
 *
 * @category model
 * @since 0.1.0
 */
export type Evaluated<A> =
  A extends Expr<infer S, infer T> ? Tensor<S, T> : { readonly [K in keyof A]: Evaluated<A[K]> }

// interpreters

const valueOf = (leaf: Leaf): Value =>
  isExpr(leaf)
    ? leaf
    : raise(`evaluate: expected expressions, got a tensor or slot ${showSlot(leaf)}; lift a tensor with constant`)

/**
 * The value of a closed expression, or of each expression in a tree: one program for the whole tree, so that what they
 * share is computed once.
 *
 * @param tree an expression, or a record or list of them, to any depth.
 * @param engine what computes it. Default: `wasm()`.
 * @returns a tree of the same structure, `Expr<S, T>` becoming `Tensor<S, T>`.
 * @throws where an expression depends on an input, so that it has no value.
 *
 * @example
 * import { evaluate } from 'gradfold/engine'
 * import { add, scalar } from 'gradfold/expr'
 * console.log(evaluate({ three: add(scalar(1))(scalar(2)) }).three.shape)
 * @category interpreters
 * @since 0.1.0
 */
export const evaluate = <A>(tree: A, engine: Engine = defaultEngine): Evaluated<A> => {
  const program = traceValues([], () => leavesOf(tree).map(valueOf))
  // the results have the tree's structure, and the shapes and types of its expressions
  return withLeaves(tree, engine.compile(program).run([])) as Evaluated<A>
}

/** The tensors of a tree, in order. */
const tensorsOf = (trees: unknown): readonly AnyTensor[] =>
  leavesOf(trees).map((leaf) =>
    isTensor(leaf)
      ? leaf
      : raise(`run: expected tensors, got an expression or slot ${showSlot(leaf)}; evaluate it first`)
  )

/** What a compiled function was compiled for: its arguments, with types and shapes for tensors. */
const signatureOf = (trees: unknown): string =>
  JSON.stringify(trees, (_, value: unknown) => (isTensor(value) || isExpr(value) ? [value.dtype, value.shape] : value))

interface Compiled {
  readonly executable: Executable
  /** the results of the function, as it was traced */
  readonly results: unknown
}

const compiled = (f: (...args: readonly never[]) => unknown, trees: readonly unknown[], engine: Engine): Compiled => {
  const slots = tensorsOf(trees).map(({ shape, dtype }) => ({ shape, dtype }))
  let results: unknown
  const program: Program = traceValues(slots, (inputs) => {
    // the arguments have the structure that f takes: its parameters' types are those of the trees
    results = f(...(withLeaves(trees, inputs) as readonly never[]))
    return leavesOf(results).map(valueOf)
  })
  return { executable: engine.compile(program), results }
}

/**
 * Makes a function of tensors from a function of expressions: it is traced for the shapes and types of the tensors it
 * is given, compiled, and run. What was compiled is kept by the function that is returned, for its next calls with
 * tensors of the same shapes and types.
 *
 * @param f a pure function; each argument is an expression or a tree of them, and so is its result.
 * @param engine what compiles it. Default: `wasm()`.
 * @returns the function of the corresponding trees of tensors.
 * @throws the sentences of f's operators where the shapes do not fit.
 *
 * @example
 * import { run } from 'gradfold/engine'
 * import { add, type Expr } from 'gradfold/expr'
 * import { tensor } from 'gradfold/tensor'
 * const next = run((x: Expr<[2]>) => add(1)(x))
 * console.log(next(tensor([1, 2])).shape)
 * @category interpreters
 * @since 0.1.0
 */
export const run = <Args extends readonly unknown[], R>(
  f: (...args: Args) => R,
  engine: Engine = defaultEngine
): ((...trees: { readonly [K in keyof Args]: Evaluated<Args[K]> }) => Evaluated<R>) => {
  const known = new Map<string, Compiled>()
  return (...trees) => {
    const signature = signatureOf(trees)
    const { executable, results } = known.get(signature) ?? compiled(f, trees, engine)
    known.set(signature, { executable, results })
    return withLeaves(results, executable.run(tensorsOf(trees))) as Evaluated<R>
  }
}
