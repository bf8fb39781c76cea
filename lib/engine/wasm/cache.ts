/**
 * Images by the hash of their program: what was compiled once is not compiled again.
 *
 * @since 0.1.0
 */
import { hash } from '../../expr/index.ts'
import { isProgram, type Program } from '../../expr/internal.ts'
import { size } from '../../shape/index.ts'
import type { Feedback } from '../engine.ts'
import { imageOf, type Image } from './image.ts'
import { worthwhile } from './passes/layout.ts'
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

/** The image of a program; one for an iteration may keep what is fed back in another form. */
export type FindImage = (program: Program, feedback?: readonly Feedback[]) => Image

/** A function from programs to images that remembers. */
export const imageCache = (sharing?: Sharing): FindImage => {
  const images = new Map<string, Image>()
  return (program, feedback) => {
    const make = (): Image =>
      imageOf(program, sharing, feedback === undefined ? undefined : { feedback, isWorth: worthwhile })
    if (constantsIn(program) > hashed) return make()
    const plain = hash(program)
    const key = [plain, ...(feedback ?? []).map(({ output, input }) => `${output}:${input}`)].join(' ')
    const image = images.get(key) ?? make()
    // the map is in the order of use; an iteration that keeps everything as it is is the program itself
    for (const each of image.lowered.packed.size === 0 ? [plain, key] : [key]) {
      images.delete(each)
      images.set(each, image)
      if (images.size > kept) images.delete(images.keys().next().value ?? '')
    }
    return image
  }
}
