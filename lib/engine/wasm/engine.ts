/**
 * The WebAssembly engine: every program becomes one module.
 *
 * @since 0.2.0
 */
import type { Engine } from '../engine.ts'
import { executableOf } from './executable.ts'
import { imageOf } from './image.ts'

export const wasm = (): Engine => ({
  name: 'wasm',
  compile: (program) => executableOf(imageOf(program))
})
