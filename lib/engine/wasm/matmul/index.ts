/**
 * Matrix products.
 *
 * @since 0.1.0
 */
export { defaultDialect, dialectFor, exits, straight, versionOfV8, type Dialect } from './dialect.ts'
export { matmulKernel, type MatmulOptions } from './kernel.ts'
export { packKernel } from './layout.ts'
export { panelLayout, panelWidth, type PanelLayout } from './panels.ts'
export {
  collapsed,
  type BatchAxis,
  type Epilogue,
  type NumberType,
  type Place,
  type Product,
  type Strides
} from './product.ts'
export { scheduleFor, type Schedule } from './schedule.ts'
