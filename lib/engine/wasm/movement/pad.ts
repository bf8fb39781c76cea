/**
 * Padding: an element around and between the elements of a tensor. The result is written from its first byte to its
 * last, each once.
 *
 * @since 0.1.0
 */
import { size, type Sizes } from '../../../shape/index.ts'
import { countUp, define, i32, set, when, type Instruction, type Local, type NewLocal } from '../assembler/index.ts'
import { keyOf, type KernelRules } from '../kernel.ts'
import { bytesOf } from '../quad.ts'
import { advance } from './nest.ts'
import { copyRun, fillRun, splat } from './run.ts'

/** An axis that is padded: its length, and the bytes before it, after it, and between its elements. */
interface PaddedAxis {
  readonly length: number
  readonly low: number
  readonly high: number
  readonly interior: number
}

interface Padded {
  /** outermost first; the last one is padded, or there is none */
  readonly axes: readonly PaddedAxis[]
  /** bytes that stay together */
  readonly run: number
}

interface Pads {
  readonly low: Sizes
  readonly high: Sizes
  readonly interior: Sizes
}

/** The axes that a padding needs: what is not padded within goes along in one run, as far as nothing comes between. */
const paddedOf = (from: Sizes, to: Sizes, { low, high, interior }: Pads, width: number): Padded => {
  const isPadded = (axis: number): boolean => low[axis]! + high[axis]! + interior[axis]! > 0
  const inner = from.findLastIndex((_, axis) => isPadded(axis))
  const axes = from.slice(0, inner + 1).map((length, axis) => {
    const bytes = size(to.slice(axis + 1)) * width
    return { length, low: low[axis]! * bytes, high: high[axis]! * bytes, interior: interior[axis]! * bytes }
  })
  const run = size(from.slice(inner + 1)) * width
  const last = axes.at(-1)
  return last === undefined || last.interior > 0
    ? { axes, run }
    : { axes: axes.with(-1, { ...last, length: 1 }), run: run * last.length }
}

/** Writes the axes from one on, moving both pointers. */
const padding = (
  local: NewLocal,
  { axes, run }: Padded,
  to: Local<'i32'>,
  from: Local<'i32'>,
  value: Local<'v128'>,
  axis = 0
): readonly Instruction[] => {
  const here = axes[axis]
  if (here === undefined) return [...copyRun(local, to, from, run), ...advance(from, run), ...advance(to, run)]
  const fill = (bytes: number): readonly Instruction[] =>
    bytes === 0 ? [] : [...fillRun(local, to, value, bytes), ...advance(to, bytes)]
  const { length, low, high, interior } = here
  const inside = padding(local, { axes, run }, to, from, value, axis + 1)
  const i = local('i32')
  const between = interior === 0 ? [] : [when(i32.lessUnsigned(i, length - 1), fill(interior))]
  return [...fill(low), ...(length === 1 ? inside : [countUp(i, 0, length, 1, [...inside, ...between])]), ...fill(high)]
}

export const pad: KernelRules<'pad'> = {
  pad: (compilation, task) => {
    const { operands, outputs, parameters } = task
    const [{ shape: from, dtype }, { shape: to }] = [operands[0]!, outputs[0]!]
    const width = bytesOf(dtype)
    const definition = compilation.shared(keyOf('pad', task), () =>
      define('pad', ['i32', 'i32', 'i32'], [], ([x, element, out], local) => {
        if (size(to) === 0) return []
        const value = local('v128')
        return [
          set(value, splat(width, element)),
          ...(size(from) === 0
            ? fillRun(local, out, value, size(to) * width)
            : padding(local, paddedOf(from, to, parameters, width), out, x, value))
        ]
      })
    )
    return { definition, scratch: 0, operations: size(to) }
  }
}
