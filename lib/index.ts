/**
 * gradfold: typed networks, pure training, the same bits on every machine.
 *
 * The root exports namespaces only, for some names occur in more than one of them.
 *
 * @since 0.1.0
 */
export * as Codec from './codec/index.ts'
export * as Data from './data/index.ts'
export * as Engine from './engine/index.ts'
export * as Expr from './expr/index.ts'
export * as Network from './network/index.ts'
export * as Objective from './objective/index.ts'
export * as Optimizer from './optimizer/index.ts'
export * as Random from './random/index.ts'
export * as Shape from './shape/index.ts'
export * as Tensor from './tensor/index.ts'
export * as Training from './training/index.ts'
export * as Transform from './transform/index.ts'
