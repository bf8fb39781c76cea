/**
 * What every example ends with: it prints where it is run, and stays silent where a test imports it.
 */
import { realpathSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import * as Either from 'fp-ts/lib/Either.js'

/** What is printed, or why there is nothing to print. */
export type Outcome = string | Either.Either<string, string>

/** What a function gives where it succeeds. */
export type Success<F> = F extends (...args: never) => Either.Either<unknown, infer A> ? A : never

/** Prints the outcome of an example if its module is the program that Node was given: `npx tsx examples/xor.ts`. */
export const whenRun = async (module: string, outcome: () => Outcome | Promise<Outcome>): Promise<void> => {
  const [, program] = process.argv
  if (program === undefined || pathToFileURL(realpathSync(program)).href !== module) return
  const found = await outcome()
  const text = typeof found === 'string' ? Either.right<string, string>(found) : found
  if (Either.isRight(text)) console.log(text.right)
  else {
    console.error(text.left)
    process.exitCode = 1
  }
}
