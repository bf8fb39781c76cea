/**
 * Elementary functions lane by lane: what calls a scalar function for each element, or for those that a fast path leaves.
 *
 * Each is a function of the module, so that its code stands there once however many kernels use it.
 *
 * @since 0.1.0
 */
import type { ElementaryBinaryName, ElementaryName } from '../../elementary/index.ts'
import {
  call,
  define,
  f32x4,
  f64x2,
  i32x4,
  set,
  when,
  type FunctionDefinition,
  type Instruction
} from '../assembler/index.ts'
import type { Compilation } from '../compilation.ts'
import { scalarFunction, scalarFunctionOfTwo } from '../elementary/index.ts'
import type { ElementRule } from '../quad.ts'

type Float = 'f32' | 'f64'

/** The vector whose lanes are `scalar` of the lanes of the operands. */
const everyLane = (
  scalar: FunctionDefinition,
  type: Float,
  operands: readonly Instruction<'v128'>[]
): Instruction<'v128'> => {
  if (type === 'f32') {
    const at = (lane: number) => call('f32', scalar, ...operands.map((operand) => f32x4.extract(operand, lane)))
    return [1, 2, 3].reduce((vector, lane) => f32x4.replace(vector, lane, at(lane)), f32x4.splat(at(0)))
  }
  const at = (lane: number) => call('f64', scalar, ...operands.map((operand) => f64x2.extract(operand, lane)))
  return f64x2.replace(f64x2.splat(at(0)), 1, at(1))
}

const ofOne = (compilation: Compilation, name: ElementaryName, type: Float): FunctionDefinition =>
  compilation.shared(`vector-math/${name} ${type}`, () =>
    define(`${name} of each lane`, ['v128'], ['v128'], ([x]) => [
      everyLane(scalarFunction(compilation, name, type), type, [x])
    ])
  )

const ofTwo = (compilation: Compilation, name: ElementaryBinaryName, type: Float): FunctionDefinition =>
  compilation.shared(`vector-math/${name} ${type}`, () =>
    define(`${name} of each lane`, ['v128', 'v128'], ['v128'], ([x, y]) => [
      everyLane(scalarFunctionOfTwo(compilation, name, type), type, [x, y])
    ])
  )

/** The type of a float operand: elementary functions have no others. */
const floatOf = (type: string | undefined): Float => (type === 'f64' ? 'f64' : 'f32')

/** The rule that calls the scalar function for every element. */
export const perLane =
  (name: ElementaryName): ElementRule<unknown> =>
  ({ compilation }, [x], { operands: [type] }) => {
    const definition = ofOne(compilation, name, floatOf(type))
    return [x!.map((vector) => call('v128', definition, vector))]
  }

/** The same for functions of two arguments. */
export const perLaneOfTwo =
  (name: ElementaryBinaryName): ElementRule<unknown> =>
  ({ compilation }, [x, y], { operands: [type] }) => {
    const definition = ofTwo(compilation, name, floatOf(type))
    return [x!.map((vector, index) => call('v128', definition, vector, y![index]!))]
  }

/**
 * `(x, result, mask) -> result`: four floats, of which those under the mask are computed anew by the scalar function.
 */
export const corrected = (compilation: Compilation, name: ElementaryName): FunctionDefinition =>
  compilation.shared(`vector-math/${name} corrected`, () =>
    define(`${name} of some lanes`, ['v128', 'v128', 'v128'], ['v128'], ([x, result, mask]) => {
      const scalar = scalarFunction(compilation, name, 'f32')
      return [
        ...[0, 1, 2, 3].map((lane) =>
          when(i32x4.extract(mask, lane), [
            set(result, f32x4.replace(result, lane, call('f32', scalar, f32x4.extract(x, lane))))
          ])
        ),
        result
      ]
    })
  )
