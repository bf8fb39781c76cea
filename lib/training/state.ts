/**
 * The state of a training: one immutable value that holds all of it.
 *
 * @since 0.1.0
 */
import type { Cursor } from '../data/index.ts'
import type { Key } from '../random/index.ts'

/**
 * Everything a training has come to: with the same batches from here on, the same bits follow.
 *
 * - `step`: how many updates were made, from 0
 * - `params`: the network's parameters, a tree of tensors by the names of its layers
 * - `netState`: the network's state (running statistics and the like), likewise
 * - `optState`: the optimizer's state by the names of its atoms, hyper-parameters included
 * - `rootKey`: the key from which the key of every step is derived
 * - `cursor`: where in the data the next batch is
 *
 * @category model
 * @since 0.1.0
 */
export interface TrainState<P, N, O> {
  readonly step: number
  readonly params: P
  readonly netState: N
  readonly optState: O
  readonly rootKey: Key
  readonly cursor: Cursor
}

/**
 * A state of any training.
 *
 * @category model
 * @since 0.1.0
 */
export type AnyState = TrainState<unknown, unknown, unknown>
