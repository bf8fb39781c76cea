/**
 * Modules: functions and an imported memory as the bytes of a binary module.
 *
 * @see WebAssembly Core Specification 2.0, section 5.5 "Modules"
 * @since 0.1.0
 */
import { raise } from '../../../shape/index.ts'
import { emptyBytes, writeByte, writeBytes, writeFew, writeName, writeUnsigned, written, type Bytes } from './bytes.ts'
import type { FunctionDefinition } from './function.ts'
import type { Instruction, Label, Result, ValueType } from './instruction.ts'

// model

export interface ModuleOptions {
  /** the functions that are called from outside, by name; those that they call come along */
  readonly exports: Readonly<Record<string, FunctionDefinition>>
  /** the memory, imported as `environment.memory` */
  readonly memory: { readonly pages: number; readonly shared: boolean }
}

const codes = { i32: 0x7f, i64: 0x7e, f32: 0x7d, f64: 0x7c, v128: 0x7b, none: 0x40 } as const

const page = 65536

/** The functions that were met so far, callees before callers: a function is written when it is first called. */
interface Written {
  readonly indices: Map<FunctionDefinition, number>
  readonly codes: Uint8Array[]
}

// instructions

const depthOf = (labels: readonly (Label | undefined)[], label: Label): number => {
  const place = labels.lastIndexOf(label)
  return place < 0 ? raise('wasm: a branch leads out of its function') : labels.length - 1 - place
}

/** Writes instructions; `labels` are the enclosing blocks, outermost first. */
const writeAll = (
  out: Bytes,
  instructions: readonly Instruction[],
  labels: readonly (Label | undefined)[],
  functions: Written
): void => {
  for (let i = 0; i < instructions.length; i += 1) writeOne(out, instructions[i]!, labels, functions)
}

/** Most modules are written once, by code that is not optimised yet: so this counts instead of iterating. */
const writeOne = (
  out: Bytes,
  { operands, code }: Instruction,
  labels: readonly (Label | undefined)[],
  functions: Written
): void => {
  for (let i = 0; i < operands.length; i += 1) writeOne(out, operands[i]!, labels, functions)
  switch (code.kind) {
    case 'plain':
      writeFew(out, code.bytes)
      return
    case 'call': {
      const index = indexOf(code.callee, functions)
      writeByte(out, 0x10)
      writeUnsigned(out, index)
      return
    }
    case 'block':
    case 'loop':
      writeByte(out, code.kind === 'block' ? 0x02 : 0x03)
      writeByte(out, codes.none)
      writeAll(out, code.body, [...labels, code.label], functions)
      writeByte(out, 0x0b)
      return
    case 'if':
      writeByte(out, 0x04)
      writeByte(out, codes[code.result satisfies Result])
      writeAll(out, code.then, [...labels, undefined], functions)
      if (code.otherwise.length > 0) {
        writeByte(out, 0x05)
        writeAll(out, code.otherwise, [...labels, undefined], functions)
      }
      writeByte(out, 0x0b)
      return
    case 'branch':
      writeByte(out, code.conditional ? 0x0d : 0x0c)
      writeUnsigned(out, depthOf(labels, code.label))
  }
}

// functions

/** Runs of variables of one type. */
const runsOf = (types: readonly ValueType[]): readonly (readonly [number, ValueType])[] => {
  const runs: [number, ValueType][] = []
  for (const type of types) {
    const last = runs.at(-1)
    if (last?.[1] === type) last[0] += 1
    else runs.push([1, type])
  }
  return runs
}

/** The index of a function, which is written with those that it calls where it was not yet. */
const indexOf = (definition: FunctionDefinition, functions: Written): number => {
  const known = functions.indices.get(definition)
  if (known !== undefined) return known
  const text = emptyBytes(1024)
  const runs = runsOf(definition.locals)
  writeUnsigned(text, runs.length)
  for (const [count, type] of runs) {
    writeUnsigned(text, count)
    writeByte(text, codes[type])
  }
  writeAll(text, definition.body, [], functions)
  writeByte(text, 0x0b)
  const index = functions.codes.push(written(text)) - 1
  functions.indices.set(definition, index)
  return index
}

// sections

const writeTypes = (out: Bytes, types: readonly ValueType[]): void => {
  writeUnsigned(out, types.length)
  for (const type of types) writeByte(out, codes[type])
}

const section = (out: Bytes, id: number, write: (body: Bytes) => void): void => {
  const body = emptyBytes()
  write(body)
  writeByte(out, id)
  writeUnsigned(out, body.length)
  writeBytes(out, written(body))
}

/** Bytes as whole pages of memory. */
export const pagesFor = (bytes: number): number => Math.max(1, Math.ceil(bytes / page))

/** The binary module. */
export const assemble = ({ exports, memory }: ModuleOptions): Uint8Array<ArrayBuffer> => {
  const all: Written = { indices: new Map(), codes: [] }
  const exported = Object.entries(exports).map(([name, definition]) => [name, indexOf(definition, all)] as const)
  const functions = [...all.indices.keys()]
  const signature = ({ params, results }: FunctionDefinition) => `${params.join()}:${results.join()}`
  const types = new Map(functions.map((definition) => [signature(definition), definition]))
  const typeIndex = new Map([...types.keys()].map((key, index) => [key, index]))
  const out = emptyBytes(65536)
  writeBytes(out, [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0])
  section(out, 1, (body) => {
    writeUnsigned(body, types.size)
    for (const { params, results } of types.values()) {
      writeByte(body, 0x60)
      writeTypes(body, params)
      writeTypes(body, results)
    }
  })
  section(out, 2, (body) => {
    writeUnsigned(body, 1)
    writeName(body, 'environment')
    writeName(body, 'memory')
    writeByte(body, 0x02)
    writeByte(body, memory.shared ? 0x03 : 0x01)
    writeUnsigned(body, memory.pages)
    writeUnsigned(body, memory.pages)
  })
  section(out, 3, (body) => {
    writeUnsigned(body, functions.length)
    for (const definition of functions) writeUnsigned(body, typeIndex.get(signature(definition))!)
  })
  section(out, 7, (body) => {
    writeUnsigned(body, exported.length)
    for (const [name, index] of exported) {
      writeName(body, name)
      writeByte(body, 0x00)
      writeUnsigned(body, index)
    }
  })
  section(out, 10, (body) => {
    writeUnsigned(body, functions.length)
    for (const text of all.codes) {
      writeUnsigned(body, text.length)
      writeBytes(body, text)
    }
  })
  return out.bytes.slice(0, out.length)
}
