/**
 * A compiled program in words: kernels, buffers, bytes, operations.
 *
 * @since 0.1.0
 */
import { outputSlots, type Program } from '../../../expr/internal.ts'
import type { Slot } from '../../../tensor/index.ts'
import { laidOut } from '../image.ts'
import { bytesIn } from '../quad.ts'
import type { Lowered } from '../lower.ts'
import { counted, digits, shortName, showBuffer, table } from './words.ts'

const total = (numbers: readonly number[]): number => numbers.reduce((sum, n) => sum + n, 0)

const list = (label: string, items: readonly string[]): readonly string[] =>
  items.map((item, i) => `      ${(i === 0 ? label : '').padEnd(7)} ${item}`)

/** One call: its line of the table, then the buffers that it reads and writes. */
const buffersOf = (lowered: Lowered, call: number): readonly string[] => {
  const { kernel, reads, writes } = lowered.calls[call]!
  return [
    ...list(
      'reads',
      reads.map(({ buffer, offset }) => `${showBuffer(lowered, buffer)}${offset === 0 ? '' : `, from byte ${offset}`}`)
    ),
    ...list(
      'writes',
      writes.map((buffer) => showBuffer(lowered, buffer))
    ),
    ...(kernel.scratch === 0
      ? []
      : list('scratch', [`${digits(kernel.scratch)} bytes at frame + ${digits(lowered.plan.scratch[call]!)}`]))
  ]
}

/**
 * The plan by which the WebAssembly engine runs a program, as text: its kernels in order with the primitives that each
 * computes, the buffers that they read and write, where these are in memory, and how large everything is.
 *
 * Bytes of a kernel are those of the buffers that it reads and writes, each counted once; operations are an estimate of
 * its floating-point or integer operations (FLOP) in one run, where an elementary function counts as several.
 *
 * A training makes its programs itself: an engine around the engine sees them.
 *
 *     const explaining: Engine = {
 *       name: 'explaining',
 *       compile: (program) => {
 *         console.log(explain(program))
 *         return wasm().compile(program)
 *       }
 *     }
 *
 * @param program what would be compiled; `print` of gradfold/expr shows the program itself.
 * @returns lines of text for people; its form is no promise.
 * @throws what compiling the program throws.
 * @example
 * import { explain } from 'gradfold/engine'
 * import { add, matmul, program, relu, type Expr } from 'gradfold/expr'
 * import { slot } from 'gradfold/tensor'
 * const layer = (x: Expr<[8, 3]>, w: Expr<[3, 4]>, b: Expr<[4]>) => relu(add(b)(matmul(w)(x)))
 * const text = explain(program(layer)(slot([8, 3], 'f32'), slot([3, 4], 'f32'), slot([4], 'f32')))
 * console.log(text.includes('matmul')) // true
 * @category debugging
 * @since 0.1.0
 */
export const explain = (program: Program): string => {
  const { lowered, pages, segments } = laidOut(program)
  const { calls, kernel, plan } = lowered
  const bytesOf = (slots: readonly Slot[]): number => total(slots.map(bytesIn))
  const traffic = ({ reads, writes }: (typeof calls)[number]): number =>
    bytesOf([...new Set([...reads.map(({ buffer }) => buffer), ...writes])].map(lowered.slotOf))
  const lines = table([
    ['#', 'kernel', 'operations', 'bytes'],
    ...calls.map((call, i) => [String(i), shortName(call.name), digits(call.kernel.operations), digits(traffic(call))])
  ])
  return [
    `${counted(calls.length, 'kernel')} for ${counted(program.equations.length, 'equation')}, about ${digits(kernel.operations)} operations`,
    `${digits(65536 * pages)} bytes of memory: inputs ${digits(bytesOf(program.inputs))}, outputs ${digits(bytesOf(outputSlots(program)))}, ` +
      `constants ${digits(total(segments.map(({ bytes }) => bytes.length)))}, frame ${digits(plan.bytes)}`,
    '',
    lines[0]!,
    ...calls.flatMap((_, i) => [lines[i + 1]!, ...buffersOf(lowered, i)])
  ].join('\n')
}
