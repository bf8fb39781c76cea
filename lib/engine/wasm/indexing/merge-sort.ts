/**
 * A stable merge sort of records: runs of eight by insertion, then runs of twice the length, from one half of the
 * memory to the other and back.
 *
 * @since 0.1.0
 */
import {
  block,
  branch,
  branchIf,
  define,
  i32,
  i64,
  label,
  loop,
  run,
  select,
  set,
  type FunctionDefinition,
  type Instruction
} from '../assembler/index.ts'
import type { Compilation } from '../compilation.ts'
import { copyRecord, type RecordBytes } from './records.ts'

/** How many records are sorted by insertion. */
const short = 8

/** A loop while a condition holds. */
const whilst = (condition: Instruction<'i32'>, body: readonly Instruction[]): Instruction<'none'> => {
  const [again, done] = [label(), label()]
  return block(done, [loop(again, [branchIf(i32.isZero(condition), done), ...body, branch(again)])])
}

const lesser = (a: Instruction<'i32'>, b: Instruction<'i32'>): Instruction<'i32'> =>
  select(i32.lessUnsigned(a, b), a, b)

/** Sorts the records between two pointers in place. */
const insertion = (bytes: RecordBytes): FunctionDefinition =>
  define(`insertion ${bytes}`, ['i32', 'i32'], [], ([begin, end], local) => {
    const [next, hole] = [local('i32'), local('i32')]
    const [key, index] = [local('i64'), local('i64')]
    const before = i32.subtract(hole, bytes)
    const shifting = label()
    return [
      set(next, i32.add(begin, bytes)),
      whilst(i32.lessUnsigned(next, end), [
        set(key, i64.load(next)),
        ...(bytes === 16 ? [set(index, i64.load(next, 8))] : []),
        set(hole, next),
        block(shifting, [
          whilst(i32.greaterUnsigned(hole, begin), [
            branchIf(i64.lessEqualUnsigned(i64.load(before), key), shifting),
            copyRecord(bytes, hole, before),
            set(hole, before)
          ])
        ]),
        i64.store(hole, key),
        ...(bytes === 16 ? [i64.store(hole, index, 8)] : []),
        set(next, i32.add(next, bytes))
      ])
    ]
  })

/** Merges the run from `left` to `middle` and that from there to `end`; of equal records those on the left come first. */
const merge = (bytes: RecordBytes): FunctionDefinition =>
  define(`merge ${bytes}`, ['i32', 'i32', 'i32', 'i32'], [], ([to, left, middle, end], local) => {
    const [right, isRight] = [local('i32'), local('i32')]
    const onward = set(to, i32.add(to, bytes))
    return [
      set(right, middle),
      // without a branch on the order, which nothing could predict
      whilst(i32.and(i32.lessUnsigned(left, middle), i32.lessUnsigned(right, end)), [
        set(isRight, i64.lessUnsigned(i64.load(right), i64.load(left))),
        copyRecord(bytes, to, select(isRight, right, left)),
        set(isRight, i32.multiply(isRight, bytes)),
        set(right, i32.add(right, isRight)),
        set(left, i32.subtract(i32.add(left, bytes), isRight)),
        onward
      ]),
      whilst(i32.lessUnsigned(left, middle), [copyRecord(bytes, to, left), set(left, i32.add(left, bytes)), onward]),
      whilst(i32.lessUnsigned(right, end), [copyRecord(bytes, to, right), set(right, i32.add(right, bytes)), onward])
    ]
  })

/**
 * The function `(records, other, length) -> sorted` that sorts `length` bytes of records at an address with as many at
 * another, and gives the one of the two that the sorted records are at.
 */
export const sortRecords = (compilation: Compilation, bytes: RecordBytes): FunctionDefinition =>
  compilation.shared(`sort records ${bytes}`, () => {
    const [inserting, merging] = [insertion(bytes), merge(bytes)]
    return define(`sort records ${bytes}`, ['i32', 'i32', 'i32'], ['i32'], ([from, to, length], local) => {
      const [place, width, swapped] = [local('i32'), local('i32'), local('i32')]
      const at = (offset: Instruction<'i32'>): Instruction<'i32'> => i32.add(from, lesser(offset, length))
      return [
        whilst(i32.lessUnsigned(place, length), [
          run(inserting, i32.add(from, place), at(i32.add(place, short * bytes))),
          set(place, i32.add(place, short * bytes))
        ]),
        set(width, short * bytes),
        whilst(i32.lessUnsigned(width, length), [
          set(place, 0),
          whilst(i32.lessUnsigned(place, length), [
            run(
              merging,
              i32.add(to, place),
              i32.add(from, place),
              at(i32.add(place, width)),
              at(i32.add(place, i32.shiftLeft(width, 1)))
            ),
            set(place, i32.add(place, i32.shiftLeft(width, 1)))
          ]),
          set(swapped, from),
          set(from, to),
          set(to, swapped),
          set(width, i32.shiftLeft(width, 1))
        ]),
        from
      ]
    })
  })
