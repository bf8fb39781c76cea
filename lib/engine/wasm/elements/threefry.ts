/**
 * The Threefry-2x32 block cipher with 20 rounds, four blocks at a time.
 *
 * @see Salmon, Moraes, Dror, Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3"
 * @since 0.1.0
 */
import { i32x4, set, v128 } from '../assembler/index.ts'
import { kept, type ElementRules } from '../quad.ts'
import type { Vector } from './vectors.ts'

const parity = 0x1bd11bda

/** The rotations of four rounds; the two rows alternate. */
const rotations = [
  [13, 15, 26, 6],
  [17, 29, 16, 24]
] as const

const rotated = (x: Vector, by: number): Vector => v128.or(i32x4.shiftLeft(x, by), i32x4.shiftRightUnsigned(x, 32 - by))

export const threefry: ElementRules<'threefry2x32'> = {
  threefry2x32: (writer, operands) => {
    const [first, second, counter0, counter1] = operands.map(([vector]) => vector!) as [Vector, Vector, Vector, Vector]
    const { write, local } = writer
    const [third] = kept(writer, [v128.xor(v128.xor(first, second), v128.constantI32(parity))])
    const schedule = [first, second, third!] as const
    const [x0, x1] = [local('v128'), local('v128')]
    write(set(x0, i32x4.add(counter0, first)))
    write(set(x1, i32x4.add(counter1, second)))
    for (let group = 0; group < 5; group += 1) {
      for (const by of rotations[(group & 1) as 0 | 1]) {
        write(set(x0, i32x4.add(x0, x1)))
        write(set(x1, v128.xor(rotated(x1, by), x0)))
      }
      write(set(x0, i32x4.add(x0, schedule[((group + 1) % 3) as 0 | 1 | 2])))
      write(set(x1, i32x4.add(i32x4.add(x1, schedule[((group + 2) % 3) as 0 | 1 | 2]), v128.constantI32(group + 1))))
    }
    return [[x0], [x1]]
  }
}
