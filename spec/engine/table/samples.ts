/**
 * A small program for each primitive and element type that it takes.
 *
 * Which types a primitive takes is asked of its definition: a sample that it refuses does not exist.
 */
import * as Either from 'fp-ts/lib/Either.js'
import type { Definition } from '../../../lib/expr/primitive/definition.ts'
import { definitionOf } from '../../../lib/expr/primitive/table.ts'
import {
  applyPrimitive,
  traceValues,
  type Parameters,
  type Primitive,
  type Program,
  type Value
} from '../../../lib/expr/internal.ts'
import { dtypes, slot, type DType, type Slot } from '../../../lib/tensor/index.ts'
import { tensorOf } from '../../arbitrary/tensor.ts'

/** One application: operands and parameters. */
interface Application<Q> {
  readonly operands: readonly Slot[]
  readonly parameters: Q
}

/** The applications of a primitive for a type: several where another type is a parameter. */
type Sample<Q> = (dtype: DType) => readonly Application<Q>[]

const shape = [3, 5]

const elementwise =
  (count: number) =>
  (dtype: DType): readonly Application<Parameters['add']>[] => [
    { operands: Array.from({ length: count }, () => slot(shape, dtype)), parameters: {} }
  ]

const one =
  <P extends Primitive>(parameters: Parameters[P], ...shapes: readonly (readonly number[])[]): Sample<Parameters[P]> =>
  (dtype) => [{ operands: (shapes.length === 0 ? [shape] : shapes).map((each) => slot(each, dtype)), parameters }]

const retyped: Sample<{ readonly dtype: DType }> = (dtype) =>
  dtypes.map((to) => ({ operands: [slot(shape, dtype)], parameters: { dtype: to } }))

const sliding = {
  stride: [1, 2],
  padding: [
    [1, 0],
    [1, 1]
  ],
  dilation: [1, 1]
} as const
const window = { size: [2, 3], ...sliding } as const
const image = [2, 4, 5, 3]
const windows = [2, 4, 3, 3]

/** Applied to values of any type: what is not made for bools is done by bits. */
const changed = (x: Value): Value => applyPrimitive(x.dtype === 'bool' ? 'xor' : 'add', [x, x], {})[0]!

const doubling = (dtype: DType): Program => traceValues([slot(shape, dtype)], (inputs) => inputs.map(changed))

const unary = elementwise(1)
const binary = elementwise(2)

