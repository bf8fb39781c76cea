/**
 * Jobs: which tiles of an image are computed with which operands, as a table in memory.
 *
 * @since 0.1.0
 */
import {
  branchIf,
  define,
  i32,
  label,
  loop,
  run,
  set,
  type FunctionDefinition,
  type Local,
  type NewLocal
} from '../assembler/index.ts'
import type { Compilation } from '../compilation.ts'

/** Tiles one after the other, and how far they are apart. */
export interface Repeat {
  readonly count: number
  readonly a: number
  readonly out: number
}

/** Tiles in rows: offsets of the first, and two numbers that the tile's function takes. All offsets are in bytes. */
export interface Job {
  readonly a: number
  readonly b: number
  readonly out: number
  readonly first: number
  readonly second: number
  readonly outer: Repeat
  readonly inner: Repeat
}

/** What functions around tiles take: pointers a, b, out, and `more` that are handed through. */
export const pointers = (more: number): readonly ['i32', 'i32', 'i32', ...'i32'[]] => [
  'i32',
  'i32',
  'i32',
  ...Array.from({ length: more }, () => 'i32' as const)
]

/** What a tile's function takes: pointers a, b, out, two numbers of the job, and `more` pointers. */
export const tileParameters = (more: number): readonly ['i32', 'i32', ...ReturnType<typeof pointers>] => [
  'i32',
  'i32',
  ...pointers(more)
]

const rowOf = ({ a, b, out, first, second, outer, inner }: Job): readonly number[] => [
  a,
  b,
  out,
  first,
  second,
  ...[outer, inner].flatMap((repeat) => [repeat.count, repeat.a, repeat.out])
]

const rowBytes = 44

/** A function of pointers (a, b, out, and `more`) that runs jobs, of which there is at least one. */
export const runner = (
  compilation: Compilation,
  name: string,
  tile: FunctionDefinition,
  jobs: readonly Job[],
  more = 0
): FunctionDefinition => {
  const table = compilation.place(Int32Array.from(jobs.flatMap(rowOf)))
  return define(name, pointers(more), [], ([a, b, out, ...others], local) => {
    const job = local('i32')
    const field = (index: number) => i32.load(job, 4 * index)
    const kept = (index: number): Local<'i32'> => fields[index]!
    const fields = Array.from({ length: rowBytes / 4 }, () => local('i32'))
    const [rowA, rowOut] = [local('i32'), local('i32')]
    const [atA, atOut] = [local('i32'), local('i32')]
    const next = label()
    return [
      set(job, table),
      loop(next, [
        ...fields.map((variable, index) => set(variable, field(index))),
        set(kept(1), i32.add(kept(1), b)),
        set(rowA, i32.add(a, kept(0))),
        set(rowOut, i32.add(out, kept(2))),
        ...turns(kept(5), [
          set(atA, rowA),
          set(atOut, rowOut),
          ...turnsOf(local, kept(8), [
            run(tile, atA, kept(1), atOut, kept(3), kept(4), ...others),
            set(atA, i32.add(atA, kept(9))),
            set(atOut, i32.add(atOut, kept(10)))
          ]),
          set(rowA, i32.add(rowA, kept(6))),
          set(rowOut, i32.add(rowOut, kept(7)))
        ]),
        set(job, i32.add(job, rowBytes)),
        branchIf(i32.notEqual(job, table + rowBytes * jobs.length), next)
      ])
    ]
  })
}

type Body = Parameters<typeof loop>[1]

/** A body as often as a variable says, at least once; it counts down to 0. */
const turns = (count: Local<'i32'>, body: Body): Body => {
  const again = label()
  return [loop(again, [...body, set(count, i32.subtract(count, 1)), branchIf(count, again)])]
}

/** The same, with the variable left as it is. */
const turnsOf = (local: NewLocal, count: Local<'i32'>, body: Body): Body => {
  const left = local('i32')
  return [set(left, count), ...turns(left, body)]
}
