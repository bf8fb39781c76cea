/**
 * Executes single instructions on bit patterns: operands are loaded from memory, results stored there.
 */
import {
  assemble,
  define,
  f32,
  f64,
  i32,
  i64,
  v128,
  type FunctionDefinition,
  type Instruction
} from '../../../../lib/engine/wasm/assembler/index.ts'
import { WebAssembly } from '../../../../lib/engine/wasm/platform.ts'
import { signatureOfBytes, type Type } from '../validator/signatures.ts'
import { lanesOf, vectorOf } from './vector.ts'

/** An instruction of operands only. */
type Build = (...operands: readonly Instruction[]) => Instruction

/** An instruction that is called with the bits of its operands. */
export interface Executed {
  readonly types: readonly Type[]
  /** the bits of the result; undefined where it traps */
  readonly run: (operands: readonly bigint[]) => bigint | undefined
}

export const widths: Readonly<Record<Type, number>> = { i: 32, I: 64, f: 32, F: 64, v: 128 }

const loads: Readonly<Record<Type, (address: number) => Instruction>> = {
  i: (address) => i32.load(address),
  I: (address) => i64.load(address),
  f: (address) => f32.load(address),
  F: (address) => f64.load(address),
  v: (address) => v128.load(address)
}

const stores: Readonly<Record<Type, (address: number, value: Instruction) => Instruction>> = {
  i: (address, value) => i32.store(address, value as Instruction<'i32'>),
  I: (address, value) => i64.store(address, value as Instruction<'i64'>),
  f: (address, value) => f32.store(address, value as Instruction<'f32'>),
  F: (address, value) => f64.store(address, value as Instruction<'f64'>),
  v: (address, value) => v128.store(address, value as Instruction<'v128'>)
}

const names: Readonly<Record<Type, Instruction['result']>> = { i: 'i32', I: 'i64', f: 'f32', F: 'f64', v: 'v128' }

const resultAt = 128

/** Operand places are 16 bytes apart. */
const functionOf = (
  name: string,
  build: Build
): { readonly definition: FunctionDefinition; readonly types: readonly Type[]; readonly result: Type } => {
  // the operands' types are those that the specification gives to the code
  const { code, result } = build(i32.constant(0), i32.constant(0), i32.constant(0))
  if (code.kind !== 'plain') throw new Error(`${name} is no plain instruction`)
  const { takes, gives } = signatureOfBytes(code.bytes)
  const types = Array.from(takes) as Type[]
  const given = gives as Type
  if (names[given] !== result) throw new Error(`${name} says that it gives ${result}`)
  const definition = define(name, [], [], () => [
    stores[given](resultAt, build(...types.map((type, i) => loads[type](16 * i))))
  ])
  return { definition, types, result: given }
}

/** All instructions of a table in one module. */
export const execute = (table: Readonly<Record<string, Build>>): ReadonlyMap<string, Executed> => {
  const made = Object.entries(table).map(([name, build]) => [name, functionOf(name, build)] as const)
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1 })
  const exports = Object.fromEntries(made.map(([name, { definition }]) => [name, definition]))
  const module = new WebAssembly.Module(assemble({ exports, memory: { pages: 1, shared: false } }))
  const instance = new WebAssembly.Instance(module, { environment: { memory } })
  const bytes = new Uint8Array(memory.buffer)
  const write = (address: number, value: bigint): void => bytes.set(lanesOf(8, value).map(Number), address)
  const read = (address: number, width: number): bigint =>
    BigInt.asUintN(width, vectorOf(8, Array.from(bytes.subarray(address, address + 16), BigInt)))
  return new Map(
    made.map(([name, { types, result }]) => [
      name,
      {
        types,
        run: (operands) => {
          operands.forEach((operand, i) => write(16 * i, operand))
          try {
            instance.exports[name]!()
          } catch {
            return undefined
          }
          return read(resultAt, widths[result])
        }
      }
    ])
  )
}
