/**
 * Sorting along an axis, stably.
 *
 * @since 0.1.0
 */
import { operandOf, type Rules } from './kernel.ts'
import { axesOf, placesOf, rowMajor } from './strides.ts'

const signOfZero = (zero: number): number => (1 / zero < 0 ? -1 : 1)

/** Below zero where a comes before b: ascending, −0 before +0, every NaN last and equal to the others. */
const order = (a: number, b: number): number => {
  if (a < b) return -1
  if (a > b) return 1
  if (a === b) return a === 0 ? signOfZero(a) - signOfZero(b) : 0
  return Number(a !== a) - Number(b !== b)
}

export const sorting: Rules<'sort'> = {
  sort: (context, { axis }) => {
    const { shape } = operandOf(context, 0)
    const length = shape[axis]!
    const stride = rowMajor(shape)[axis]!
    const lines = placesOf({ offset: 0, axes: axesOf(shape).filter((_, other) => other !== axis) })
    const places = new Uint32Array(length)
    return {
      kind: 'compute',
      run: (inputs, outputs) => {
        const keys = inputs[0]!
        for (const line of lines) {
          for (let i = 0; i < length; i += 1) places[i] = line + i * stride
          places.sort((p, q) => order(keys[p]!, keys[q]!) || p - q)
          for (let value = 0; value < inputs.length; value += 1)
            for (let i = 0; i < length; i += 1) outputs[value]![line + i * stride] = inputs[value]![places[i]!]!
        }
      }
    }
  }
}
