/**
 * A validator of modules: the algorithm of the appendix of the WebAssembly specification, for what our assembler writes.
 */
import { byte, invalid, list, name, part, reader, signedOf, u32, unsupported, type Reader } from './reader.ts'
import { signatureOf, type Type } from './signatures.ts'

// model

interface FunctionType {
  readonly takes: readonly Type[]
  readonly gives: readonly Type[]
}

/** A block that is open: a branch to it takes what its label takes. */
interface Frame {
  readonly code: number
  readonly type: FunctionType
  readonly height: number
  isUnreachable: boolean
}

interface Context {
  readonly types: readonly FunctionType[]
  /** the types of all functions */
  readonly functions: readonly FunctionType[]
}

export type Verdict =
  | { readonly kind: 'valid'; readonly functions: number; readonly instructions: number }
  | { readonly kind: 'invalid' | 'unsupported'; readonly why: string }

const valueTypes: Readonly<Record<number, Type>> = { 0x7f: 'i', 0x7e: 'I', 0x7d: 'f', 0x7c: 'F', 0x7b: 'v' }

const valueType = (self: Reader): Type => {
  const code = byte(self)
  return valueTypes[code] ?? unsupported(`value type ${code.toString(16)}`)
}

/** The type of a block: nothing, one value, or a function type. */
const blockType = (self: Reader, { types }: Context): FunctionType => {
  const code = self.bytes[self.at] ?? 0
  if (code === 0x40 || valueTypes[code] !== undefined) {
    self.at += 1
    const type = valueTypes[code]
    return { takes: [], gives: type === undefined ? [] : [type] }
  }
  const index = Number(signedOf(33, self))
  if (index < 0) unsupported('a block of another type')
  return types[index] ?? invalid(`there is no type ${index}`)
}

// functions

/** Checks one body and gives how many instructions it has. */
const checkBody = (self: Reader, type: FunctionType, context: Context): number => {
  const { functions } = context
  const declared = list(self, (inside) => [u32(inside), valueType(inside)] as const)
  if (declared.reduce((sum, [count]) => sum + count, 0) > 50_000) unsupported('so many variables')
  const locals = [...type.takes, ...declared.flatMap(([count, each]) => Array.from({ length: count }, () => each))]
  const stack: (Type | '?')[] = []
  const frames: Frame[] = [{ code: 0x02, type: { takes: [], gives: type.gives }, height: 0, isUnreachable: false }]
  const top = (): Frame => frames.at(-1)!
  const pop = (expected: Type | '?'): Type | '?' => {
    const { height, isUnreachable } = top()
    if (stack.length === height) return isUnreachable ? expected : invalid(`the stack is empty, ${expected} expected`)
    const found = stack.pop()!
    if (found !== expected && found !== '?' && expected !== '?') invalid(`${expected} expected, got ${found}`)
    return found === '?' ? expected : found
  }
  const popAll = (types: Iterable<Type>): void => {
    for (const type of [...types].reverse()) pop(type)
  }
  const pushAll = (types: Iterable<Type>): void => {
    stack.push(...types)
  }
  const open = (code: number, block: FunctionType): void => {
    popAll(block.takes)
    frames.push({ code, type: block, height: stack.length, isUnreachable: false })
    pushAll(block.takes)
  }
  const close = (): Frame => {
    popAll(top().type.gives)
    if (stack.length !== top().height) invalid('a block leaves more than it gives')
    return frames.pop()!
  }
  const diverge = (): void => {
    stack.length = top().height
    top().isUnreachable = true
  }
  const label = (depth: number): readonly Type[] => {
    const frame = frames.at(-1 - depth) ?? invalid(`a branch leads out of ${depth} blocks, there are ${frames.length}`)
    return frame.code === 0x03 ? frame.type.takes : frame.type.gives
  }
  const local = (index: number): Type => locals[index] ?? invalid(`there is no variable ${index}`)
  let count = 0
  while (frames.length > 0) {
    const code = byte(self)
    count += 1
    switch (code) {
      case 0x00:
        diverge()
        break
      case 0x02:
      case 0x03:
        open(code, blockType(self, context))
        break
      case 0x04: {
        const block = blockType(self, context)
        pop('i')
        open(code, block)
        break
      }
      case 0x05: {
        const frame = close()
        if (frame.code !== 0x04) invalid('else without if')
        frames.push({ ...frame, code, isUnreachable: false })
        pushAll(frame.type.takes)
        break
      }
      case 0x0b: {
        const frame = close()
        if (frame.code === 0x04 && frame.type.takes.join() !== frame.type.gives.join()) invalid('if without else')
        pushAll(frame.type.gives)
        break
      }
      case 0x0c:
        popAll(label(u32(self)))
        diverge()
        break
      case 0x0d: {
        const types = label(u32(self))
        pop('i')
        popAll(types)
        pushAll(types)
        break
      }
      case 0x0f:
        popAll(type.gives)
        diverge()
        break
      case 0x10: {
        const callee = functions[u32(self)] ?? invalid('a call of a function that is not there')
        popAll(callee.takes)
        pushAll(callee.gives)
        break
      }
      case 0x1a:
        pop('?')
        break
      case 0x1b: {
        pop('i')
        const found = pop(pop('?'))
        stack.push(found)
        break
      }
      case 0x20:
        stack.push(local(u32(self)))
        break
      case 0x21:
        pop(local(u32(self)))
        break
      case 0x22: {
        const each = local(u32(self))
        pop(each)
        stack.push(each)
        break
      }
      default: {
        const { takes, gives } = signatureOf(code, self)
        popAll(takes as Iterable<Type>)
        pushAll(gives as Iterable<Type>)
      }
    }
  }
  return count
}

