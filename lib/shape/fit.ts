/**
 * Parameters whose type is the sentence where something does not fit: a `never` result is accepted silently, and an extra
 * argument explains nothing.
 *
 * @since 0.1.0
 */

/**
 * The type of a parameter: T, or the sentence where there is one.
 *
 * @example
 * import type { Fit, MatMulMessage } from 'gradfold/shape'
 * const matrix: Fit<MatMulMessage<[2, 3], [3, 4]>, number> = 1
 * const refused: Fit<MatMulMessage<[3], [3, 4]>, number> = 'matmul: left side has to be a matrix, got [3]'
 *
 * @category type functions
 * @since 0.1.0
 */
export type Fit<Message, T> = [Message] extends [never] ? T : Message

/**
 * The first of two complaints, or `never`.
 *
 * @category type functions
 * @since 0.1.0
 */
export type First<A, B> = [A] extends [never] ? B : A
