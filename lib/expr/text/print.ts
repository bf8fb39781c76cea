/**
 * Printing programs: the canonical text, one for each program.
 *
 *     program(v0: f32[2, 3], v1: f32[3]) {
 *       v2: f32[2, 3] = broadcast[axes = [1], shape = [2, 3]](v1)
 *       v3: f32[2, 3] = add(v0, v2)
 *       return v3
 *     }
 *
 * Variables are numbered as in the program, parameters stand in alphabetical order, programs within parameters are
 * indented by two more spaces, and constants are the shortest decimals that read back to the same bits.
 *
 * @since 0.1.0
 */
import { raise } from '../../shape/index.ts'
import { isDType, isTensor, showSlot, type AnyTensor, type Slot } from '../../tensor/index.ts'
import { bufferOf } from '../../tensor/internal.ts'
import { isProgram, type Equation, type Program } from '../program.ts'
import { notation, showNumber } from './number.ts'

// destructors

/**
 * The canonical text of a program: it parses back to the same program, and equal programs have equal texts.
 *
 * NaN is printed as `nan`, whatever its bits: it reads back as the canonical NaN.
 *
 * @param program any program, of any length
 * @returns lines of text without a line break at the end
 * @example
 * import { parse, print } from 'gradfold/expr'
 * const text = print({ inputs: [{ shape: [], dtype: 'f32' }], equations: [], outputs: [0] })
 * console.log(text)
 * // program(v0: f32[]) {
 * //   return v0
 * // }
 * parse(text)._tag // 'Right'
 * @category text
 * @since 0.1.0
 */
export const print = (program: Program): string => printProgram(program, '')

// internal

const variable = (number: number): string => `v${number}`

const declaration = (number: number, slot: Slot): string => `${variable(number)}: ${showSlot(slot)}`

const list = (items: readonly string[]): string => items.join(', ')

const printProgram = (program: Program, indent: string): string => {
  const inner = `${indent}  `
  const firsts = program.equations.reduce<{ readonly lines: string[]; readonly next: number }>(
    ({ lines, next }, equation) => {
      // the accumulator is a list made for this fold: a program may have 100,000 lines
      // eslint-disable-next-line functional/immutable-data
      lines.push(inner + printEquation(equation, next, inner))
      return { lines, next: next + equation.outputs.length }
    },
    { lines: [], next: program.inputs.length }
  )
  const head = `program(${list(program.inputs.map((slot, i) => declaration(i, slot)))}) {`
  const results = program.outputs.length === 0 ? 'return' : `return ${list(program.outputs.map(variable))}`
  return [head, ...firsts.lines, inner + results, `${indent}}`].join('\n')
}

const printEquation = (
  { primitive, parameters, operands, outputs }: Equation,
  first: number,
  indent: string
): string => {
  const targets = outputs.map((slot, i) => declaration(first + i, slot))
  const left = targets.length === 1 ? list(targets) : `(${list(targets)})`
  const attributes = Object.entries(parameters)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name} = ${printAttribute(value, indent)}`)
  const settings = attributes.length === 0 ? '' : `[${list(attributes)}]`
  return `${left} = ${primitive}${settings}(${list(operands.map(variable))})`
}

const isSlot = (u: object): u is Slot => 'shape' in u && 'dtype' in u && !isTensor(u)

const printAttribute = (u: unknown, indent: string): string => {
  if (typeof u === 'number') return showNumber(u)
  if (typeof u === 'boolean') return String(u)
  if (typeof u === 'string') return isDType(u) ? u : JSON.stringify(u)
  if (Array.isArray(u)) return `[${list(u.map((item: unknown) => printAttribute(item, indent)))}]`
  if (isTensor(u)) return printTensor(u)
  if (isProgram(u)) return printProgram(u, indent)
  if (typeof u === 'object' && u !== null && isSlot(u)) return showSlot(u)
  return raise(
    `print: a parameter is a number, a truth value, a name, a tensor, a slot, a program or a list, got ${String(u)}`
  )
}

const printTensor = (self: AnyTensor): string =>
  `${showSlot(self)} {${list(Array.from(bufferOf(self), notation[self.dtype].show))}}`
