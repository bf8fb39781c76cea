/**
 * The definitions of the library's own layers.
 *
 * @since 0.1.0
 */
import type { AnyDefinition } from './definition.ts'
import { activationDefinition } from './layer/activation.ts'
import { averagePool2dDefinition } from './layer/average-pool2d.ts'
import { conv2dDefinition } from './layer/conv2d.ts'
import { denseDefinition } from './layer/dense.ts'
import { dropoutDefinition } from './layer/dropout.ts'
import { eluDefinition } from './layer/elu.ts'
import { flattenDefinition } from './layer/flatten.ts'
import { hardTanhDefinition } from './layer/hard-tanh.ts'
import { leakyReluDefinition } from './layer/leaky-relu.ts'
import { maxPool2dDefinition } from './layer/max-pool2d.ts'
import { namedDefinition } from './layer/named.ts'
import { overAxesDefinition } from './layer/over-axes.ts'
import { reshapeDefinition } from './layer/reshape.ts'
import { residualDefinition } from './layer/residual.ts'
import { sequentialDefinition } from './layer/sequential.ts'

/**
 * The definitions of the library's own layers: what `decode` knows unless it is told otherwise.
 *
 * @example
 * import { builtInLayers, decode } from 'gradfold/network'
 * const read = decode([...builtInLayers]) // add the definitions of one's own layers here
 * @category definitions
 * @since 0.1.0
 */
export const builtInLayers: readonly AnyDefinition[] = [
  denseDefinition,
  conv2dDefinition,
  maxPool2dDefinition,
  averagePool2dDefinition,
  activationDefinition,
  leakyReluDefinition,
  eluDefinition,
  hardTanhDefinition,
  flattenDefinition,
  reshapeDefinition,
  dropoutDefinition,
  namedDefinition,
  sequentialDefinition,
  residualDefinition,
  overAxesDefinition
]
