/**
 * Transposes of the linear primitives, and of the bilinear ones in each operand.
 *
 * @since 0.1.0
 */
import { applyOne, type Pair, type Parameters, type Primitive, type Value } from '../../expr/internal.ts'
import type { Sizes } from '../../shape/index.ts'
import {
  divide,
  inverse,
  matmul,
  multiply,
  negate,
  range,
  reduceSum,
  reshape,
  select,
  slice,
  spread,
  transpose,
  transposeMatrices,
  scalar,
  zeros,
  type Tangent
} from '../build.ts'
import { because, type TransposeContext, type TransposeRule } from '../rule.ts'

/** A rule of the one cotangent and the operands, for a defined cotangent. */
const rule =
  <Q>(back: (cotangent: Value, context: TransposeContext<Q>) => readonly Tangent[]): TransposeRule<Q> =>
  (context) => {
    const [cotangent] = context.cotangents
    return cotangent === undefined ? context.operands.map(() => undefined) : back(cotangent, context)
  }

/** A rule of two operands, linear in either but not in both together. */
const either = <Q>(
  byFirst: (cotangent: Value, second: Value, parameters: Q, first: Value) => Value,
  bySecond: (cotangent: Value, first: Value, parameters: Q, second: Value) => Value
): TransposeRule<Q> =>
  rule((cotangent, { operands: [a, b], linear, parameters }) => {
    if (a === undefined || b === undefined) return []
    return [
      linear[0] === true ? byFirst(cotangent, b, parameters, a) : undefined,
      linear[1] === true ? bySecond(cotangent, a, parameters, b) : undefined
    ]
  })

const image = (x: Value): Pair => [x.shape[1] ?? 0, x.shape[2] ?? 0]
const kernel = (x: Value): Pair => [x.shape[0] ?? 0, x.shape[1] ?? 0]

/** The axes of a result that a broadcast made, and those along which it repeated. */
const repeated = (from: Sizes, { shape, axes }: Parameters['broadcast']): Sizes =>
  range(shape.length).filter((axis) => {
    const source = axes.indexOf(axis)
    return source < 0 || (from[source] === 1 && shape[axis] !== 1)
  })

/** The inside of a padded value: what `slice` has to take. */
const inner = (cotangent: Value, from: Sizes, { low, interior }: Parameters['pad']): Value =>
  slice(
    cotangent,
    low,
    from.map((n, i) => (low[i] ?? 0) + (n === 0 ? 0 : (n - 1) * ((interior[i] ?? 0) + 1) + 1)),
    interior.map((n) => n + 1)
  )

/** Where a padded value is padding. */
const padding = (from: Sizes, parameters: Parameters['pad']): Value =>
  applyOne('pad', [zeros({ shape: from, dtype: 'bool' }), scalar(1, 'bool')], parameters)

const total = (x: Value): Value => reduceSum(x, range(x.shape.length))

const notLinear = (name: Primitive) => because(`grad: ${name} is not linear, so it never has to be transposed`)

const piecewise = [
  'sign',
  'floor',
  'ceil',
  'round',
  'not',
  'stopGradient',
  'and',
  'or',
  'xor',
  'shiftLeft',
  'shiftRight',
  'equal',
  'less',
  'lessEqual',
  'bitcast',
  'constant',
  'iota',
  'argMax',
  'threefry2x32',
  'sort'
] as const

const curved = [
  'abs',
  'sqrt',
  'rsqrt',
  'cbrt',
  'exp',
  'exp2',
  'expm1',
  'log',
  'log1p',
  'log2',
  'log10',
  'tanh',
  'sinh',
  'cosh',
  'sin',
  'cos',
  'tan',
  'atan',
  'erf',
  'erfc',
  'erfInv',
  'sigmoid',
  'remainder',
  'maximum',
  'minimum',
  'power',
  'atan2',
  'reduceProduct',
  'reduceMax',
  'reduceMin',
  'windowMax'
] as const

const reasons = <P extends Primitive>(names: readonly P[]): { readonly [Q in P]: ReturnType<typeof notLinear> } =>
  // fromEntries forgets which keys it was given
  Object.fromEntries(names.map((name) => [name, notLinear(name)])) as {
    readonly [Q in P]: ReturnType<typeof notLinear>
  }

