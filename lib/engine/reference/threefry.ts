/**
 * The Threefry-2x32 block cipher with 20 rounds, element by element.
 *
 * @see Salmon, Moraes, Dror, Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3"
 * @since 0.1.0
 */
import type { Buffer } from '../../tensor/internal.ts'
import type { Rules } from './kernel.ts'

const parity = 0x1bd11bda

/** The rotations of four rounds; the two rows alternate. */
const rotations = [
  [13, 15, 26, 6],
  [17, 29, 16, 24]
] as const

/** Encrypts counters with keys: two words of each, element by element, to two words. */
export const encrypt = (inputs: readonly Buffer[], outputs: readonly Buffer[]): void => {
  const [key0, key1, counter0, counter1] = inputs as [Buffer, Buffer, Buffer, Buffer]
  const [out0, out1] = outputs as [Buffer, Buffer]
  for (let i = 0; i < out0.length; i += 1) {
    const first = key0[i]! | 0
    const second = key1[i]! | 0
    const schedule = [first, second, first ^ second ^ parity] as const
    let x0 = (counter0[i]! + first) | 0
    let x1 = (counter1[i]! + second) | 0
    for (let group = 0; group < 5; group += 1) {
      const bits = rotations[(group & 1) as 0 | 1]
      for (let round = 0; round < 4; round += 1) {
        const by = bits[round as 0 | 1 | 2 | 3]
        x0 = (x0 + x1) | 0
        x1 = ((x1 << by) | (x1 >>> (32 - by))) ^ x0
      }
      x0 = (x0 + schedule[((group + 1) % 3) as 0 | 1 | 2]) | 0
      x1 = (x1 + schedule[((group + 2) % 3) as 0 | 1 | 2] + group + 1) | 0
    }
    out0[i] = x0
    out1[i] = x1
  }
}

export const threefry: Rules<'threefry2x32'> = {
  threefry2x32: () => ({ kind: 'compute', run: encrypt })
}
