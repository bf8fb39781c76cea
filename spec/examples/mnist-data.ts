/**
 * The images of MNIST, and parts of them that a test has time for.
 */
import * as Either from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { showErrors, take } from 'gradfold/data'
import { mnist, type Mnist } from 'gradfold/data/node'
import { right } from './right.ts'

export const images = async (): Promise<Mnist> => pipe(await mnist()(), Either.mapLeft(showErrors), right)

/** The first images of both parts. */
export const firstOf = ({ train, test }: Mnist, training: number, testing: number): Mnist => ({
  train: take(training)(train),
  test: take(testing)(test)
})
