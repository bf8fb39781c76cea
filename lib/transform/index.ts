/**
 * Transformations of functions and programs: derivatives, batching, simplification.
 *
 * @since 0.1.0
 */
export { grad, valueAndGrad, valueAndGradWithAux } from './gradient.ts'
export { jvp, vjp } from './derivative.ts'
export { hessian, hvp, jacobian } from './curvature.ts'
export { stopGradient } from './stop.ts'
export { vmap, type BatchAxis } from './batch.ts'
export { customJvp, customVjp } from '../expr/index.ts'
export { simplify, type Evaluator } from './simplify/simplify.ts'
export type { Lift } from './arguments.ts'
