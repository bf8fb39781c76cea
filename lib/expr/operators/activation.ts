/**
 * Activation functions: compositions of primitives, pinned, without overflow, and with the derivatives written beside them.
 *
 * Where a function has two branches, the argument of the branch that is not taken is replaced as well: its derivative
 * would else be 0 · ∞.
 *
 * @since 0.1.0
 */
import { pipe } from 'fp-ts/lib/function.js'
import { raise } from '../../shape/index.ts'
import { checkKind, type Kind } from '../kind.ts'
import type { AnyExpr, Value } from '../node.ts'
import { add, multiply } from './arithmetic.ts'
import { greater, greaterEqual, less, lessEqual } from './comparison.ts'
import { select } from './select.ts'
import type { Elementwise } from './elementwise.ts'
import { erfc } from './error-function.ts'
import { exp, expm1, log1p, sigmoid } from './exponential.ts'
import { negate } from './rounding.ts'
import { tanh } from './trigonometric.ts'
import { operator } from './internal.ts'
import { stopGradient } from './stop-gradient.ts'

const elementwise = <What extends string, K extends Kind>(
  what: What,
  kind: K,
  f: (x: AnyExpr) => Value
): Elementwise<What, K> =>
  operator((self) => {
    checkKind(what, kind, self)
    return f(self)
  })

const finite = (what: string, option: string, value: number): number =>
  Number.isFinite(value) ? value : raise(`${what}: ${option} has to be a finite number, got ${value}`)

/**
 * The rectifier.
 *
 *     relu(x) = 0 where x < 0, x elsewhere        relu′(x) = 1 where x > 0, 0 elsewhere (at 0 too)
 *
 * @param self f32, f64 or i32, any shape; NaN stays NaN, −0 stays −0.
 * @returns the same shape.
 * @see Nair & Hinton 2010, Rectified linear units improve restricted Boltzmann machines
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { evaluate } from 'gradfold/engine'
 * import { constant, relu } from 'gradfold/expr'
 * import { tensor, toArray } from 'gradfold/tensor'
 * toArray(evaluate(pipe(constant(tensor([-1, 2])), relu))) // [0, 2]
 * @category activations
 * @since 0.1.0
 */
export const relu: Elementwise<'relu', 'number'> = elementwise('relu', 'number', (x) =>
  // the second choice is where the derivative is 0
  pipe(x, greater(0), select(x, stopGradient(pipe(x, less(0), select(0, x)))))
)

/**
 * The rectifier that lets a part of negative numbers through.
 *
 *     leakyRelu(x) = x where x > 0, slope · x elsewhere        its derivative: 1 where x > 0, slope elsewhere
 *
 * @param slope finite. Default 0.01, as in PyTorch, JAX and the paper (Keras: 0.3).
 * @param self f32 or f64, any shape.
 * @returns the same shape.
 * @throws where the slope is not finite.
 * @see Maas, Hannun & Ng 2013, Rectifier nonlinearities improve neural network acoustic models
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { evaluate } from 'gradfold/engine'
 * import { constant, leakyRelu } from 'gradfold/expr'
 * import { tensor, toArray } from 'gradfold/tensor'
 * toArray(evaluate(pipe(constant(tensor([-2, 2])), leakyRelu(0.5)))) // [-1, 2]
 * @category activations
 * @since 0.1.0
 */
export const leakyRelu = (slope = 0.01): Elementwise<'leakyRelu', 'float'> => {
  finite('leakyRelu', 'the slope', slope)
  return elementwise('leakyRelu', 'float', (x) => pipe(x, greater(0), select(x, pipe(x, multiply(slope)))))
}

/** α (eˣ − 1) below 0, x above. */
const exponentialUnit = (x: AnyExpr, alpha: number): AnyExpr => {
  const below = pipe(x, greater(0), select(0, x), expm1, multiply(alpha))
  return pipe(x, greater(0), select(x, below))
}

