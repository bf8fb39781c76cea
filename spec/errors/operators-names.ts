// Operators on shapes with names, which exist at compile time only.
import { pipe } from 'fp-ts/lib/function.js'
import { add, broadcastLike, broadcastTo, matmul, reshape, squeeze, sum, type Expr } from '../../lib/expr/index.ts'

declare const rows: Expr<['batch', 784]>
declare const words: Expr<['batch', 'time', 768]>
declare const vector: Expr<[64]>

export const right = pipe(words, reshape('batch', 'time', 12, 64))
export const flat = pipe(words, reshape('batch', -1), sum(-1, { keep: true }), broadcastLike(rows))
// other rows
export const n01 = pipe(rows, add(vector))
// another name
export const n02 = pipe(rows, matmul(words))
// an axis that is not there
export const n03 = pipe(rows, sum(2))
// elements that do not divide
export const n04 = pipe(rows, reshape(-1, 29))
// a name that is not among the axes
export const n05 = pipe(rows, reshape('batch', 'time', 28))
// names in another order
export const n06 = pipe(words, reshape('time', 'batch', 768))
// a name of unknown size
export const n07 = pipe(vector, broadcastTo('batch', 64))
// a name that need not be 1
export const n08 = pipe(rows, squeeze(0))