export const linear = {
  ...reasons(piecewise),
  ...reasons(curved),
  negate: rule((ct) => [negate(ct)]),
  add: rule((ct, { linear: [a, b] }) => [a === true ? ct : undefined, b === true ? ct : undefined]),
  subtract: rule((ct, { linear: [a, b] }) => [a === true ? ct : undefined, b === true ? negate(ct) : undefined]),
  multiply: either<Parameters['multiply']>(
    (ct, b) => multiply(ct, b),
    (ct, a) => multiply(a, ct)
  ),
  divide: rule((ct, { operands: [, b] }) => [b && divide(ct, b)]),
  select: rule((ct, { operands: [condition], linear: [, a, b] }) => [
    undefined,
    a === true && condition !== undefined ? select(condition, ct, zeros(ct)) : undefined,
    b === true && condition !== undefined ? select(condition, zeros(ct), ct) : undefined
  ]),
  convert: rule((ct, { operands: [x] }) => [x && applyOne('convert', [ct], { dtype: x.dtype })]),
  reduceSum: rule<Parameters['reduceSum']>((ct, { operands: [x], parameters }) => [
    x && spread(ct, x.shape, parameters.axes)
  ]),
  matmul: either<Parameters['matmul']>(
    (ct, b) => matmul(ct, transposeMatrices(b)),
    (ct, a) => matmul(transposeMatrices(a), ct)
  ),
  broadcast: rule<Parameters['broadcast']>((ct, { operands: [x], parameters }) => [
    x && reshape(reduceSum(ct, repeated(x.shape, parameters)), x.shape)
  ]),
  reshape: rule<Parameters['reshape']>((ct, { operands: [x] }) => [x && reshape(ct, x.shape)]),
  transpose: rule<Parameters['transpose']>((ct, { parameters }) => [transpose(ct, inverse(parameters.permutation))]),
  reverse: rule<Parameters['reverse']>((ct, { parameters }) => [applyOne('reverse', [ct], parameters)]),
  slice: rule<Parameters['slice']>((ct, { operands: [x], parameters: { start, stride } }) => {
    if (x === undefined) return []
    const reach = ct.shape.map((n, i) => (start[i] ?? 0) + (n === 0 ? 0 : (n - 1) * (stride[i] ?? 1) + 1))
    return [
      applyOne('pad', [ct, scalar(0, ct.dtype)], {
        low: start,
        high: x.shape.map((n, i) => n - (reach[i] ?? 0)),
        interior: stride.map((n) => n - 1)
      })
    ]
  }),
  pad: rule<Parameters['pad']>((ct, { operands: [x], linear: [ofX, ofValue], parameters }) => {
    if (x === undefined) return []
    return [
      ofX === true ? inner(ct, x.shape, parameters) : undefined,
      ofValue === true ? total(select(padding(x.shape, parameters), ct, zeros(ct))) : undefined
    ]
  }),
  concat: rule<Parameters['concat']>((ct, { operands, linear: isLinear, parameters: { axis } }) =>
    operands.map((x, i) => {
      const before = operands.slice(0, i).reduce((n, other) => n + (other.shape[axis] ?? 0), 0)
      const start = ct.shape.map((_, j) => (j === axis ? before : 0))
      const stop = ct.shape.map((n, j) => (j === axis ? before + (x.shape[axis] ?? 0) : n))
      return isLinear[i] === true ? slice(ct, start, stop) : undefined
    })
  ),
  gather: rule<Parameters['gather']>((ct, { operands: [x, indices], parameters }) => [
    x && indices && applyOne('scatterAdd', [zeros(x), indices, ct], parameters)
  ]),
  scatterAdd: rule<Parameters['scatterAdd']>(
    (ct, { operands: [, indices], linear: [target, , updates], parameters }) => [
      target === true ? ct : undefined,
      undefined,
      updates === true && indices !== undefined ? applyOne('gather', [ct, indices], parameters) : undefined
    ]
  ),
  convolution: either<Parameters['convolution']>(
    (ct, k, parameters, x) => applyOne('convolutionInputGradient', [ct, k], { ...parameters, inputSize: image(x) }),
    (ct, x, parameters, k) => applyOne('convolutionKernelGradient', [x, ct], { ...parameters, kernelSize: kernel(k) })
  ),
  convolutionInputGradient: either<Parameters['convolutionInputGradient']>(
    (ct, k, { inputSize: _, ...parameters }) => applyOne('convolution', [ct, k], parameters),
    (ct, y, { inputSize: _, ...parameters }, k) =>
      applyOne('convolutionKernelGradient', [ct, y], { ...parameters, kernelSize: kernel(k) })
  ),
  convolutionKernelGradient: either<Parameters['convolutionKernelGradient']>(
    (ct, y, { kernelSize: _, ...parameters }, x) =>
      applyOne('convolutionInputGradient', [y, ct], { ...parameters, inputSize: image(x) }),
    (ct, x, { kernelSize: _, ...parameters }) => applyOne('convolution', [x, ct], parameters)
  ),
  windowPick: rule<Parameters['windowPick']>((ct, { operands: [x], parameters }) => [
    undefined,
    x && applyOne('windowScatter', [x, ct], parameters)
  ]),
  windowScatter: rule<Parameters['windowScatter']>((ct, { operands: [x], parameters }) => [
    undefined,
    x && applyOne('windowPick', [x, ct], parameters)
  ]),
  windowSum: rule<Parameters['windowSum']>((ct, { operands: [x], parameters }) => [
    x && applyOne('windowSpread', [ct], { ...parameters, inputSize: image(x) })
  ]),
  windowSpread: rule<Parameters['windowSpread']>((ct, { parameters: { inputSize: _, ...parameters } }) => [
    applyOne('windowSum', [ct], parameters)
  ])
}