/**
 * The exponential linear unit.
 *
 *     elu(x) = x where x > 0, α (eˣ − 1) elsewhere        its derivative: 1 where x > 0, α eˣ elsewhere
 *
 * @param alpha finite. Default 1.
 * @param self f32 or f64, any shape.
 * @returns the same shape.
 * @throws where α is not finite.
 * @see Clevert, Unterthiner & Hochreiter 2016, arXiv 1511.07289
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { evaluate } from 'gradfold/engine'
 * import { constant, elu } from 'gradfold/expr'
 * import { tensor, toArray } from 'gradfold/tensor'
 * toArray(evaluate(pipe(constant(tensor([0, 2])), elu()))) // [0, 2]
 * @category activations
 * @since 0.1.0
 */
export const elu = (alpha = 1): Elementwise<'elu', 'float'> => {
  finite('elu', 'alpha', alpha)
  return elementwise('elu', 'float', (x) => exponentialUnit(x, alpha))
}

/** The constants for which standard normal numbers keep mean 0 and variance 1. */
const seluAlpha = 1.6732632423543772
const seluScale = 1.0507009873554805

/**
 * The scaled exponential linear unit, which keeps mean 0 and variance 1 through many layers.
 *
 *     selu(x) = λ elu(x, α),  α = 1.6732632423543772, λ = 1.0507009873554805
 *
 * @param self f32 or f64, any shape.
 * @returns the same shape.
 * @see Klambauer, Unterthiner, Mayr & Hochreiter 2017, arXiv 1706.02515
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { evaluate } from 'gradfold/engine'
 * import { constant, selu } from 'gradfold/expr'
 * import { tensor, toArray } from 'gradfold/tensor'
 * toArray(evaluate(pipe(constant(tensor([0])), selu))) // [0]
 * @category activations
 * @since 0.1.0
 */
export const selu: Elementwise<'selu', 'float'> = elementwise('selu', 'float', (x) =>
  pipe(exponentialUnit(x, seluAlpha), multiply(seluScale))
)

/**
 * Which form of `gelu`: by the error function, or by its approximation with tanh.
 *
 * @category model
 * @since 0.1.0
 */
export type GeluForm = 'erf' | 'tanh'

/** √½ and √(2 / π). */
const rootHalf = 0.7071067811865476
const rootTwoOverPi = 0.7978845608028654

const geluErf = (x: AnyExpr): Value => pipe(x, multiply(0.5), multiply(pipe(x, multiply(-rootHalf), erfc)))
const geluTanh = (x: AnyExpr): Value => {
  const cube = pipe(x, multiply(x), multiply(x))
  const inner = pipe(cube, multiply(0.044715), add(x), multiply(rootTwoOverPi))
  return pipe(x, multiply(0.5), multiply(pipe(inner, tanh, add(1))))
}

/**
 * The Gaussian error linear unit: x times the probability that a standard normal number is below x.
 *
 *     erf:  gelu(x) = x Φ(x) = ½ x erfc(−x / √2)
 *     tanh: gelu(x) = ½ x (1 + tanh(√(2/π) (x + 0.044715 x³)))
 *
 * @param form 'erf' (exact, PyTorch's and Keras's default) or 'tanh' (the approximation, JAX's default). Default 'erf'.
 * @param self f32 or f64, any shape; of −Infinity it is NaN.
 * @returns the same shape.
 * @see Hendrycks & Gimpel 2016, arXiv 1606.08415
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { evaluate } from 'gradfold/engine'
 * import { constant, gelu } from 'gradfold/expr'
 * import { tensor, toArray } from 'gradfold/tensor'
 * toArray(evaluate(pipe(constant(tensor([0])), gelu('tanh')))) // [0]
 * @category activations
 * @since 0.1.0
 */
export const gelu = (form: GeluForm = 'erf'): Elementwise<'gelu', 'float'> =>
  elementwise('gelu', 'float', form === 'erf' ? geluErf : geluTanh)