// modules

const header = [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0]

const functionType = (self: Reader): FunctionType => {
  if (byte(self) !== 0x60) unsupported('a type that is no function')
  return { takes: list(self, valueType), gives: list(self, valueType) }
}

const importedMemory = (self: Reader): void => {
  name(self)
  name(self)
  if (byte(self) !== 0x02) unsupported('an import that is no memory')
  const flags = byte(self)
  if (flags !== 0x01 && flags !== 0x03) unsupported('a memory without a limit')
  const [initial, maximum] = [u32(self), u32(self)]
  if (initial > maximum || maximum > 65536) invalid('a memory of too many pages')
}

const check = (bytes: Uint8Array): Verdict => {
  const self = reader(bytes)
  if (header.some((each) => byte(self) !== each)) invalid('no module')
  /** The section of a number, which has to come next. */
  const section = <A>(id: number, read: (inside: Reader) => A): A => {
    const found = byte(self)
    if (found !== id) unsupported(`section ${found} where ${id} was expected`)
    return part(self, u32(self), read)
  }
  const types = section(1, (inside) => list(inside, functionType))
  section(2, (inside) => list(inside, importedMemory))
  const functions = section(3, (inside) =>
    list(inside, (one) => types[u32(one)] ?? invalid('a function of a type that is not there'))
  )
  const exported = section(7, (inside) =>
    list(inside, (one) => {
      const called = name(one)
      if (byte(one) !== 0x00) unsupported('an export that is no function')
      if (u32(one) >= functions.length) invalid('an export of a function that is not there')
      return called
    })
  )
  if (new Set(exported).size !== exported.length) invalid('two exports of one name')
  let next = 0
  const counts = section(10, (inside) =>
    list(inside, (one) =>
      part(one, u32(one), (body) => {
        const type = functions[next] ?? invalid('a body without a function')
        next += 1
        return checkBody(body, type, { types, functions })
      })
    )
  )
  if (counts.length !== functions.length) invalid('a function without a body')
  if (self.at !== self.end) unsupported('something after the code')
  return { kind: 'valid', functions: functions.length, instructions: counts.reduce((sum, n) => sum + n, 0) }
}

/** Whether bytes are a module as our assembler writes them. */
export const verdictOf = (bytes: Uint8Array): Verdict => {
  try {
    return check(bytes)
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    const kind = message.startsWith('unsupported') ? 'unsupported' : 'invalid'
    return { kind, why: message.replace(/^\w+: /, '') }
  }
}
