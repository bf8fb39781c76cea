/**
 * Failures of a training, as values.
 *
 * @since 0.1.0
 */

/**
 * A number that is not finite came out of a step; the state before that step is kept.
 *
 * @category model
 * @since 0.1.0
 */
export interface NonFinite<S> {
  readonly _tag: 'NonFinite'
  /** the step that failed, counted from 0 */
  readonly step: number
  /** where: `inputs` or `labels` of the batch, else `loss`, or the path of a parameter or a state, as in `params.dense_0.kernel` */
  readonly path: string
  /** one sentence for a person */
  readonly message: string
  /** the last good state */
  readonly state: S
}

/**
 * A batch or a state that does not belong to the training; nothing was computed.
 *
 * @category model
 * @since 0.1.0
 */
export interface Mismatch<S> {
  readonly _tag: 'Mismatch'
  readonly step: number
  /** one sentence for a person */
  readonly message: string
  readonly state: S
}

/**
 * Why a training stopped before its end, with the last good state.
 *
 * @category model
 * @since 0.1.0
 */
export type Failure<S> = NonFinite<S> | Mismatch<S>

export const nonFinite = <S>(step: number, path: string, value: number | undefined, state: S): NonFinite<S> => ({
  _tag: 'NonFinite',
  step,
  path,
  message: `step ${step}: ${path} is not finite${value === undefined ? '' : ` (${value})`}; lower the learning rate or clip the gradient`,
  state
})

/** The batch itself holds what is not finite, which no learning rate mends. */
export const nonFiniteBatch = <S>(
  step: number,
  path: 'inputs' | 'labels',
  value: number,
  place: number,
  state: S
): NonFinite<S> => ({
  _tag: 'NonFinite',
  step,
  path,
  message: `step ${step}: the ${path} are not finite (${value} at element ${place}); mend or leave out these examples`,
  state
})

export const mismatch = <S>(step: number, message: string, state: S): Mismatch<S> => ({
  _tag: 'Mismatch',
  step,
  message,
  state
})
