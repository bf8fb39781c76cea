/**
 * Convolutions that a region ends, split by image.
 *
 * @since 0.1.0
 */
import type { Region } from '../region/index.ts'
import type { Splitting } from '../threads/split.ts'
import { splittingOf } from '../threads/split-region.ts'

/** A region that ends a convolution: the pointer by which it reads that, and the write that takes its place. */
interface Ending {
  readonly region: Region
  readonly product: number
  readonly main: number
}

/**
 * How a call of a convolution that a region ends is split. `alone` is how the convolution is, with parts by a kernel that
 * some of the region ends; its operands are the first that the call reads, then what the region reads besides.
 */
export const splitEnded = (
  { region, product, main }: Ending,
  alone: (region: Region) => Splitting | undefined
): Splitting | undefined => {
  const whole = alone(region)
  const ended = splittingOf(region)
  // a region over several images walks over these first
  const isFitting = ended?.axis === 0 && ended.partial.size === 0 && ended.length === whole?.length
  if (whole === undefined || ended === undefined || !isFitting) return undefined
  return {
    length: whole.length,
    grain: whole.grain,
    combinations: whole.combinations,
    part: (from, to) => {
      const { region: some, reads, writes } = ended.part(from, to)
      const own = alone(some)!.part(from, to)
      return {
        kernel: own.kernel,
        reads: [...own.reads, ...reads.filter((_, pointer) => pointer !== product)],
        writes: [writes[main]!, ...writes.filter((_, i) => i !== main)]
      }
    }
  }
}
