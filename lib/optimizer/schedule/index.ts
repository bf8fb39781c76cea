/**
 * Schedules.
 *
 * @since 0.1.0
 */
export { constant } from './constant.ts'
export { cosine } from './cosine.ts'
export { at } from './evaluate.ts'
export { exponential } from './exponential.ts'
export { inverseTime } from './inverse-time.ts'
export { linear } from './linear.ts'
export type * from './model.ts'
export { piecewise } from './piecewise.ts'
export { polynomial } from './polynomial.ts'
export { step } from './step.ts'
export { warmup, warmupCosine } from './with-warmup.ts'
