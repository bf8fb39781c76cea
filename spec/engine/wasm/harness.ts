/**
 * Runs single kernels on tensors: operands are copied into a memory, outputs out of it.
 */
import { assemble, define, pagesFor, run } from '../../../lib/engine/wasm/assembler/index.ts'
import { aligned, compilation, type Compilation } from '../../../lib/engine/wasm/compilation.ts'
import { WebAssembly } from '../../../lib/engine/wasm/platform.ts'
import type { Kernel } from '../../../lib/engine/wasm/kernel.ts'
import { size } from '../../../lib/shape/index.ts'
import { bufferOf, fromBuffer, allocate } from '../../../lib/tensor/internal.ts'
import type { AnyTensor, Slot } from '../../../lib/tensor/index.ts'

const bytesOf = ({ dtype, shape }: Slot): number => allocate(dtype, 1).BYTES_PER_ELEMENT * size(shape)

/** A kernel with its operands in memory, ready to be called again and again. */
export interface Prepared {
  readonly run: () => void
  readonly outputs: () => readonly AnyTensor[]
}

/** Every byte of outputs, scratch and gaps begins as `fill`, so that what a kernel forgets to write shows. */
export const prepare = (
  make: (compilation: Compilation) => Kernel,
  operands: readonly AnyTensor[],
  outputs: readonly Slot[],
  fill = 0xa5
): Prepared => {
  const shared = compilation()
  const { definition, scratch } = make(shared)
  let next = shared.end() + 64
  const take = (bytes: number): number => {
    const address = next
    next = aligned(next + bytes) + 64
    return address
  }
  const from = operands.map((tensor) => take(bytesOf(tensor)))
  const to = outputs.map((slot) => take(bytesOf(slot)))
  const pointers = [...from, ...to, ...(scratch === 0 ? [] : [take(scratch)])]
  const main = define('main', [], [], () => [run(definition, ...pointers)])
  const pages = pagesFor(next + 64)
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages })
  const bytes = new Uint8Array(memory.buffer).fill(fill)
  for (const segment of shared.segments()) bytes.set(segment.bytes, segment.address)
  operands.forEach((tensor, i) => {
    const { buffer, byteOffset, byteLength } = bufferOf(tensor)
    bytes.set(new Uint8Array(buffer, byteOffset, byteLength), from[i])
  })
  const module = new WebAssembly.Module(assemble({ exports: { main }, memory: { pages, shared: false } }))
  const instance = new WebAssembly.Instance(module, { environment: { memory } })
  const entry = instance.exports['main']!
  return {
    run: () => void entry(),
    outputs: () =>
      outputs.map((slot, i) => {
        const buffer = allocate(slot.dtype, size(slot.shape))
        const address = to[i]!
        new Uint8Array(buffer.buffer).set(bytes.subarray(address, address + buffer.byteLength))
        // the bytes before and after an output belong to nobody
        for (const place of [address - 1, address + buffer.byteLength])
          if (bytes[place] !== fill) throw new Error(`kernel: wrote outside of output ${i}, at byte ${place - address}`)
        return fromBuffer(slot.dtype, slot.shape, buffer)
      })
  }
}

/** The outputs of a kernel. */
export const runKernel = (
  make: (compilation: Compilation) => Kernel,
  operands: readonly AnyTensor[],
  outputs: readonly Slot[]
): readonly AnyTensor[] => {
  const prepared = prepare(make, operands, outputs)
  prepared.run()
  return prepared.outputs()
}

/** The shortest time of one call in nanoseconds, over blocks of calls. */
export const bestTime = (call: () => void, seconds = 1): number => {
  const warm = performance.now()
  let count = 0
  while (performance.now() - warm < 200) {
    call()
    count += 1
  }
  const block = Math.max(1, Math.ceil(count / 100))
  let best = Infinity
  const begin = performance.now()
  while (performance.now() - begin < seconds * 1000) {
    const before = performance.now()
    for (let i = 0; i < block; i += 1) call()
    best = Math.min(best, (performance.now() - before) / block)
  }
  return best * 1e6
}
