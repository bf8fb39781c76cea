/**
 * Objectives: losses, regularisers, metrics.
 *
 * @since 0.1.0
 */
export * from './codec.ts'
export * from './evaluate.ts'
export * from './label.ts'
export * from './loss.ts'
export { binaryCrossEntropy } from './loss/binary-cross-entropy.ts'
export { withLabelSmoothing } from './loss/classes.ts'
export { halfSquaredError, meanSquaredError } from './loss/mean-squared-error.ts'
export { softmaxCrossEntropy } from './loss/softmax-cross-entropy.ts'
export { sparseSoftmaxCrossEntropy } from './loss/sparse-softmax-cross-entropy.ts'
export * from './metric.ts'
export { accuracy, binaryAccuracy } from './metric/accuracy.ts'
export { confusionMatrix, type ConfusionMatrix } from './metric/confusion-matrix.ts'
export { meanLoss, type Total } from './metric/mean-loss.ts'
export type { Ratio } from './metric/ratio.ts'
export * from './regularizer.ts'
