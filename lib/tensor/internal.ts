/**
 * The storage of tensors, for engines and for this folder: never part of the public index.
 *
 * @internal
 */
export { allocate, type Buffer, type Buffers } from './dtype.ts'
export { hashLeaves } from './hash.ts'
export { bufferOf, fromBuffer, isTensor, zerosOf } from './tensor.ts'
