/**
 * The engines that can be measured, by the names that `--engine` takes.
 */
import * as Either from 'fp-ts/lib/Either.js'
import { reference, wasm, type Engine } from 'gradfold/engine'

interface Choice {
  readonly engine: (threads: number) => Engine
  /** how many threads it can run on */
  readonly threads: number
}

const choices = {
  reference: { engine: () => reference, threads: 1 },
  wasm: { engine: (threads: number) => wasm({ threads }), threads: 64 }
} satisfies Readonly<Record<string, Choice>>

export type EngineName = keyof typeof choices

export const engineNames = Object.keys(choices) as readonly EngineName[]

/** What is measured where nothing is asked for: the fastest. */
export const defaultEngine: EngineName = engineNames[engineNames.length - 1]!

/** An engine on a number of threads, or why there is none. */
export const engineFor = (name: EngineName, threads: number): Either.Either<string, Engine> => {
  const choice: Choice = choices[name]
  return threads <= choice.threads
    ? Either.right(choice.engine(threads))
    : Either.left(`bench: the engine ${name} runs on ${choice.threads} thread, got --threads ${threads}`)
}
