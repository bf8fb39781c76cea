/**
 * Calls of products and convolutions, with the regions that end them.
 *
 * @since 0.1.0
 */
import { endedConvolution } from '../convolution/index.ts'
import { splitEnded } from '../convolution/split.ts'
import type { Kernel } from '../kernel.ts'
import { matmulKernel } from '../matmul/kernel.ts'
import type { Epilogue, Product } from '../matmul/product.ts'
import type { Attached } from '../passes/attach.ts'
import { endingOf, type Ending } from '../passes/epilogue.ts'
import type { Group } from '../passes/fuse.ts'
import { regionOf } from '../passes/region-of.ts'
import type { Region } from '../region/index.ts'
import { splitKernel } from '../threads/split-kernel.ts'
import { splitProduct } from '../threads/split-product.ts'
import { nameOf, wholly, type Call, type Making, type Slots } from './call.ts'
import { contraction } from './contraction.ts'
import { inARow, inPanels } from './copies.ts'

/** How the region of a group ends the product, or convolution, that is a root. */
const endOf = ({ graph, written }: Making, group: Group, root: number): Ending =>
  endingOf(
    regionOf(graph, group, (variable) => written.has(variable)),
    root,
    graph.slots[root]!.dtype
  )

/** A matrix product, with the region that ends it. */
export const productCall = (making: Making, group: Attached, product: number): Call => {
  const { compilation, graph } = making
  const equation = graph.program.equations[product]!
  const root = graph.firsts[product]!
  const output = making.packed.has(root) ? 'panels' : 'rows'
  const make = (part: Product, epilogue?: Epilogue): Kernel =>
    matmulKernel(compilation, part, epilogue === undefined ? {} : { epilogue })
  if (group.product === undefined) {
    const {
      kernel,
      reads,
      product: whole
    } = contraction(compilation, graph, equation, inARow(making), inPanels(making), output)
    return {
      name: nameOf(graph, group),
      kernel,
      reads,
      writes: [root],
      reusable: [],
      split: () => splitProduct(whole, make)
    }
  }
  const ending = endOf(making, group, root)
  const epilogue = ending.epilogue(ending.region)
  const ended = contraction(compilation, graph, equation, inARow(making), inPanels(making), output, epilogue)
  return {
    name: `matmul ${nameOf(graph, group)}`,
    kernel: ended.kernel,
    reads: [...ended.reads, ...wholly(ending.reads)],
    writes: ending.writes,
    reusable: [],
    split: () => splitProduct(ended.product, make, ending)
  }
}

/** A convolution, or its gradient by the image, with the region that ends it. */
export const convolutionCall = (making: Making, group: Attached, convolution: number, slots: Slots): Call => {
  const { compilation, graph } = making
  const equation = graph.program.equations[convolution]!
  const ending = endOf(making, group, graph.firsts[convolution]!)
  const make = (part: Slots, region: Region): Kernel =>
    endedConvolution(compilation, equation, part, ending.epilogue(region))
  return {
    name: `${equation.primitive} ${nameOf(graph, group)}`,
    kernel: make(slots, ending.region),
    reads: [...equation.operands.map(inARow(making)), ...wholly(ending.reads)],
    writes: ending.writes,
    reusable: [],
    split: () => splitEnded(ending, (region) => splitKernel(equation, slots, (part) => make(part, region)))
  }
}
