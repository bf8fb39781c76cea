/**
 * Regions: fused elementwise work, broadcasts and reductions as one kernel.
 *
 * @since 0.1.0
 */
export { isRegion, regionKernel } from './kernel.ts'
export type { Fold, Region, RegionStep, RegionWrite } from './region.ts'
export { elementwisePrimitives, isElementwise, ruleOf, type ElementwisePrimitive } from './rules.ts'
