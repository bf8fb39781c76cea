/**
 * Engines: what runs programs, and the numerics that they all share.
 *
 * @since 0.1.0
 */
export * from './engine.ts'
export * from './evaluate.ts'
export * from './numerics.ts'
export { reference } from './reference/engine.ts'
export { wasm, type WasmOptions } from './wasm/engine.ts'
export * from './wasm/debug/index.ts'
