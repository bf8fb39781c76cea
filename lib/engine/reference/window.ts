/**
 * Sliding windows over images: pooling and what its derivatives need.
 *
 * @since 0.1.0
 */
import type { WindowParameters } from '../../expr/internal.ts'
import type { Slot } from '../../tensor/index.ts'
import type { Buffer } from '../../tensor/internal.ts'
import { exceeds } from './exceeds.ts'
import { outside, touched } from './geometry.ts'
import { compute1, compute2, operandOf, outputOf, type Rules } from './kernel.ts'

type Window = 'windowMax' | 'windowPick' | 'windowScatter' | 'windowSum' | 'windowSpread'

/** The windows over one image, and the places in it that each of them touches. */
interface Windows {
  readonly images: number
  readonly channels: number
  /** elements of one image */
  readonly stride: number
  /** window w touches `taps[begins[w]]` up to `taps[begins[w + 1]]`, ascending, on the first channel */
  readonly begins: Int32Array
  readonly taps: Int32Array
}

const windowsOf = (image: Slot, out: Slot, parameters: WindowParameters): Windows => {
  const [images, height, width, channels] = image.shape as readonly [number, number, number, number]
  const [, outHeight, outWidth] = out.shape as readonly [number, number, number, number]
  const [tall, wide] = parameters.size
  const rows = touched(0, parameters, { image: height, window: tall, places: outHeight })
  const columns = touched(1, parameters, { image: width, window: wide, places: outWidth })
  const begins = new Int32Array(outHeight * outWidth + 1)
  const taps: number[] = []
  for (let w = 0; w < outHeight * outWidth; w += 1) {
    const [y, x] = [Math.floor(w / outWidth), w % outWidth]
    for (const iy of rows.subarray(y * tall, (y + 1) * tall))
      for (const ix of columns.subarray(x * wide, (x + 1) * wide))
        if (iy !== outside && ix !== outside) taps.push((iy * width + ix) * channels)
    begins[w + 1] = taps.length
  }
  return { images, channels, stride: height * width * channels, begins, taps: Int32Array.from(taps) }
}

/** Something done with each window on each channel: `base` is where the image's channel begins, `place` the window's own place. */
type Visit = (place: number, base: number, begin: number, end: number) => void

const visitAll = ({ images, channels, stride, begins }: Windows, visit: Visit): void => {
  let place = 0
  for (let image = 0; image < images; image += 1)
    for (let w = 0; w + 1 < begins.length; w += 1)
      for (let c = 0; c < channels; c += 1, place += 1) visit(place, image * stride + c, begins[w]!, begins[w + 1]!)
}

/** The place of the first tap that no other exceeds, or `outside` where there is none. */
const chosen = (x: Buffer, taps: Int32Array, base: number, begin: number, end: number): number => {
  if (begin === end) return outside
  let best = base + taps[begin]!
  for (let tap = begin + 1; tap < end; tap += 1) {
    const place = base + taps[tap]!
    if (exceeds(x[place]!, x[best]!)) best = place
  }
  return best
}

const { fround } = Math

export const windows: Rules<Window> = {
  windowMax: (context, parameters) => {
    const over = windowsOf(operandOf(context, 0), outputOf(context), parameters)
    return compute1((out, x) => {
      visitAll(over, (place, base, begin, end) => {
        let best = -Infinity
        for (let tap = begin; tap < end; tap += 1) best = Math.max(best, x[base + over.taps[tap]!]!)
        out[place] = best
      })
    })
  },
  windowPick: (context, parameters) => {
    const over = windowsOf(operandOf(context, 0), outputOf(context), parameters)
    return compute2((out, x, values) => {
      visitAll(over, (place, base, begin, end) => {
        const from = chosen(x, over.taps, base, begin, end)
        out[place] = from === outside ? 0 : values[from]!
      })
    })
  },
  windowScatter: (context, parameters) => {
    const over = windowsOf(operandOf(context, 0), operandOf(context, 1), parameters)
    return compute2((out, x, given) => {
      out.fill(0)
      visitAll(over, (place, base, begin, end) => {
        const to = chosen(x, over.taps, base, begin, end)
        if (to !== outside) out[to] = out[to]! + given[place]!
      })
    })
  },
  windowSum: (context, parameters) => {
    const over = windowsOf(operandOf(context, 0), outputOf(context), parameters)
    const round = outputOf(context).dtype === 'f32' ? fround : (sum: number) => sum
    return compute1((out, x) => {
      visitAll(over, (place, base, begin, end) => {
        let sum = 0
        for (let tap = begin; tap < end; tap += 1) sum = round(sum + x[base + over.taps[tap]!]!)
        out[place] = sum
      })
    })
  },
  windowSpread: (context, parameters) => {
    const over = windowsOf(outputOf(context), operandOf(context, 0), parameters)
    return compute1((out, given) => {
      out.fill(0)
      visitAll(over, (place, base, begin, end) => {
        for (let tap = begin; tap < end; tap += 1) {
          const to = base + over.taps[tap]!
          out[to] = out[to]! + given[place]!
        }
      })
    })
  }
}
