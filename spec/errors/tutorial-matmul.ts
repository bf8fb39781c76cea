// A snippet that circulates in tutorials: weights of shape [out, in], multiplied as if they were [in, out].
import { pipe } from 'fp-ts/lib/function.js'
import { add, constant, matmul, transpose } from '../../lib/expr/index.ts'
import { fromArray } from '../../lib/tensor/index.ts'

const x = constant(fromArray([1, 2, 3], [1, 3], 'f64'))
const w = constant(fromArray([0.2, 0.8, -0.5, 0.5, -0.91, 0.26], [2, 3], 'f64'))
const b = constant(fromArray([0.5, -0.1], [2], 'f64'))

export const right = () => pipe(x, matmul(pipe(w, transpose())), add(b))
// weights the wrong way round
export const e01 = () => pipe(x, matmul(w), add(b))
// the same, called without pipe
export const e02 = () => matmul(w)(x)
