/**
 * The inside of expressions: graphs, tracing and the primitive table, for the other folders of the library. Users
 * import the operators of the public index instead.
 *
 * @internal
 */
export * from './build.ts'
export * from './graph.ts'
export * from './node.ts'
export * from './primitive/parameters.ts'
export { primitives } from './primitive/table.ts'
export * from './program.ts'
export * from './trace.ts'
