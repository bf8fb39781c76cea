/**
 * What succeeds is looked into; what fails fails the test with its own words.
 */
import * as Either from 'fp-ts/lib/Either.js'
import { expect } from 'vitest'

export const right = <A>(either: Either.Either<string, A>): A =>
  Either.isRight(either) ? either.right : expect.fail(either.left)
