/**
 * Kernels of sliding windows: pooling, and what its derivatives need.
 *
 * @since 0.1.0
 */
import type { WindowParameters } from '../../../expr/internal.ts'
import { size } from '../../../shape/index.ts'
import type { Slot } from '../../../tensor/index.ts'
import { touched, touching, type Extent } from '../../reference/geometry.ts'
import { define, memory, run, type FunctionDefinition } from '../assembler/index.ts'
import type { Compilation } from '../compilation.ts'
import { lanesOf } from '../convolution/lanes.ts'
import { keyOf, type Kernel, type KernelRules, type Task } from '../kernel.ts'
import { picking, scattering } from './choice.ts'
import { folding, maximum, sum } from './fold.ts'
import { partition, reachOf } from './reach.ts'
import { slide, type Sliding } from './slide.ts'

type Window = 'windowMax' | 'windowPick' | 'windowScatter' | 'windowSum' | 'windowSpread'

type Lengths = readonly [images: number, height: number, width: number, channels: number]

/** Windows over an image, and the places where they stand. */
const forward = (image: Slot, windows: Slot, parameters: WindowParameters): Sliding => {
  const [images, height, width, channels] = image.shape as Lengths
  const [vertical, horizontal] = extentsOf(image, windows, parameters)
  return {
    lanes: lanesOf(image.dtype),
    images,
    channels,
    rows: reachOf(touched(0, parameters, vertical), vertical.window),
    columns: reachOf(touched(1, parameters, horizontal), horizontal.window),
    readHeight: height,
    readWidth: width
  }
}

/** Pixels of an image, and the windows that reach them. */
const backward = (image: Slot, windows: Slot, parameters: WindowParameters): Sliding => {
  const [images, height, width, channels] = windows.shape as Lengths
  const [vertical, horizontal] = extentsOf(image, windows, parameters)
  return {
    lanes: lanesOf(image.dtype),
    images,
    channels,
    rows: reachOf(touching(0, parameters, vertical), vertical.window),
    columns: reachOf(touching(1, parameters, horizontal), horizontal.window),
    readHeight: height,
    readWidth: width
  }
}

const extentsOf = (image: Slot, windows: Slot, parameters: WindowParameters): readonly [Extent, Extent] => {
  const [, height, width] = image.shape as Lengths
  const [, down, across] = windows.shape as Lengths
  const [tall, wide] = parameters.size
  return [
    { image: height, window: tall, places: down },
    { image: width, window: wide, places: across }
  ]
}

const nothing = (parameters: number): FunctionDefinition =>
  define(
    'nothing',
    Array.from({ length: parameters }, () => 'i32' as const),
    [],
    () => []
  )

/** A kernel without scratch memory, made once for each key; images without elements need no code. */
const kernelOf = <Q extends WindowParameters>(
  compilation: Compilation,
  name: Window,
  task: Task<Q>,
  image: Slot,
  windows: Slot,
  make: (key: string) => FunctionDefinition
): Kernel => ({
  definition:
    size(image.shape) === 0
      ? nothing(task.operands.length + 1)
      : compilation.shared(keyOf(name, task), () => make(keyOf(name, task))),
  scratch: 0,
  operations: size(windows.shape) * task.parameters.size[0] * task.parameters.size[1]
})

export const windows: KernelRules<Window> = {
  windowMax: (compilation, task) => {
    const [image] = task.operands as readonly [Slot]
    const [out] = task.outputs as readonly [Slot]
    return kernelOf(compilation, 'windowMax', task, image, out, (key) => {
      const sliding = forward(image, out, task.parameters)
      const { lanes } = sliding
      return slide(compilation, key, sliding, { reading: [0], own: [1] }, folding(lanes, maximum(lanes)))
    })
  },
  windowSum: (compilation, task) => {
    const [image] = task.operands as readonly [Slot]
    const [out] = task.outputs as readonly [Slot]
    return kernelOf(compilation, 'windowSum', task, image, out, (key) => {
      const sliding = forward(image, out, task.parameters)
      const { lanes } = sliding
      return slide(compilation, key, sliding, { reading: [0], own: [1] }, folding(lanes, sum(lanes)))
    })
  },
  windowSpread: (compilation, task) => {
    const [given] = task.operands as readonly [Slot]
    const [image] = task.outputs as readonly [Slot]
    return kernelOf(compilation, 'windowSpread', task, image, given, (key) => {
      const sliding = backward(image, given, task.parameters)
      const { lanes } = sliding
      return slide(compilation, key, sliding, { reading: [0], own: [1] }, folding(lanes, sum(lanes)))
    })
  },
  windowPick: (compilation, task) => {
    const [image] = task.operands as readonly [Slot]
    const [out] = task.outputs as readonly [Slot]
    return kernelOf(compilation, 'windowPick', task, image, out, (key) => {
      const sliding = forward(image, out, task.parameters)
      return slide(compilation, key, sliding, { reading: [0, 1], own: [2] }, picking(sliding.lanes))
    })
  },
  windowScatter: (compilation, task) => {
    const [image, given] = task.operands as readonly [Slot, Slot]
    return kernelOf(compilation, 'windowScatter', task, image, given, (key) => {
      const sliding = forward(image, given, task.parameters)
      const { lanes, rows, columns } = sliding
      const [, height, width] = image.shape as Lengths
      const [vertical, horizontal] = [partition(rows, height), partition(columns, width)]
      const isApart = vertical.isDisjoint && horizontal.isDisjoint
      const isCovering = vertical.isCovering && horizontal.isCovering
      const scatter = slide(compilation, key, sliding, { reading: [0, 2], own: [1] }, scattering(lanes, isApart))
      if (isApart && isCovering) return scatter
      return define(`${key} from zero`, ['i32', 'i32', 'i32'], [], ([x, windowed, out]) => [
        memory.fill(out, 0, size(image.shape) * lanes.bytes),
        run(scatter, x, windowed, out)
      ])
    })
  }
}
