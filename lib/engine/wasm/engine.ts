/**
 * The WebAssembly engine: every program becomes one module.
 *
 * @since 0.2.0
 */
import type { Engine } from '../engine.ts'
import { imageCache } from './cache.ts'
import { executableOf } from './executable.ts'

const images = imageCache()

export const wasm = (): Engine => ({
  name: 'wasm',
  compile: (program) => executableOf(images(program))
})
