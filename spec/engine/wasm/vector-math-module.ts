/**
 * Modules of loops over contiguous elements, each of which applies one element rule.
 */
import {
  assemble,
  countUp,
  define,
  i32,
  set,
  v128,
  type FunctionDefinition,
  type Instruction
} from '../../../lib/engine/wasm/assembler/index.ts'
import { compilation, type Compilation } from '../../../lib/engine/wasm/compilation.ts'
import { WebAssembly } from '../../../lib/engine/wasm/platform.ts'
import type { Quad, Writer } from '../../../lib/engine/wasm/quad.ts'

/** How many elements a call takes at most. */
export const capacity = 32768
const bytes = 8 * capacity

type Type = 'f32' | 'f64'

/** A loop `(count)` over quads of up to two operands; what `results` gives are vectors to store, one after the other. */
const loopOf = (
  shared: Compilation,
  name: string,
  type: Type,
  start: number,
  results: (writer: Writer, x: Quad, y: Quad) => readonly Instruction<'v128'>[]
): FunctionDefinition =>
  define(name, ['i32'], [], ([count], local) => {
    const vectors = type === 'f32' ? [0] : [0, 16]
    const [x, y] = [vectors.map(() => local('v128')), vectors.map(() => local('v128'))]
    const code: Instruction[] = []
    const values = results({ compilation: shared, local, write: (instruction) => void code.push(instruction) }, x, y)
    const [i, to, from, end] = [local('i32'), local('i32'), local('i32'), local('i32')]
    return [
      set(to, start + 2 * bytes),
      set(from, start),
      set(end, count),
      countUp(i, 0, end, 4, [
        ...vectors.flatMap((offset, k) => [
          set(x[k]!, v128.load(from, offset)),
          set(y[k]!, v128.load(from, offset + bytes))
        ]),
        ...code,
        ...values.map((value, k) => v128.store(to, value, 16 * k)),
        set(from, i32.add(from, 16 * vectors.length)),
        set(to, i32.add(to, 16 * values.length))
      ])
    ]
  })

/** Results in memory, which are good until the next call. */
interface Results {
  readonly floats: Float32Array
  readonly doubles: Float64Array
}

/** Functions of arrays of a type: all in one module. */
export const vectorised = <Name extends string>(
  type: Type,
  rules: Readonly<Record<Name, (writer: Writer, x: Quad, y: Quad) => readonly Instruction<'v128'>[]>>
): ((name: Name, x: ArrayLike<number>, y?: ArrayLike<number>) => Results) => {
  const shared = compilation()
  // the tables are placed while the code is made, so the arrays begin where no table will come
  const start = 1 << 18
  const entries = Object.entries(rules) as [Name, (typeof rules)[Name]][]
  const exports = Object.fromEntries(entries.map(([name, rule]) => [name, loopOf(shared, name, type, start, rule)]))
  if (shared.end() > start) throw new Error('vector math: the tables need more room')
  const pages = (start + 3 * bytes) / 65536
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages })
  for (const segment of shared.segments()) new Uint8Array(memory.buffer).set(segment.bytes, segment.address)
  const module = new WebAssembly.Module(assemble({ exports, memory: { pages, shared: false } }))
  const instance = new WebAssembly.Instance(module, { environment: { memory } })
  const arrayAt = (place: number) => new (type === 'f32' ? Float32Array : Float64Array)(memory.buffer, place, capacity)
  const operands = [arrayAt(start), arrayAt(start + bytes)] as const
  const results = {
    floats: new Float32Array(memory.buffer, start + 2 * bytes, capacity),
    doubles: new Float64Array(memory.buffer, start + 2 * bytes, capacity)
  }
  return (name, x, y = []) => {
    if (x.length > capacity || x.length % 4 !== 0) throw new Error(`vector math: ${x.length} elements`)
    operands[0].set(x)
    operands[1].set(y)
    instance.exports[name]!(x.length)
    return results
  }
}
