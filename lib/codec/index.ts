/**
 * Codecs: reading and writing plain data, with closed keys, numbers in stated ranges, and every problem in one sentence.
 *
 * For descriptions of a user's own layers, atoms and losses, as for those of the library.
 *
 * @since 0.1.0
 */
export { checked, guarded, late, type Codec, type TypeOf } from './codec.ts'
export { isDeeperThan } from './depth.ts'
export { list } from './list.ts'
export { count, finite, fraction, natural, nonNegative, number, numberWhere, positive } from './numbers.ts'
export { build, decodeWith, parseWith, problemsOf } from './problems.ts'
export { optional, record, type Field, type Fields, type Optional } from './record.ts'
export { showValue } from './show.ts'
export { didYouMean, distance, nearest, suggestion } from './suggestion.ts'
export { byTag, either, orNull, taggedRecord, taggedUnion, type Tagged } from './union.ts'
export { flag, literal, oneOf, text } from './words.ts'
