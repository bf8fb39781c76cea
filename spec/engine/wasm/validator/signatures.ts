/**
 * What instructions take from the stack and leave there, and what follows their codes: an independent reading of sections
 * 3.3 and 5.4 of the WebAssembly specification, and of the threads proposal.
 */
import { byte, invalid, reader, skip, u32, unsupported, signedOf, type Reader } from './reader.ts'

/** i32, i64, f32, f64, v128. */
export type Type = 'i' | 'I' | 'f' | 'F' | 'v'

/** `iF` → `v`: an i32, then an f64 on top of it, become a v128. */
export interface Signature {
  readonly takes: string
  readonly gives: string
}

/** Something that follows the code of an instruction. */
type Immediate = (self: Reader) => void

interface Entry extends Signature {
  readonly immediate: Immediate
}

// immediates

const nothing: Immediate = () => undefined

const access =
  (align: number, exact = false): Immediate =>
  (self) => {
    const given = u32(self)
    if (given >= 64 && given < 128) unsupported('a second memory')
    if (exact ? given !== align : given > align) invalid(`alignment ${given} where ${align} is natural`)
    u32(self)
  }

const lane =
  (count: number): Immediate =>
  (self) => {
    const given = byte(self)
    if (given >= count) invalid(`lane ${given} of ${count}`)
  }

const both =
  (first: Immediate, second: Immediate): Immediate =>
  (self) => {
    first(self)
    second(self)
  }

const bytes =
  (count: number): Immediate =>
  (self) =>
    void skip(self, count)

const shuffle: Immediate = (self) => {
  if (skip(self, 16).some((place) => place >= 32)) invalid('a shuffle reads beyond two vectors')
}

const zeros =
  (count: number): Immediate =>
  (self) => {
    for (const each of skip(self, count)) if (each !== 0) unsupported('a second memory')
  }

// tables

type Row = readonly [first: number, last: number, signature: string, immediate?: Immediate]

const tableOf = (rows: readonly Row[]): ReadonlyMap<number, Entry> =>
  new Map(
    rows.flatMap(([first, last, signature, immediate = nothing]) => {
      const [takes, gives] = signature.split('>') as [string, string]
      return Array.from({ length: last - first + 1 }, (_, i) => [first + i, { takes, gives, immediate }] as const)
    })
  )

const plain = tableOf([
  [0x01, 0x01, '>'],
  [0x28, 0x28, 'i>i', access(2)],
  [0x29, 0x29, 'i>I', access(3)],
  [0x2a, 0x2a, 'i>f', access(2)],
  [0x2b, 0x2b, 'i>F', access(3)],
  [0x2c, 0x2d, 'i>i', access(0)],
  [0x2e, 0x2f, 'i>i', access(1)],
  [0x30, 0x31, 'i>I', access(0)],
  [0x32, 0x33, 'i>I', access(1)],
  [0x34, 0x35, 'i>I', access(2)],
  [0x36, 0x36, 'ii>', access(2)],
  [0x37, 0x37, 'iI>', access(3)],
  [0x38, 0x38, 'if>', access(2)],
  [0x39, 0x39, 'iF>', access(3)],
  [0x3a, 0x3a, 'ii>', access(0)],
  [0x3b, 0x3b, 'ii>', access(1)],
  [0x3c, 0x3c, 'iI>', access(0)],
  [0x3d, 0x3d, 'iI>', access(1)],
  [0x3e, 0x3e, 'iI>', access(2)],
  [0x3f, 0x3f, '>i', zeros(1)],
  [0x40, 0x40, 'i>i', zeros(1)],
  [0x41, 0x41, '>i', (self) => void signedOf(32, self)],
  [0x42, 0x42, '>I', (self) => void signedOf(64, self)],
  [0x43, 0x43, '>f', bytes(4)],
  [0x44, 0x44, '>F', bytes(8)],
  [0x45, 0x45, 'i>i'],
  [0x46, 0x4f, 'ii>i'],
  [0x50, 0x50, 'I>i'],
  [0x51, 0x5a, 'II>i'],
  [0x5b, 0x60, 'ff>i'],
  [0x61, 0x66, 'FF>i'],
  [0x67, 0x69, 'i>i'],
  [0x6a, 0x78, 'ii>i'],
  [0x79, 0x7b, 'I>I'],
  [0x7c, 0x8a, 'II>I'],
  [0x8b, 0x91, 'f>f'],
  [0x92, 0x98, 'ff>f'],
  [0x99, 0x9f, 'F>F'],
  [0xa0, 0xa6, 'FF>F'],
  [0xa7, 0xa7, 'I>i'],
  [0xa8, 0xa9, 'f>i'],
  [0xaa, 0xab, 'F>i'],
  [0xac, 0xad, 'i>I'],
  [0xae, 0xaf, 'f>I'],
  [0xb0, 0xb1, 'F>I'],
  [0xb2, 0xb3, 'i>f'],
  [0xb4, 0xb5, 'I>f'],
  [0xb6, 0xb6, 'F>f'],
  [0xb7, 0xb8, 'i>F'],
  [0xb9, 0xba, 'I>F'],
  [0xbb, 0xbb, 'f>F'],
  [0xbc, 0xbc, 'f>i'],
  [0xbd, 0xbd, 'F>I'],
  [0xbe, 0xbe, 'i>f'],
  [0xbf, 0xbf, 'I>F'],
  [0xc0, 0xc1, 'i>i'],
  [0xc2, 0xc4, 'I>I']
])

