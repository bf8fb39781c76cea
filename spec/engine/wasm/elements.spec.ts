import * as fc from 'fast-check'
import { describe, it } from 'vitest'
import type { Equation, Parameters } from '../../../lib/expr/internal.ts'
import { countUp, define, i32, set, type Instruction } from '../../../lib/engine/wasm/assembler/index.ts'
import type { Compilation } from '../../../lib/engine/wasm/compilation.ts'
import {
  constantQuad,
  elements,
  loadPart,
  loadQuad,
  storePart,
  storeQuad,
  type Count
} from '../../../lib/engine/wasm/elements/index.ts'
import type { Kernel } from '../../../lib/engine/wasm/kernel.ts'
import { bytesOf, kept, type ElementRule, type Quad, type Writer } from '../../../lib/engine/wasm/quad.ts'
import type { DType } from '../../../lib/tensor/index.ts'
import { draw } from '../reference/oracle/draw.ts'
import { literal, type Literal } from '../reference/oracle/literal.ts'
import { expectReference } from './literals.ts'

type Name = keyof typeof elements

interface Types {
  readonly operands: readonly DType[]
  readonly parameters?: Equation['parameters']
}

const floats = ['f32', 'f64'] as const
const integers = ['i32', 'u32'] as const
const numbers = [...floats, ...integers] as const
const bits = [...integers, 'bool'] as const
const all = [...numbers, 'bool'] as const

const one = (dtypes: readonly DType[]): readonly Types[] => dtypes.map((dtype) => ({ operands: [dtype] }))
const two = (dtypes: readonly DType[]): readonly Types[] => dtypes.map((dtype) => ({ operands: [dtype, dtype] }))

/** Every type of every primitive. */
const types: { readonly [K in Name]: readonly Types[] } = {
  negate: one(numbers),
  abs: one(numbers),
  sign: one(numbers),
  floor: one(floats),
  ceil: one(floats),
  round: one(floats),
  sqrt: one(floats),
  add: two(numbers),
  subtract: two(numbers),
  multiply: two(numbers),
  divide: two(numbers),
  remainder: two(numbers),
  maximum: two(numbers),
  minimum: two(numbers),
  not: one(bits),
  and: two(bits),
  or: two(bits),
  xor: two(bits),
  shiftLeft: two(integers),
  shiftRight: two(integers),
  equal: two(all),
  less: two(numbers),
  lessEqual: two(numbers),
  select: all.map((dtype) => ({ operands: ['bool', dtype, dtype] })),
  convert: all.flatMap((from) => all.map((dtype) => ({ operands: [from], parameters: { dtype } }))),
  bitcast: [
    ...(['f32', 'i32', 'u32'] as const).flatMap((from) =>
      (['f32', 'i32', 'u32'] as const).map((dtype) => ({ operands: [from], parameters: { dtype } }))
    ),
    { operands: ['f64'], parameters: { dtype: 'f64' } },
    { operands: ['bool'], parameters: { dtype: 'bool' } }
  ],
  stopGradient: one(all),
  threefry2x32: [{ operands: ['u32', 'u32', 'u32', 'u32'] }]
}

/** What is known of an operand when the code is written: nothing, or the number that all of its elements are. */
type Known = number | undefined

/** A kernel that applies a rule to rows of elements. */
const kernelOf =
  (
    name: Name,
    { operands, parameters = {} }: Types,
    outputs: readonly DType[],
    count: number,
    known: readonly Known[]
  ) =>
  (compilation: Compilation): Kernel => {
    // the table of types goes with the rules
    const rule = elements[name] as ElementRule<Parameters[Name]>
    const dtypes = [...operands, ...outputs]
    const definition = define(
      name,
      dtypes.map(() => 'i32' as const),
      [],
      (pointers, local) => {
        const written = (here: Count): readonly Instruction[] => {
          const code: Instruction<'none'>[] = []
          const writer: Writer = { compilation, local, write: (instruction) => void code.push(instruction) }
          const quads = operands.map((dtype, i): Quad => {
            const value = known[i]
            if (value !== undefined) return constantQuad(dtype, value)
            return here === 4 ? loadQuad(writer, dtype, pointers[i]!) : loadPart(writer, dtype, pointers[i]!, 0, here)
          })
          rule(writer, quads, { operands, outputs }, parameters as Parameters[Name]).forEach((quad, i) => {
            const to = pointers[operands.length + i]!
            if (here === 4) storeQuad(writer, outputs[i]!, to, 0, kept(writer, quad))
            else storePart(writer, outputs[i]!, to, 0, kept(writer, quad), here)
          })
          return code
        }
        const i = local('i32')
        const whole = Math.floor(count / 4) * 4
        const onward = pointers.map((pointer, p) => set(pointer, i32.add(pointer, 4 * bytesOf(dtypes[p]!))))
        return [
          ...(whole > 0 ? [countUp(i, 0, whole, 4, [...written(4), ...onward])] : []),
          ...(count > whole ? written((count - whole) as Count) : [])
        ]
      }
    )
    return { definition, scratch: 0, operations: count }
  }

