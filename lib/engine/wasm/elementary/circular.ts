/**
 * Trigonometric functions and arctangents of scalars, in both types.
 *
 * @since 0.1.0
 */
import { call, f64, type FunctionDefinition, type Instruction } from '../assembler/index.ts'
import { PI } from '../../elementary/double-double.ts'
import type { Compilation } from '../compilation.ts'
import type { Writer } from '../quad.ts'
import { atanExtended } from './arctangent-extended.ts'
import { atan2_64, atan64 } from './arctangent.ts'
import { chosenPair } from './computed.ts'
import { constantPair, divide, negate, pair, subtract, type Pair } from './double-double.ts'
import { isLess } from './float64.ts'
import { roundedOf, roundOnce } from './rounding.ts'
import { keep, scalarDefinition, type ScalarRules } from './scalar.ts'
import { cosExtendedOfNumber, sinExtendedOfNumber, tanExtendedOfNumber } from './trigonometric-extended.ts'
import { cos64, sin64, tan64 } from './trigonometric.ts'

// double-double

const atanNear = (writer: Writer, x: Pair): Pair =>
  atanExtended(writer, x, call('f64', atan64(writer.compilation), x.high))

const atan2Extended = (writer: Writer, y: Instruction<'f64'>, x: Instruction<'f64'>): Pair => {
  const height = pair(keep(writer, f64.abs(y)))
  const angle = atanNear(writer, divide(writer, height, pair(keep(writer, f64.abs(x)))))
  const turned = chosenPair(writer, isLess(x, 0), subtract(writer, constantPair(PI), angle), angle)
  return chosenPair(writer, isLess(y, 0), negate(writer, turned), turned)
}

// float32

const atan2_32 = (compilation: Compilation): FunctionDefinition =>
  scalarDefinition(compilation, 'atan2 f32', ['f32', 'f32'], ['f32'], (writer, [y, x]) => {
    const height = keep(writer, f64.promoteF32(y))
    const width = keep(writer, f64.promoteF32(x))
    const angle = call('f64', atan2_64(compilation), height, width)
    return [roundOnce(writer, angle, (inner) => atan2Extended(inner, height, width))]
  })

// tables

/** Functions of one argument. */
export const circular = {
  sin: { f32: roundedOf('sin', sin64, sinExtendedOfNumber), f64: sin64 },
  cos: { f32: roundedOf('cos', cos64, cosExtendedOfNumber), f64: cos64 },
  tan: { f32: roundedOf('tan', tan64, tanExtendedOfNumber), f64: tan64 },
  atan: { f32: roundedOf('atan', atan64, (writer, x) => atanNear(writer, pair(x))), f64: atan64 }
} satisfies ScalarRules<'sin' | 'cos' | 'tan' | 'atan'>

/** The angle of the point (x, y), given y first. */
export const circularOfTwo = { atan2: { f32: atan2_32, f64: atan2_64 } } satisfies ScalarRules<'atan2'>
