/**
 * Options of the programs in this folder: `--name value`, `--name=value`, or `--name` alone; checked by codecs, so that what
 * is wrong is said in one sentence each.
 */
import * as Either from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { decodeWith, type Codec } from 'gradfold/codec'

/** How the text of an option is read before its codec sees it; others stay texts. */
export type Readers = Readonly<Record<string, (text: string) => unknown>>

/** A number; a text that is none stays as it is, for the codec to complain about. */
export const numeral = (text: string): unknown =>
  text.trim() === '' || Number.isNaN(Number(text)) ? text : Number(text)

/** A list with commas. */
export const listOf =
  (item: (text: string) => unknown) =>
  (text: string): unknown =>
    text.split(',').map((part) => item(part.trim()))

export const same = (text: string): unknown => text

interface Given {
  readonly name: string
  readonly value: string | true
}

/** The options as they were given, or the complaint about an argument that is none. */
const given = (argv: readonly string[]): Either.Either<string, readonly Given[]> => {
  const found: Given[] = []
  for (let i = 0; i < argv.length; i++) {
    const [, name, value] = /^--([^=]+)(?:=(.*))?$/s.exec(argv[i] ?? '') ?? []
    if (name === undefined) return Either.left(`expected options such as --name value, got '${argv[i]}'`)
    const next = argv[i + 1]
    const takesNext = value === undefined && next !== undefined && !next.startsWith('--')
    found.push({ name, value: takesNext ? next : (value ?? true) })
    if (takesNext) i++
  }
  return Either.right(found)
}

/** Reads the arguments of a program; all complaints begin with its name. */
export const readOptions =
  <A>(program: string, codec: Codec<A>, readers: Readers) =>
  (argv: readonly string[]): Either.Either<readonly string[], A> =>
    pipe(
      given(argv),
      Either.mapLeft((complaint) => [`${program}: ${complaint}`]),
      Either.map((all) =>
        Object.fromEntries(
          all.map(({ name, value }) => [name, value === true ? true : (readers[name] ?? same)(value)] as const)
        )
      ),
      Either.flatMap(decodeWith(program, codec))
    )

/** Ends a program that was called wrongly. */
export const orExit = <A>(outcome: Either.Either<readonly string[], A>): A =>
  pipe(
    outcome,
    Either.getOrElse<readonly string[], A>((complaints) => {
      for (const complaint of complaints) console.error(complaint)
      return process.exit(2)
    })
  )
