/**
 * Modules: functions and an imported memory as the bytes of a binary module.
 *
 * @see WebAssembly Core Specification 2.0, section 5.5 "Modules"
 * @since 0.2.0
 */
import { raise } from '../../../shape/index.ts'
import { emptyBytes, writeByte, writeBytes, writeName, writeUnsigned, written, type Bytes } from './bytes.ts'
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
  indices: ReadonlyMap<FunctionDefinition, number>
): void => {
  for (const instruction of instructions) writeOne(out, instruction, labels, indices)
}

const writeOne = (
  out: Bytes,
  { operands, code }: Instruction,
  labels: readonly (Label | undefined)[],
  indices: ReadonlyMap<FunctionDefinition, number>
): void => {
  for (const operand of operands) writeOne(out, operand, labels, indices)
  switch (code.kind) {
    case 'plain': {
      const { bytes } = code
      for (let i = 0; i < bytes.length; i += 1) writeByte(out, bytes[i]!)
      return
    }
    case 'call':
      writeByte(out, 0x10)
      writeUnsigned(out, indices.get(code.callee)!)
      return
    case 'block':
    case 'loop':
      writeByte(out, code.kind === 'block' ? 0x02 : 0x03)
      writeByte(out, codes.none)
      writeAll(out, code.body, [...labels, code.label], indices)
      writeByte(out, 0x0b)
      return
    case 'if':
      writeByte(out, 0x04)
      writeByte(out, codes[code.result satisfies Result])
      writeAll(out, code.then, [...labels, undefined], indices)
      if (code.otherwise.length > 0) {
        writeByte(out, 0x05)
        writeAll(out, code.otherwise, [...labels, undefined], indices)
      }
      writeByte(out, 0x0b)
      return
    case 'branch':
      writeByte(out, code.conditional ? 0x0d : 0x0c)
      writeUnsigned(out, depthOf(labels, code.label))
  }
}

// functions

/** The functions that are called, directly or not: callees before callers. */
const reachable = (roots: readonly FunctionDefinition[]): readonly FunctionDefinition[] => {
  const found = new Set<FunctionDefinition>()
  const visit = (definition: FunctionDefinition): void => {
    if (found.has(definition)) return
    visitAll(definition.body)
    found.add(definition)
  }
  const visitAll = (instructions: readonly Instruction[]): void => {
    for (const { operands, code } of instructions) {
      visitAll(operands)
      if (code.kind === 'call') visit(code.callee)
      else if (code.kind === 'block' || code.kind === 'loop') visitAll(code.body)
      else if (code.kind === 'if') {
        visitAll(code.then)
        visitAll(code.otherwise)
      }
    }
  }
  roots.forEach(visit)
  return [...found]
}

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

const writeFunction = (
  out: Bytes,
  { locals, body }: FunctionDefinition,
  indices: ReadonlyMap<FunctionDefinition, number>
): void => {
  const text = emptyBytes(1024)
  const runs = runsOf(locals)
  writeUnsigned(text, runs.length)
  for (const [count, type] of runs) {
    writeUnsigned(text, count)
    writeByte(text, codes[type])
  }
  writeAll(text, body, [], indices)
  writeByte(text, 0x0b)
  writeUnsigned(out, text.length)
  writeBytes(out, written(text))
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
  const functions = reachable(Object.values(exports))
  const indices = new Map(functions.map((definition, index) => [definition, index]))
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
    const entries = Object.entries(exports)
    writeUnsigned(body, entries.length)
    for (const [name, definition] of entries) {
      writeName(body, name)
      writeByte(body, 0x00)
      writeUnsigned(body, indices.get(definition)!)
    }
  })
  section(out, 10, (body) => {
    writeUnsigned(body, functions.length)
    for (const definition of functions) writeFunction(body, definition, indices)
  })
  return out.bytes.slice(0, out.length)
}