const agrees = (name: Name, type: Types, operands: readonly Literal[], known: readonly Known[] = []): void => {
  expectReference(name, operands, (type.parameters ?? {}) as Parameters[Name], (compilation, { outputs }) =>
    kernelOf(
      name,
      type,
      outputs.map(({ dtype }) => dtype),
      operands[0]!.data.length,
      known
    )(compilation)
  )
}

const cases = Object.entries(types).flatMap(([name, list]) =>
  list.map((type): readonly [Name, string, Types] =>
    // the names are those of the table
    [name as Name, JSON.stringify(type), type]
  )
)

describe('element rules', () => {
  it.each(cases)('compute %s of %s as the reference engine does', (name, _, type) => {
    for (const count of [1, 2, 3, 4, 6])
      agrees(
        name,
        type,
        type.operands.map((dtype, i) => draw(dtype, [count], 77 * count + i))
      )
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        agrees(
          name,
          type,
          type.operands.map((dtype, i) => draw(dtype, [403], seed + i))
        )
      }),
      { numRuns: 4 }
    )
  })

  const constants: { readonly [T in DType]: readonly number[] } = {
    f32: [0, -0, 1.5, -3, NaN, Infinity, -Infinity, 1e-45],
    f64: [0, -0, 1.5, -3, NaN, Infinity, -Infinity, 5e-324],
    i32: [0, 1, -1, 7, 31, 32, 33, -2147483648],
    u32: [0, 1, 7, 31, 32, 33, 4294967295],
    bool: [0, 1]
  }
  it.each(cases.filter(([, , { operands }]) => operands.length > 1))(
    'compute %s of %s with one operand known beforehand',
    (name, _, type) => {
      type.operands.forEach((dtype, place) => {
        for (const value of constants[dtype]) {
          const operands = type.operands.map((other, i) => {
            const { shape, data } = draw(other, [33], 5 + i)
            return literal(other, shape, i === place ? data.map(() => value) : data)
          })
          const known = operands.map(({ data }, i) => (i === place ? data[0] : undefined))
          agrees(name, type, operands, known)
        }
      })
    }
  )

  it.each(floats)('computes remainders of %s of all exponents exactly', (dtype) => {
    const close = fc.tuple(fc.integer({ min: 1, max: 1 << 24 }), fc.integer({ min: 1, max: 1 << 28 }))
    const pair = fc.oneof(
      fc.tuple(fc.double({ noNaN: true }), fc.double({ noNaN: true })),
      fc.tuple(fc.float({ noNaN: true }), fc.float({ noNaN: true })),
      // just below, at and above a whole quotient, also where it is large
      close.map(([b, n]) => [b * n, b] as const),
      close.map(([b, n]) => [Math.fround(b * n) * (1 - 2 ** -24), b] as const),
      close.map(([b, n]) => [-Math.fround(b * n) * (1 + 2 ** -23), b] as const)
    )
    fc.assert(
      fc.property(fc.array(pair, { minLength: 40, maxLength: 40 }), (pairs) => {
        const operand = (data: readonly number[]): Literal => literal(dtype, [data.length], data)
        agrees('remainder', { operands: [dtype, dtype] }, [
          operand(pairs.map(([a]) => a)),
          operand(pairs.map(([, b]) => b))
        ])
      }),
      { numRuns: 100 }
    )
  })

  it('computes remainders of ordinary f32 by division', () => {
    for (let seed = 0; seed < 20; seed += 1)
      agrees('remainder', { operands: ['f32', 'f32'] }, [
        draw('f32', [256], seed, 'moderate'),
        draw('f32', [256], seed + 1, 'moderate')
      ])
  })
})
