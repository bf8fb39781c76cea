/**
 * The engine that is used where none is given.
 *
 * @since 0.1.0
 */
import type { Engine } from './engine.ts'
import { wasm } from './wasm/engine.ts'

export const defaultEngine: Engine = wasm()
