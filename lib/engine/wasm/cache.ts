/**
 * Images by the hash of their program: what was compiled once is not compiled again.
 *
 * @since 0.2.0
 */
import { hash } from '../../expr/index.ts'
import { isProgram, type Program } from '../../expr/internal.ts'
import { size } from '../../shape/index.ts'
import { imageOf, type Image } from './image.ts'
import type { Sharing } from './threads/team-code.ts'

/** As many images are kept; the one that was not asked for the longest goes first. */
const kept = 64

/** Programs with more elements in constants are not kept: hashing them would cost more than compiling. */
const hashed = 16384

const constantsIn = (program: Program): number =>
  program.equations.reduce((sum, { primitive, parameters }) => {
    if (primitive === 'constant') return sum + size(parameters.value.shape)
    const inside: readonly unknown[] = Object.values(parameters)
    return inside.reduce<number>((total, value) => total + (isProgram(value) ? constantsIn(value) : 0), sum)
  }, 0)

/** A function from programs to images that remembers. */
export const imageCache = (sharing?: Sharing): ((program: Program) => Image) => {
  const images = new Map<string, Image>()
  return (program) => {
    if (constantsIn(program) > hashed) return imageOf(program, sharing)
    const key = hash(program)
    const image = images.get(key) ?? imageOf(program, sharing)
    // the map is in the order of use
    images.delete(key)
    images.set(key, image)
    if (images.size > kept) images.delete(images.keys().next().value ?? '')
    return image
  }
}
