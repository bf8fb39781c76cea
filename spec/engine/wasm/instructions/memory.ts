/**
 * Instructions on memory whose bytes are known, and bytes as bit patterns.
 */
import {
  assemble,
  define,
  f32,
  f64,
  i32,
  i64,
  v128,
  type Instruction
} from '../../../../lib/engine/wasm/assembler/index.ts'
import { WebAssembly } from '../../../../lib/engine/wasm/platform.ts'
import { lanesOf, vectorOf } from './vector.ts'

const size = 256

/** Runs a body on some bytes of memory and gives the bytes afterwards. */
export const onBytes = (body: readonly Instruction[], before: readonly number[], shared = false): readonly number[] => {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared })
  const bytes = new Uint8Array(memory.buffer)
  bytes.set(before)
  const main = define('main', [], [], () => body)
  const module = new WebAssembly.Module(assemble({ exports: { main }, memory: { pages: 1, shared } }))
  new WebAssembly.Instance(module, { environment: { memory } }).exports['main']!()
  return Array.from(bytes.subarray(0, size))
}

/** Bytes of a bit pattern, and the other way round. */
export const bytesFrom = (bits: bigint, count: number): readonly number[] =>
  lanesOf(8, bits).slice(0, count).map(Number)
export const bitsAt = (bytes: readonly number[], address: number, count: number): bigint =>
  vectorOf(8, bytes.slice(address, address + count).map(BigInt))

/** Memory with a pattern that no two places share. */
export const pattern = Array.from({ length: size }, (_, i) => (i * 37 + 11) % 256)

// the bytes of a value at address 200, whatever its type
const keep: Readonly<Record<'i32' | 'i64' | 'f32' | 'f64' | 'v128', (value: Instruction) => Instruction<'none'>>> = {
  i32: (value) => i32.store(200, value as Instruction<'i32'>),
  i64: (value) => i64.store(200, value as Instruction<'i64'>),
  f32: (value) => f32.store(200, value as Instruction<'f32'>),
  f64: (value) => f64.store(200, value as Instruction<'f64'>),
  v128: (value) => v128.store(200, value as Instruction<'v128'>)
}
/** The bits of the value that an instruction leaves, on memory with a pattern or given bytes. */
export const kept = (value: Instruction, before: readonly number[] = pattern): bigint => {
  const { result } = value
  if (result === 'none') throw new Error('nothing is left to keep')
  const width = { i32: 4, i64: 8, f32: 4, f64: 8, v128: 16 }[result]
  return bitsAt(onBytes([keep[result](value)], before), 200, width)
}
