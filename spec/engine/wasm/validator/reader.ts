/**
 * Reading bytes of a module: an independent reading of section 5.2 of the WebAssembly specification.
 */

/** Bytes that are read from front to back. */
export interface Reader {
  readonly bytes: Uint8Array
  at: number
  readonly end: number
}

/** Not a module. */
export const invalid = (why: string): never => {
  throw new Error(`invalid: ${why}`)
}

/** Maybe a module, with parts that our assembler never writes. */
export const unsupported = (what: string): never => {
  throw new Error(`unsupported: ${what}`)
}

export const reader = (bytes: Uint8Array, at = 0, end = bytes.length): Reader => ({ bytes, at, end })

export const byte = (self: Reader): number => {
  if (self.at >= self.end) invalid('the end comes too early')
  self.at += 1
  return self.bytes[self.at - 1]!
}

/** An unsigned integer of 32 bits, in at most five bytes. */
export const u32 = (self: Reader): number => {
  let value = 0
  for (let shift = 0; ; shift += 7) {
    const next = byte(self)
    if (shift === 28 && next > 15) invalid('an integer has more than 32 bits')
    value += (next & 127) * 2 ** shift
    if (next < 128) return value
  }
}

/** A signed integer of up to 64 bits. */
export const signedOf = (bits: number, self: Reader): bigint => {
  let value = 0n
  const last = Math.ceil(bits / 7) - 1
  for (let place = 0; ; place += 1) {
    const next = byte(self)
    value |= BigInt(next & 127) << BigInt(7 * place)
    if (next >= 128) {
      if (place === last) invalid(`an integer has more than ${bits} bits`)
      continue
    }
    const result = BigInt.asIntN(7 * (place + 1), value)
    if (BigInt.asIntN(bits, result) !== result) invalid(`an integer has more than ${bits} bits`)
    return result
  }
}

export const skip = (self: Reader, count: number): Uint8Array => {
  if (self.at + count > self.end) invalid('the end comes too early')
  self.at += count
  return self.bytes.subarray(self.at - count, self.at)
}

export const name = (self: Reader): string => new TextDecoder('utf-8', { fatal: true }).decode(skip(self, u32(self)))

/** A part of a given length, read by itself to its end. */
export const part = <A>(self: Reader, length: number, read: (inside: Reader) => A): A => {
  if (self.at + length > self.end) invalid('a part is longer than the module')
  const inside = reader(self.bytes, self.at, self.at + length)
  const result = read(inside)
  if (inside.at !== inside.end) invalid('a part is longer than what is in it')
  self.at = inside.end
  return result
}

/** A list that begins with its length. */
export const list = <A>(self: Reader, read: (self: Reader) => A): readonly A[] => {
  const count = u32(self)
  const items: A[] = []
  for (let i = 0; i < count; i += 1) items.push(read(self))
  return items
}
