import type * as Either from 'fp-ts/lib/Either.js'
import { expectTypeOf, it } from 'vitest'
import { hash, parse, print } from '../../../lib/expr/text/index.ts'
import type { Program } from '../../../lib/expr/internal.ts'

it('a program prints to a text, and a text parses to a program or a sentence', () => {
  expectTypeOf(print).toEqualTypeOf<(program: Program) => string>()
  expectTypeOf(parse).toEqualTypeOf<(text: string) => Either.Either<string, Program>>()
  expectTypeOf(hash).toEqualTypeOf<(program: Program) => string>()
})
