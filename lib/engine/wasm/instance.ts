/**
 * Modules in a memory of their own, and tensors that are copied into it and out of it.
 *
 * @since 0.1.0
 */
import { size } from '../../shape/index.ts'
import type { AnyTensor, Slot } from '../../tensor/index.ts'
import { allocate, bufferOf, fromBuffer } from '../../tensor/internal.ts'
import type { Segment } from './compilation.ts'
import { WebAssembly, type Instance, type Memory, type Module } from './platform.ts'
import { bytesIn } from './quad.ts'

/** A module at work. */
export interface Running {
  /** where its buffers are, at the addresses of its image; another memory where a step had to be done again */
  readonly memory: () => Memory
  /** runs the program on the buffers of a table */
  readonly step: (table: number) => void
  readonly dispose: () => void
}

const filled = (memory: Memory, segments: readonly Segment[]): Memory => {
  const bytes = new Uint8Array(memory.buffer)
  for (const segment of segments) bytes.set(segment.bytes, segment.address)
  return memory
}

/** A new memory with constants. */
const ownMemory = (pages: number, segments: readonly Segment[]): Memory =>
  filled(new WebAssembly.Memory({ initial: pages, maximum: pages }), segments)

/** The same for several threads. */
export const sharedMemory = (pages: number, segments: readonly Segment[]): Memory =>
  filled(new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true }), segments)

/** Instantiates a module in a new memory with its constants. */
export const instantiate = (
  module: Module,
  pages: number,
  segments: readonly Segment[]
): { readonly memory: Memory; readonly exports: Instance['exports'] } => {
  const memory = ownMemory(pages, segments)
  return { memory, exports: new WebAssembly.Instance(module, { environment: { memory } }).exports }
}

/** A module at work on one thread. */
export const alone = (module: Module, pages: number, segments: readonly Segment[]): Running => {
  const { memory, exports } = instantiate(module, pages, segments)
  // images export their step
  const step = exports['step']!
  return { memory: () => memory, step: (table) => void step(table), dispose: () => undefined }
}

export const copyIn = (memory: Memory, tensor: AnyTensor, address: number): void => {
  const { buffer, byteOffset, byteLength } = bufferOf(tensor)
  new Uint8Array(memory.buffer, address, byteLength).set(new Uint8Array(buffer, byteOffset, byteLength))
}

export const copyOut = (memory: Memory, slot: Slot, address: number): AnyTensor => {
  const buffer = allocate(slot.dtype, size(slot.shape))
  new Uint8Array(buffer.buffer).set(new Uint8Array(memory.buffer, address, bytesIn(slot)))
  return fromBuffer(slot.dtype, slot.shape, buffer)
}

/** Writes addresses to a table in memory. */
export const writeTable = (memory: Memory, table: number, addresses: readonly number[]): void => {
  new Uint32Array(memory.buffer, table, addresses.length).set(addresses)
}
