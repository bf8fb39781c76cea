/**
 * Random programs: always valid, with every primitive, nested ones included.
 *
 *     fc.assert(fc.property(arbitraryProgram(), (program) => …))
 *     fc.assert(fc.property(arbitraryRun({ dtypes: ['f64'] }), ([program, inputs]) => …))   with inputs to run it on
 *
 * A program is built by moves (spec/arbitrary/move.ts), each a primitive and some dice: the primitive is applied to
 * values that are there already, or skipped where none fits. So programs shrink by dropping moves and lowering dice.
 * Programs without `customLinear` (left out unless asked for) can be run on any engine.
 */
import * as fc from 'fast-check'
import {
  primitives,
  programOf,
  inputValue,
  applyOne,
  type Primitive,
  type Program,
  type Value
} from '../../lib/expr/internal.ts'
import { dtypes as allTypes, sameSlot, type AnyTensor, type DType, type Slot } from '../../lib/tensor/index.ts'
import { moves, type Table } from './move.ts'
import { arbitrarySlot, arbitraryTensorOf, tensorOf, type Elements } from './tensor.ts'

export interface ProgramOptions {
  /** The element types of inputs, constants and conversions; a primitive's own types (i32 indices, bool) come besides. Default all. */
  readonly dtypes?: readonly DType[]
  /** The primitives that may occur; constants and helpers of control flow come besides. Default all that can be computed. */
  readonly primitives?: readonly Primitive[]
  /** The greatest number of moves. Default 12. */
  readonly length?: number
  /** How deep programs nest in scan, cond and whileLoop. Default 2. */
  readonly depth?: number
  /** The greatest axis of an input. Default 4. */
  readonly axis?: number
  /** Whether inputs may have axes of no elements. Default false. */
  readonly empty?: boolean
  /** Values with more elements are not built. Default 256. */
  readonly limit?: number
  /** Which numbers constants and inputs hold. Default 'any'. */
  readonly elements?: Elements
}

/** A step as data. */
interface Step {
  readonly primitive: Primitive
  readonly dice: number
  readonly steps: readonly Step[]
}

/** The primitives that an engine computes. */
export const computable: readonly Primitive[] = primitives.filter((primitive) => primitive !== 'customLinear')

const nesting: readonly Primitive[] = ['scan', 'cond', 'whileLoop']

const arbitrarySteps = (among: readonly Primitive[], length: number, depth: number): fc.Arbitrary<readonly Step[]> => {
  const here = depth > 0 ? among : among.filter((primitive) => !nesting.includes(primitive))
  // without a choice there is nothing to build
  if (here.length === 0) return fc.constant([])
  return fc.array(
    fc.constantFrom(...here).chain((primitive) =>
      fc.record({
        primitive: fc.constant(primitive),
        dice: fc.nat({ max: 0x7fffffff }),
        steps: nesting.includes(primitive) ? arbitrarySteps(among, 4, depth - 1) : fc.constant([])
      })
    ),
    { minLength: Math.min(1, length), maxLength: length }
  )
}

/** A well-mixed 32-bit word of two (the finaliser of MurmurHash3). */
const mix = (a: number, b: number): number => {
  const first = Math.imul((a + Math.imul(b + 1, 0x9e3779b1)) | 0, 0x85ebca6b)
  const second = Math.imul(first ^ (first >>> 13), 0xc2b2ae35)
  return (second ^ (second >>> 16)) >>> 0
}

const specials = [NaN, Infinity, -Infinity, -0, 1e-45, 5e-324, 3.4e38, 1 / 3]

/** A constant whose elements come from a die. */
const constantOf = (self: Slot, seed: number, elements: Elements): Value => {
  const length = self.shape.reduce((product, n) => product * n, 1)
  const value = tensorOf(
    self,
    Array.from({ length }, (_, i) => {
      const word = mix(seed, i)
      const small = (word % 33) / 8 - 2
      switch (self.dtype) {
        case 'f32':
        case 'f64':
          return elements === 'any' && word % 5 === 0 ? (specials[(word >>> 8) % specials.length] ?? 0) : small
        case 'i32':
          return Math.floor(small * 4)
        case 'u32':
          return word % 9
        case 'bool':
          return word % 2
      }
    })
  )
  return applyOne('constant', [], { value })
}

interface Settings {
  readonly dtypes: readonly DType[]
  readonly limit: number
  readonly elements: Elements
}

const tableOf = (pool: readonly Value[], step: Step, settings: Settings): Table => {
  const roll = (die: number, sides: number): number => (sides <= 1 ? 0 : mix(step.dice, die) % sides)
  const middle = step.steps.length >> 1
  return {
    pool,
    dtypes: settings.dtypes,
    roll,
    supply: (die, wanted) => {
      const fitting = pool.filter((value) => sameSlot(value, wanted))
      const found = fitting[roll(die + 100, fitting.length + 1)]
      return found ?? constantOf({ shape: wanted.shape, dtype: wanted.dtype }, mix(step.dice, die), settings.elements)
    },
    inside: (inputs, half) =>
      build(inputs, half === 0 ? step.steps.slice(0, middle + 1) : step.steps.slice(middle), settings)
  }
}

const within = (limit: number, values: readonly Value[]): boolean =>
  values.every(({ shape }) => shape.reduce((product, n) => product * n, 1) <= limit)

/** The given values and those that the steps make of them. */
const build = (inputs: readonly Value[], steps: readonly Step[], settings: Settings): readonly Value[] =>
  steps.reduce<readonly Value[]>((pool, step) => {
    const made = pool.length === 0 ? [] : (moves[step.primitive](tableOf(pool, step, settings)) ?? [])
    return within(settings.limit, made) ? [...pool, ...made] : pool
  }, inputs)

/** The results: the last value, all that no other value uses, and at most four. */
const resultsOf = (values: readonly Value[]): readonly Value[] => {
  const used = new Set<Value>(values.flatMap(({ node }) => (node.kind === 'apply' ? node.operands : [])))
  const open = values.filter((value) => !used.has(value))
  return (open.length === 0 ? values : open).slice(-4)
}

/** A random program. */
export const arbitraryProgram = (options: ProgramOptions = {}): fc.Arbitrary<Program> => {
  const settings: Settings = {
    dtypes: options.dtypes ?? allTypes,
    limit: options.limit ?? 256,
    elements: options.elements ?? 'any'
  }
  const inputs = fc.array(
    arbitrarySlot({ axis: options.axis ?? 4, empty: options.empty ?? false, dtypes: settings.dtypes }),
    { minLength: 1, maxLength: 4 }
  )
  const steps = arbitrarySteps(options.primitives ?? computable, options.length ?? 12, options.depth ?? 2)
  return fc.tuple(inputs, steps).map(([slots, list]) => {
    const values = slots.map(inputValue)
    return programOf(values, resultsOf(build(values, list, settings)))
  })
}

/** A random program and inputs to run it on. */
export const arbitraryRun = (
  options: ProgramOptions = {}
): fc.Arbitrary<readonly [program: Program, inputs: readonly AnyTensor[]]> =>
  arbitraryProgram(options).chain((program) =>
    fc
      .tuple(...program.inputs.map((slot) => arbitraryTensorOf(slot, options.elements ?? 'any')))
      .map((inputs) => [program, inputs] as const)
  )
