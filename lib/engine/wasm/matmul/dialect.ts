/**
 * The two ways to write the innermost loop, which differ in speed only.
 *
 * V8 up to 12 (Node 20, 22) moves the arithmetic of a basic block to its end and keeps every load of the block alive
 * until then, so that unrolled code runs out of registers: there each step is a basic block of its own, cut off by a
 * test whether to leave. Later versions, and other engines, are fastest with plain unrolling.
 *
 * @since 0.1.0
 */

// model

/** `exits`: a test after each step. `straight`: steps in a row, and the rest one by one. */
export interface Dialect {
  readonly kind: 'exits' | 'straight'
  /** how many steps are written out in one round of the loop */
  readonly unroll: number
}

// constructors

export const exits: Dialect = { kind: 'exits', unroll: 8 }
export const straight: Dialect = { kind: 'straight', unroll: 4 }

interface Host {
  readonly process?: { readonly versions?: { readonly v8?: string } }
  readonly navigator?: { readonly userAgent?: string }
}

/** The major version of V8, as Node and its like or Chromium tell it; undefined for other engines. */
export const versionOfV8 = ({ process, navigator }: Host): number | undefined => {
  const server = /^(\d+)\./.exec(process?.versions?.v8 ?? '')?.[1]
  if (server !== undefined) return Number(server)
  // Chromium's version is ten times that of its V8
  const browser = /Chrom(?:e|ium)\/(\d+)/.exec(navigator?.userAgent ?? '')?.[1]
  return browser === undefined ? undefined : Math.floor(Number(browser) / 10)
}

/** What is fastest in an engine. */
export const dialectFor = (host: Host): Dialect => ((versionOfV8(host) ?? 13) < 13 ? exits : straight)

/** What is fastest here. */
export const defaultDialect: Dialect = dialectFor(globalThis)
