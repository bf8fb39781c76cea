/**
 * The storage of tensors, for engines and for this folder: never part of the public index.
 *
 * @internal
 */
export { allocate, type Buffer, type Buffers } from './dtype.ts'
export { bufferOf, fromBuffer, scalarOf } from './tensor.ts'
