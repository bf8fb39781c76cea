export { applyUntyped, binds, type OutputsFor } from './apply.ts'
export { outputFor } from './extend.ts'