/** The samples; a primitive without one does not compile. */
const samples: { readonly [P in Primitive]: Sample<Parameters[P]> } = {
  negate: unary,
  abs: unary,
  sign: unary,
  floor: unary,
  ceil: unary,
  round: unary,
  sqrt: unary,
  rsqrt: unary,
  cbrt: unary,
  exp: unary,
  exp2: unary,
  expm1: unary,
  log: unary,
  log1p: unary,
  log2: unary,
  log10: unary,
  tanh: unary,
  sinh: unary,
  cosh: unary,
  sin: unary,
  cos: unary,
  tan: unary,
  atan: unary,
  erf: unary,
  erfc: unary,
  erfInv: unary,
  sigmoid: unary,
  not: unary,
  stopGradient: unary,
  add: binary,
  subtract: binary,
  multiply: binary,
  divide: binary,
  remainder: binary,
  maximum: binary,
  minimum: binary,
  power: binary,
  atan2: binary,
  and: binary,
  or: binary,
  xor: binary,
  shiftLeft: binary,
  shiftRight: binary,
  equal: binary,
  less: binary,
  lessEqual: binary,
  select: (dtype) => [{ operands: [slot(shape, 'bool'), slot(shape, dtype), slot(shape, dtype)], parameters: {} }],
  convert: retyped,
  bitcast: retyped,
  constant: (dtype) => [
    {
      operands: [],
      parameters: {
        value: tensorOf(
          slot(shape, dtype),
          Array.from({ length: 15 }, (_, i) => i % 2)
        )
      }
    }
  ],
  iota: (dtype) => [{ operands: [], parameters: { shape, axis: 1, dtype } }],
  reduceSum: one<'reduceSum'>({ axes: [1] }),
  reduceProduct: one<'reduceProduct'>({ axes: [0] }),
  reduceMax: one<'reduceMax'>({ axes: [1] }),
  reduceMin: one<'reduceMin'>({ axes: [0, 1] }),
  argMax: one<'argMax'>({ axis: 1 }),
  matmul: one<'matmul'>({}, [2, 3, 5], [2, 5, 4]),
  broadcast: one<'broadcast'>({ shape: [2, 3, 5], axes: [1, 2] }),
  reshape: one<'reshape'>({ shape: [5, 3] }),
  transpose: one<'transpose'>({ permutation: [1, 0] }),
  reverse: one<'reverse'>({ axes: [1] }),
  slice: one<'slice'>({ start: [1, 0], stop: [3, 5], stride: [1, 2] }),
  pad: one<'pad'>({ low: [1, 0], high: [0, 2], interior: [0, 1] }, shape, []),
  concat: one<'concat'>({ axis: 1 }, [3, 5], [3, 2]),
  gather: (dtype) => [{ operands: [slot([4, 3], dtype), slot([5], 'i32')], parameters: { axis: 0, batch: 0 } }],
  scatterAdd: (dtype) => [
    { operands: [slot([4, 3], dtype), slot([5], 'i32'), slot([5, 3], dtype)], parameters: { axis: 0, batch: 0 } }
  ],
  convolution: one<'convolution'>({ ...sliding, groups: 1 }, image, [2, 3, 3, 4]),
  convolutionInputGradient: one<'convolutionInputGradient'>(
    { ...sliding, groups: 1, inputSize: [4, 5] },
    [2, 4, 3, 4],
    [2, 3, 3, 4]
  ),
  convolutionKernelGradient: one<'convolutionKernelGradient'>(
    { ...sliding, groups: 1, kernelSize: [2, 3] },
    image,
    [2, 4, 3, 4]
  ),
  windowMax: one<'windowMax'>(window, image),
  windowPick: one<'windowPick'>(window, image, image),
  windowScatter: one<'windowScatter'>(window, image, windows),
  windowSum: one<'windowSum'>(window, image),
  windowSpread: one<'windowSpread'>({ ...window, inputSize: [4, 5] }, windows),
  sort: (dtype) => [{ operands: [slot(shape, dtype), slot(shape, 'i32')], parameters: { axis: 1 } }],
  threefry2x32: elementwise(4),
  scan: (dtype) => [
    {
      operands: [slot(shape, dtype), slot([4, ...shape], dtype)],
      parameters: {
        body: traceValues([slot(shape, dtype), slot(shape, dtype)], ([carry, x]) => [changed(x!), changed(carry!)]),
        length: 4,
        constants: 0,
        carry: 1,
        reverse: false
      }
    }
  ],
  cond: (dtype) => [
    {
      operands: [slot([], 'bool'), slot(shape, dtype)],
      parameters: { whenTrue: doubling(dtype), whenFalse: traceValues([slot(shape, dtype)], (inputs) => inputs) }
    }
  ],
  whileLoop: (dtype) => [
    {
      operands: [slot([], 'i32'), slot(shape, dtype)],
      parameters: {
        predicate: traceValues([slot([], 'i32'), slot(shape, dtype)], ([i]) =>
          applyPrimitive('less', [applyPrimitive('remainder', [i!, five()], {})[0]!, three()], {})
        ),
        body: traceValues([slot([], 'i32'), slot(shape, dtype)], ([i, x]) => [
          applyPrimitive('add', [applyPrimitive('abs', [i!], {})[0]!, oneI32()], {})[0]!,
          changed(x!)
        ]),
        predicateConstants: 0,
        bodyConstants: 0
      }
    }
  ],
  customJvp: (dtype) => [
    {
      operands: [slot(shape, dtype)],
      parameters: {
        primal: doubling(dtype),
        jvp: traceValues([slot(shape, dtype), slot(shape, dtype)], (inputs) => inputs.map(changed))
      }
    }
  ],
  customVjp: (dtype) => [
    {
      operands: [slot(shape, dtype)],
      parameters: { primal: doubling(dtype), forward: doubling(dtype), backward: doubling(dtype) }
    }
  ],
  customLinear: () => []
}

const integer = (value: number): Value =>
  applyPrimitive('constant', [], { value: tensorOf(slot([], 'i32'), [value]) })[0]!
const oneI32 = (): Value => integer(1)
const three = (): Value => integer(3)
const five = (): Value => integer(5)

/** The program of a primitive for a type, or undefined where its definition refuses the type. */
export const sampleOf = (primitive: Primitive, dtype: DType): Program | undefined => {
  // sample and definition are of one primitive, so their parameters are; TypeScript does not see it through the index
  const made = (samples[primitive] as Sample<Parameters[Primitive]>)(dtype)
  const { infer } = definitionOf(primitive) as Definition<unknown>
  const taken = made.filter(({ operands, parameters }) => Either.isRight(infer(operands, parameters)))
  if (taken.length === 0) return undefined
  return traceValues(
    taken.flatMap(({ operands }) => operands),
    (inputs) => {
      let next = 0
      return taken.flatMap(({ operands, parameters }) => {
        next += operands.length
        return applyPrimitive(primitive, inputs.slice(next - operands.length, next), parameters as never)
      })
    }
  )
}
