/**
 * The inside of expressions: graphs, tracing and the primitive table, for the other folders of the library. Users
 * import the operators of the public index instead.
 *
 * @internal
 */
export * from './graph.ts'
export * from './node.ts'
export * from './primitive/parameters.ts'
export { definitionOf, isPrimitive, primitives, table } from './primitive/table.ts'
export * from './program.ts'
export * from './trace.ts'
export { stopGradient } from './operators/stop-gradient.ts'
