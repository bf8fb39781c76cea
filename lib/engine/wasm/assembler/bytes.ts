/**
 * A growing row of bytes, and the variable-length integers of WebAssembly (LEB128).
 *
 * @see WebAssembly Core Specification 2.0, section 5.2 "Values"
 * @since 0.1.0
 */

/** Bytes that are being written: `bytes` may be longer than what is written so far. */
export interface Bytes {
  bytes: Uint8Array
  length: number
}

export const emptyBytes = (capacity = 256): Bytes => ({ bytes: new Uint8Array(capacity), length: 0 })

const reserve = (self: Bytes, count: number): void => {
  if (self.length + count <= self.bytes.length) return
  const grown = new Uint8Array(2 * (self.length + count))
  grown.set(self.bytes.subarray(0, self.length))
  self.bytes = grown
}

export const writeByte = (self: Bytes, byte: number): void => {
  if (self.length === self.bytes.length) reserve(self, 1)
  self.bytes[self.length] = byte
  self.length += 1
}

export const writeBytes = (self: Bytes, bytes: ArrayLike<number>): void => {
  reserve(self, bytes.length)
  self.bytes.set(bytes, self.length)
  self.length += bytes.length
}

/** Like `writeBytes`, and faster for the few bytes of an instruction. */
export const writeFew = (self: Bytes, bytes: readonly number[]): void => {
  reserve(self, bytes.length)
  const { bytes: target, length } = self
  for (let i = 0; i < bytes.length; i += 1) target[length + i] = bytes[i]!
  self.length = length + bytes.length
}

/** An unsigned integer below 2^32. */
export const writeUnsigned = (self: Bytes, value: number): void => {
  let rest = value >>> 0
  while (rest > 127) {
    writeByte(self, (rest & 127) | 128)
    rest >>>= 7
  }
  writeByte(self, rest)
}

/** The bytes of a signed 32-bit integer. */
export const signed = (value: number): readonly number[] => {
  const bytes: number[] = []
  let rest = value | 0
  for (;;) {
    const low = rest & 127
    rest >>= 7
    if ((rest === 0 && (low & 64) === 0) || (rest === -1 && (low & 64) !== 0)) {
      bytes.push(low)
      return bytes
    }
    bytes.push(low | 128)
  }
}

/** The bytes of a signed 64-bit integer. */
export const signedLong = (value: bigint): readonly number[] => {
  const bytes: number[] = []
  let rest = BigInt.asIntN(64, value)
  for (;;) {
    const low = Number(rest & 127n)
    rest >>= 7n
    if ((rest === 0n && (low & 64) === 0) || (rest === -1n && (low & 64) !== 0)) return [...bytes, low]
    bytes.push(low | 128)
  }
}

/** The bytes of an unsigned 32-bit integer. */
export const unsigned = (value: number): readonly number[] => {
  const bytes: number[] = []
  let rest = value >>> 0
  while (rest > 127) {
    bytes.push((rest & 127) | 128)
    rest >>>= 7
  }
  bytes.push(rest)
  return bytes
}

export const written = (self: Bytes): Uint8Array => self.bytes.subarray(0, self.length)

const encoder = new TextEncoder()

/** A name: its length in bytes, then UTF-8. */
export const writeName = (self: Bytes, name: string): void => {
  const bytes = encoder.encode(name)
  writeUnsigned(self, bytes.length)
  writeBytes(self, bytes)
}
