/**
 * Networks: layers as data, with shapes that the compiler checks, and what can be made of them.
 *
 * @since 0.1.0
 */

// rules, which a layer's own file extends
export * from './rules.ts'

// networks and layers
export { compose, input, network } from './network.ts'
export { layer, layersOf } from './layers.ts'
export {
  isLayer,
  isNetwork,
  outputShape,
  type AnyLayer,
  type AnyNetwork,
  type InputOf,
  type Layer,
  type Network,
  type OutputOf,
  type ParamCount,
  type ParamsOf,
  type Specs,
  type StateOf
} from './model.ts'

// layers
export * from './layer/dense.ts'
export * from './layer/conv2d.ts'
export * from './layer/max-pool2d.ts'
export * from './layer/average-pool2d.ts'
export * from './layer/activation.ts'
export * from './layer/leaky-relu.ts'
export * from './layer/elu.ts'
export * from './layer/hard-tanh.ts'
export * from './layer/flatten.ts'
export * from './layer/reshape.ts'
export * from './layer/dropout.ts'
export * from './layer/named.ts'
export * from './layer/sequential.ts'
export * from './layer/residual.ts'
export * from './layer/over-axes.ts'

// interpreters
export * from './mode.ts'
export { countParameters, init, slots, type Initial, type InitOptions } from './init.ts'
export { apply, type Applying } from './apply.ts'
export { predict, type Predicting, type PredictOptions } from './predict.ts'
export { rows, show, summary, type Row } from './summary.ts'
export { decode, encode, networkEq as Eq, equals, hash, type Json } from './encode.ts'

// layers of one's own
export {
  defineLayer,
  nothing,
  stateless,
  weight,
  type AnyDefinition,
  type Applied,
  type Context,
  type LayerDefinition,
  type LayerMode,
  type Plan,
  type Weight
} from './definition.ts'
export { lastOf, numericLast, sizesOf, type NumericLast } from './last.ts'
export { builtInLayers } from './built-in-layers.ts'
