/**
 * What the engine needs from the platform, in Node and in browsers.
 *
 * The library is compiled without the types of either, so the few that it needs are written here.
 *
 * @since 0.2.0
 */

/** Memory of an instance; every typed array over `buffer` is a view of it. */
export interface Memory {
  readonly buffer: ArrayBuffer
}

/** A compiled module, which can be instantiated many times. */
export interface Module {
  readonly [Symbol.toStringTag]: string
}

export interface Instance {
  readonly exports: Readonly<Record<string, (...operands: readonly number[]) => number | undefined>>
}

interface Platform {
  readonly performance: { readonly now: () => number }
  readonly WebAssembly: {
    readonly Memory: new (descriptor: {
      readonly initial: number
      readonly maximum: number
      readonly shared?: boolean
    }) => Memory
    readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => Module
    readonly Instance: new (module: Module, imports: { readonly environment: { readonly memory: Memory } }) => Instance
    readonly validate: (bytes: Uint8Array<ArrayBuffer>) => boolean
  }
}

// every platform that runs the library has these globals, whose types depend on the platform
const platform = globalThis as unknown as Platform

export const { WebAssembly } = platform

/** Milliseconds since some moment. */
export const now = (): number => platform.performance.now()