const saturating = tableOf([
  [0, 1, 'f>i'],
  [2, 3, 'F>i'],
  [4, 5, 'f>I'],
  [6, 7, 'F>I'],
  [10, 10, 'iii>', zeros(2)],
  [11, 11, 'iii>', zeros(1)]
])

const laneWidths: readonly Row[] = [0, 1, 2, 3].flatMap((align) => {
  const immediate = both(access(align), lane(16 >> align))
  return [[84 + align, 84 + align, 'iv>v', immediate] as const, [88 + align, 88 + align, 'iv>', immediate] as const]
})

/** Lanes of 8, 8 (unsigned) … bits read and written: the type, how many there are, the codes that read and the one that writes. */
const laneAccess: readonly Row[] = (
  [
    ['i', 16, 21, 22, 23],
    ['i', 8, 24, 25, 26],
    ['i', 4, 27, 27, 28],
    ['I', 2, 29, 29, 30],
    ['f', 4, 31, 31, 32],
    ['F', 2, 33, 33, 34]
  ] as const
).flatMap(([type, count, first, last, replace]) => [
  [first, last, `v>${type}`, lane(count)] as const,
  [replace, replace, `v${type}>v`, lane(count)] as const
])

/** What blocks of integer codes have in common: unary, tests, shifts. */
const block = (first: number): readonly Row[] => [
  [first, first + 1, 'v>v'],
  [first + 3, first + 4, 'v>i'],
  [first + 11, first + 13, 'vi>v'],
  [first + 14, first + 14, 'vv>v'],
  [first + 17, first + 17, 'vv>v']
]

const vector = tableOf([
  [0, 0, 'i>v', access(4)],
  [1, 6, 'i>v', access(3)],
  [7, 7, 'i>v', access(0)],
  [8, 8, 'i>v', access(1)],
  [9, 9, 'i>v', access(2)],
  [10, 10, 'i>v', access(3)],
  [11, 11, 'iv>', access(4)],
  [12, 12, '>v', bytes(16)],
  [13, 13, 'vv>v', shuffle],
  [14, 14, 'vv>v'],
  [15, 17, 'i>v'],
  [18, 18, 'I>v'],
  [19, 19, 'f>v'],
  [20, 20, 'F>v'],
  ...laneAccess,
  [35, 76, 'vv>v'],
  [77, 77, 'v>v'],
  [78, 81, 'vv>v'],
  [82, 82, 'vvv>v'],
  [83, 83, 'v>i'],
  ...laneWidths,
  [92, 92, 'i>v', access(2)],
  [93, 93, 'i>v', access(3)],
  [94, 95, 'v>v'],
  // 8 bits
  ...block(96),
  [98, 98, 'v>v'],
  [101, 102, 'vv>v'],
  [103, 106, 'v>v'],
  [110, 115, 'vv>v'],
  [116, 117, 'v>v'],
  [118, 121, 'vv>v'],
  [122, 122, 'v>v'],
  [123, 123, 'vv>v'],
  [124, 127, 'v>v'],
  // 16 bits
  ...block(128),
  [130, 130, 'vv>v'],
  [133, 134, 'vv>v'],
  [135, 138, 'v>v'],
  [142, 147, 'vv>v'],
  [148, 148, 'v>v'],
  [149, 153, 'vv>v'],
  [155, 159, 'vv>v'],
  // 32 bits
  ...block(160),
  [167, 170, 'v>v'],
  [181, 186, 'vv>v'],
  [188, 191, 'vv>v'],
  // 64 bits
  ...block(192),
  [199, 202, 'v>v'],
  [213, 223, 'vv>v'],
  // floats
  [224, 225, 'v>v'],
  [227, 227, 'v>v'],
  [228, 235, 'vv>v'],
  [236, 237, 'v>v'],
  [239, 239, 'v>v'],
  [240, 247, 'vv>v'],
  [248, 255, 'v>v']
])

const atomic = tableOf([
  [0x00, 0x00, 'ii>i', access(2, true)],
  [0x01, 0x01, 'iiI>i', access(2, true)],
  [0x10, 0x10, 'i>i', access(2, true)],
  [0x17, 0x17, 'ii>', access(2, true)],
  [0x1e, 0x1e, 'ii>i', access(2, true)],
  [0x25, 0x25, 'ii>i', access(2, true)],
  [0x41, 0x41, 'ii>i', access(2, true)]
])

const prefixed: Readonly<Record<number, ReadonlyMap<number, Entry>>> = { 0xfc: saturating, 0xfd: vector, 0xfe: atomic }

/** Reads what follows the code of an instruction that is neither control nor a variable, and gives its signature. */
export const signatureOf = (code: number, self: Reader): Signature => {
  const table = prefixed[code]
  const inner = table === undefined ? code : u32(self)
  const entry = (table ?? plain).get(inner)
  if (entry === undefined) return unsupported(`code ${code.toString(16)} ${inner.toString(16)}`)
  entry.immediate(self)
  return entry
}

/** The signature of one instruction as bytes, without what comes before and after it. */
export const signatureOfBytes = (code: readonly number[]): Signature => {
  const self = reader(Uint8Array.from(code))
  const signature = signatureOf(byte(self), self)
  if (self.at !== self.end) invalid('an instruction is followed by something')
  return signature
}
