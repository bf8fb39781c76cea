/**
 * Where each variable of a program lives while the program runs.
 *
 * @since 0.1.0
 */
import { variableSlots, type Program } from '../../expr/internal.ts'
import { size } from '../../shape/index.ts'
import type { Slot } from '../../tensor/index.ts'
import type { Kernel } from './kernel.ts'

// model

/**
 * Where a variable's elements are.
 *
 * - `given`: somebody else's buffer: an input of the program, or a result of a program inside
 * - `constant`: the same in every run
 * - `view`: the bytes of another variable
 * - `fresh`: a new buffer in each run, because it leaves the program
 * - `register`: a buffer that the executable keeps, and shares among variables whose lives do not overlap
 */
type Place =
  | { readonly kind: 'given' }
  | { readonly kind: 'constant' }
  | { readonly kind: 'view' }
  | { readonly kind: 'fresh' }
  | { readonly kind: 'register'; readonly register: number }

export interface Plan {
  /** the place of every variable */
  readonly places: readonly Place[]
  /** what each register holds */
  readonly registers: readonly Slot[]
  /** the variables that nobody reads after each equation */
  readonly released: readonly (readonly number[])[]
}

/** The first output variable of each equation. */
export const firstOutputs = ({ inputs, equations }: Program): readonly number[] => {
  let next = inputs.length
  return equations.map(({ outputs }) => {
    const first = next
    next += outputs.length
    return first
  })
}

// passes

/** Which equations the results depend on. */
export const neededEquations = (program: Program, firsts: readonly number[]): readonly boolean[] => {
  const wanted = new Set(program.outputs)
  const needed = program.equations.map(() => false)
  for (let e = program.equations.length - 1; e >= 0; e -= 1) {
    const { operands, outputs } = program.equations[e]!
    if (!outputs.some((_, i) => wanted.has(firsts[e]! + i))) continue
    needed[e] = true
    for (const operand of operands) wanted.add(operand)
  }
  return needed
}

/** The variable whose bytes each variable reads: itself, unless it is a view. */
const rootsOf = (program: Program, kernels: readonly (Kernel | undefined)[], firsts: readonly number[]): Int32Array => {
  const roots = Int32Array.from(variableSlots(program), (_, variable) => variable)
  program.equations.forEach(({ operands }, e) => {
    if (kernels[e]?.kind === 'view') roots[firsts[e]!] = roots[operands[0]!]!
  })
  return roots
}

/** The last equation that reads each root; those that leave the program are read after all equations. */
const lastUses = (program: Program, kernels: readonly (Kernel | undefined)[], roots: Int32Array): Int32Array => {
  const last = new Int32Array(roots.length).fill(-1)
  program.equations.forEach(({ operands }, e) => {
    const kernel = kernels[e]
    if (kernel === undefined) return
    // what a program inside is given may come back as its result
    const use = kernel.kind === 'program' ? kernels.length : e
    for (const operand of operands) last[roots[operand]!] = Math.max(last[roots[operand]!]!, use)
  })
  for (const output of program.outputs) last[roots[output]!] = kernels.length
  return last
}

/** Gives every variable its place. A kernel that is undefined belongs to an equation that is not needed. */
export const planOf = (program: Program, kernels: readonly (Kernel | undefined)[], firsts: readonly number[]): Plan => {
  const slots = variableSlots(program)
  const roots = rootsOf(program, kernels, firsts)
  const last = lastUses(program, kernels, roots)
  const places: Place[] = slots.map(() => ({ kind: 'given' }))
  const registers: Slot[] = []
  const free = new Map<string, number[]>()
  const keyOf = ({ dtype, shape }: Slot): string => `${dtype} ${size(shape)}`
  const take = (slot: Slot): number => {
    const register = free.get(keyOf(slot))?.pop()
    return register ?? registers.push(slot) - 1
  }
  const ending = program.equations.map((): number[] => [])
  const release = (e: number): void => {
    for (const variable of ending[e]!) {
      const place = places[variable]!
      if (place.kind !== 'register') continue
      const key = keyOf(slots[variable]!)
      const list = free.get(key)
      if (list === undefined) free.set(key, [place.register])
      else list.push(place.register)
    }
  }
  roots.forEach((root, variable) => {
    const end = last[root]!
    if (end >= 0 && end < ending.length) ending[end]!.push(variable)
  })
  program.equations.forEach(({ outputs }, e) => {
    const kernel = kernels[e]
    outputs.forEach((slot, i) => {
      const variable = firsts[e]! + i
      if (kernel?.kind === 'constant' || kernel?.kind === 'view') places[variable] = { kind: kernel.kind }
      if (kernel?.kind !== 'compute') return
      places[variable] =
        last[variable] === kernels.length ? { kind: 'fresh' } : { kind: 'register', register: take(slot) }
    })
    // an output that nobody reads ends where it begins
    outputs.forEach((_, i) => {
      const variable = firsts[e]! + i
      if (kernel?.kind === 'compute' && last[variable] === -1) ending[e]!.push(variable)
    })
    release(e)
  })
  return { places, registers, released: ending }
}
