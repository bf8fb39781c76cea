/**
 * Bytes and the integers that instructions are written with.
 */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  emptyBytes,
  signed,
  signedLong,
  unsigned,
  writeByte,
  writeBytes,
  writeName,
  writeUnsigned,
  written
} from '../../../lib/engine/wasm/assembler/bytes.ts'
import { byte, name, reader, signedOf, u32 } from './validator/reader.ts'

describe('variable-length integers', () => {
  const all = fc.oneof(fc.integer(), fc.constantFrom(-2147483648, 2147483647, -1, 0, 63, 64, -64, -65, 127, 128))

  test('unsigned ones are read as what was written, in as few bytes as there can be', () => {
    fc.assert(
      fc.property(fc.oneof(fc.nat(4294967295), fc.constantFrom(0, 127, 128, 16383, 16384, 4294967295)), (value) => {
        const bytes = unsigned(value)
        expect(u32(reader(Uint8Array.from(bytes)))).toBe(value)
        expect(bytes).toHaveLength(Math.max(1, Math.ceil(value.toString(2).length / 7)))
      })
    )
  })

  test('signed ones likewise', () => {
    fc.assert(
      fc.property(all, (value) => {
        const bytes = signed(value)
        expect(signedOf(32, reader(Uint8Array.from(bytes)))).toBe(BigInt(value))
        // one bit more than the number, for the sign
        const digits = (value < 0 ? ~value : value).toString(2).replace(/^0$/, '').length + 1
        expect(bytes).toHaveLength(Math.ceil(digits / 7))
        expect(signedLong(BigInt(value))).toEqual(bytes)
      })
    )
    fc.assert(
      fc.property(fc.bigInt({ min: -(1n << 63n), max: (1n << 63n) - 1n }), (value) => {
        expect(signedOf(64, reader(Uint8Array.from(signedLong(value))))).toBe(value)
      })
    )
  })

  test('bytes grow as they are written', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.nat(255), fc.uint8Array({ maxLength: 40 }))),
        fc.string({ unit: 'grapheme' }),
        (items, text) => {
          const bytes = emptyBytes(1)
          for (const item of items)
            if (typeof item === 'number') writeByte(bytes, item)
            else writeBytes(bytes, item)
          writeName(bytes, text)
          writeUnsigned(bytes, items.length)
          const self = reader(written(bytes))
          for (const item of items) {
            if (typeof item === 'number') expect(byte(self)).toBe(item)
            else for (const each of item) expect(byte(self)).toBe(each)
          }
          expect(name(self)).toBe(text)
          expect(u32(self)).toBe(items.length)
          expect(self.at).toBe(self.end)
        }
      )
    )
  })
})
