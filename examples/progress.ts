/**
 * A progress line, as a pure function of what is known.
 */

export interface Progress {
  readonly step: number
  readonly steps: number
  readonly loss: number
  /** from 0 to 1 */
  readonly accuracy: number
  readonly examples: number
  /** since the first step */
  readonly seconds: number
}

const clock = (seconds: number): string => {
  const whole = Math.max(0, Math.round(seconds))
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`
}

/** `step 640/1875  loss 0.3121  accuracy 91.2 %  1,204 examples/s  0:33 left` */
export const progressLine = ({ step, steps, loss, accuracy, examples, seconds }: Progress): string => {
  const rate = examples / Math.max(seconds, 1e-9)
  const left = (seconds / Math.max(step, 1)) * (steps - step)
  return [
    `step ${String(step).padStart(String(steps).length)}/${steps}`,
    `loss ${loss.toFixed(4)}`,
    `accuracy ${(100 * accuracy).toFixed(1).padStart(5)} %`,
    `${Math.round(rate).toLocaleString('en-US')} examples/s`,
    `${clock(left)} left`
  ].join('  ')
}