/**
 * The sigmoid linear unit, also called swish.
 *
 *     silu(x) = x · sigmoid(x)
 *
 * @param self f32 or f64, any shape; of −Infinity it is NaN.
 * @returns the same shape.
 * @see Elfwing, Uchibe & Doya 2017, arXiv 1702.03118
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { evaluate } from 'gradfold/engine'
 * import { constant, silu } from 'gradfold/expr'
 * import { tensor, toArray } from 'gradfold/tensor'
 * toArray(evaluate(pipe(constant(tensor([0])), silu))) // [0]
 * @category activations
 * @since 0.1.0
 */
export const silu: Elementwise<'silu', 'float'> = elementwise('silu', 'float', (x) =>
  pipe(x, multiply(pipe(x, sigmoid)))
)

/**
 * The smooth rectifier, without overflow.
 *
 *     softplus(x) = ln(1 + eˣ) = max(x, 0) + ln(1 + e^(−|x|))        softplus′(x) = sigmoid(x)
 *
 * @param self f32 or f64, any shape.
 * @returns the same shape.
 * @see Dugas, Bengio, Bélisle, Nadeau & Garcia 2001, Incorporating second-order functional knowledge
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { evaluate } from 'gradfold/engine'
 * import { constant, softplus } from 'gradfold/expr'
 * import { tensor, toArray } from 'gradfold/tensor'
 * toArray(evaluate(pipe(constant(tensor([-1000, 1000])), softplus))) // [0, 1000]
 * @category activations
 * @since 0.1.0
 */
export const softplus: Elementwise<'softplus', 'float'> = elementwise('softplus', 'float', (x) => {
  // chosen by one condition, so that the two derivatives belong to the same side at 0
  const isNegative = pipe(x, less(0))
  const above = pipe(isNegative, select(0, x))
  const distance = pipe(isNegative, select(x, pipe(x, negate)))
  return pipe(distance, exp, log1p, add(above))
})

/**
 * The identity between two bounds, constant beyond: `clip` with the derivative of an activation.
 *
 *     hardTanh(x) = low where x ≤ low, high where x ≥ high, x elsewhere
 *     its derivative: 1 where low < x < high, 0 elsewhere (on the bounds too, as in PyTorch; `clip` has 1 there)
 *
 * @param low finite. Default −1.
 * @param high finite, low < high. Default 1.
 * @param self f32 or f64, any shape; NaN stays NaN.
 * @returns the same shape.
 * @throws where a bound is not finite, or low ≥ high.
 * @see Collobert 2004, Large scale machine learning
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { evaluate } from 'gradfold/engine'
 * import { constant, hardTanh } from 'gradfold/expr'
 * import { tensor, toArray } from 'gradfold/tensor'
 * toArray(evaluate(pipe(constant(tensor([-2, 0.5, 2])), hardTanh()))) // [-1, 0.5, 1]
 * @category activations
 * @since 0.1.0
 */
export const hardTanh = (low = -1, high = 1): Elementwise<'hardTanh', 'float'> => {
  if (!(finite('hardTanh', 'low', low) < finite('hardTanh', 'high', high)))
    raise(`hardTanh: low has to be less than high, got ${low} and ${high}`)
  return elementwise('hardTanh', 'float', (x) => {
    const bounded = pipe(x, greaterEqual(high), select(high, x))
    return pipe(x, lessEqual(low), select(low, bounded))
  })
}

/**
 * The threshold unit: the derivative of `relu`.
 *
 *     step(x) = 1 where x > 0, 0 where x ≤ 0        its derivative is 0
 *
 * @param self f32 or f64, any shape; NaN stays NaN.
 * @returns the same shape.
 * @see McCulloch & Pitts 1943, A logical calculus of the ideas immanent in nervous activity
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { evaluate } from 'gradfold/engine'
 * import { constant, step } from 'gradfold/expr'
 * import { tensor, toArray } from 'gradfold/tensor'
 * toArray(evaluate(pipe(constant(tensor([-2, 0, 2])), step))) // [0, 0, 1]
 * @category activations
 * @since 0.1.0
 */
export const step: Elementwise<'step', 'float'> = elementwise('step', 'float', (x) =>
  stopGradient(pipe(x, greater(0), select(1, pipe(x, lessEqual(0), select(0, x)))))
)
