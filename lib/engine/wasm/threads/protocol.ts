/**
 * How threads take part in a step, in WebAssembly.
 *
 * Every chain of every stage is claimed before it is computed, first of all by the thread that it is meant for. Whoever
 * is done with its own takes what nobody has claimed yet, so that a step waits only for threads that are at work, never
 * for one that sleeps. A thread that comes too late, even to an earlier step, finds everything claimed and goes through.
 *
 * The calling thread is number 0. It waits for others a bounded time: then `member` gives 1 and the step is undone, as
 * nothing of the inputs is ever written.
 *
 * @since 0.1.0
 */
import {
  atomic,
  branch,
  branchIf,
  call,
  countUp,
  define,
  drop,
  giveBack,
  i32,
  i64,
  label,
  loop,
  run,
  set,
  when,
  type FunctionDefinition,
  type Instruction
} from '../assembler/index.ts'
import type { StageCode, TeamCode } from './team-code.ts'

// model

/** Where the words of a team are, in bytes from its block; on cache lines of their own where threads wait for them. */
export const words = {
  /** the number of the step that is wanted, and the table of its pointers */
  order: 0,
  table: 4,
  /** how many chains have been computed in all steps */
  done: 64,
  /** whether the calling thread may sleep */
  maySleep: 128,
  /** how many workers have the module */
  present: 132,
  /** the last step for which each chain was claimed */
  claims: 192
} as const

const chainsIn = (stages: readonly StageCode[]): number =>
  stages.reduce((sum, { chains }) => sum + chains.filter((chain) => chain !== undefined).length, 0)

/** Bytes of a team's block. */
export const blockBytes = ({ stages }: TeamCode): number => words.claims + 4 * chainsIn(stages)

// waiting

/** Rounds that a thread spins: as long as a chain takes, at least 10 to 20 µs, at most 50 to 100 µs. */
const roundsFor = (operations: number): number => Math.round(Math.min(100_000, Math.max(20_000, operations / 200)))

/** The calling thread gives up after so many waits: a second, and a hundred times what a chain takes. */
const waitsFor = (operations: number): number => Math.round(100 + operations / 2_000_000)

/** A wait, in nanoseconds. */
const sleep = 10_000_000n

/** Rounds that stand for a wait where a thread may not sleep. */
const sleepless = 10_000_000

/**
 * `(target, rounds, waits, thread)`: waits until so many chains are done. Gives 1 if it has waited too long, which only
 * the calling thread ever has.
 */
const waiting = (block: number): FunctionDefinition =>
  define('wait', ['i32', 'i32', 'i32', 'i32'], ['i32'], ([target, rounds, waits, thread], local) => {
    const [done, waited, isWoken] = [local('i32'), local('i32'), local('i32')]
    const again = label()
    return [
      loop(again, [
        set(done, atomic.load(block, words.done)),
        when(i32.greaterEqualSigned(i32.subtract(done, target), 0), [giveBack(i32.constant(0))]),
        when(rounds, [set(rounds, i32.subtract(rounds, 1)), branch(again)]),
        when(
          i32.or(thread, i32.load(block, words.maySleep)),
          [set(isWoken, i32.notEqual(atomic.wait(block, done, i64.constant(sleep), words.done), 2))],
          [set(isWoken, 0), set(rounds, sleepless)]
        ),
        branchIf(i32.or(thread, isWoken), again),
        set(waited, i32.add(waited, 1)),
        branchIf(i32.lessUnsigned(waited, waits), again)
      ]),
      i32.constant(1)
    ]
  })

// the step

/** One step from a table of pointers on the calling thread alone. */
export const aloneFunction = ({ stages }: TeamCode): FunctionDefinition =>
  define('step', ['i32'], [], ([table]) =>
    stages.flatMap(({ chains }) => chains.flatMap((chain) => (chain === undefined ? [] : [run(chain, table)])))
  )

/** `member(thread)`: takes part in the step that is wanted. Gives 1 if the calling thread gave up waiting for others. */
export const memberFunction = ({ stages, threads }: TeamCode, block: number): FunctionDefinition => {
  const wait = waiting(block)
  const all = chainsIn(stages)
  return define('member', ['i32'], ['i32'], ([thread], local) => {
    const [order, table, before, target] = [local('i32'), local('i32'), local('i32'), local('i32')]
    const [turn, part] = [local('i32'), local('i32')]
    let claimed = 0
    const attempt = (chain: FunctionDefinition): Instruction<'none'> => {
      const claim = words.claims + 4 * claimed
      claimed += 1
      return when(i32.equal(atomic.compareExchange(block, before, order, claim), before), [
        run(chain, table),
        when(i32.equal(i32.add(atomic.add(block, 1, words.done), 1), target), [
          drop(atomic.notify(block, threads, words.done))
        ])
      ])
    }
    const stageOf = ({ chains, operations }: StageCode, stage: number): readonly Instruction[] => {
      const attempts = chains.flatMap((chain, of) => {
        if (chain === undefined) return []
        const mine = attempt(chain)
        // workers leave to the calling thread what is meant for it
        return [when(i32.equal(part, of), of === 0 ? [when(i32.isZero(thread), [mine])] : [mine])]
      })
      const isLast = stage === stages.length - 1
      const barrier = when(call('i32', wait, target, roundsFor(operations), waitsFor(operations), thread), [
        giveBack(i32.constant(1))
      ])
      return [
        set(target, i32.add(target, attempts.length)),
        countUp(turn, 0, threads, 1, [
          set(part, i32.add(thread, turn)),
          when(i32.greaterEqualUnsigned(part, threads), [set(part, i32.subtract(part, threads))]),
          ...attempts
        ]),
        isLast ? when(i32.isZero(thread), [barrier]) : barrier
      ]
    }
    return [
      // a step that is not this table's is over, and all of it claimed
      set(order, atomic.load(block, words.order)),
      set(table, atomic.load(block, words.table)),
      set(before, i32.subtract(order, 1)),
      set(target, i32.multiply(before, all)),
      ...stages.flatMap(stageOf),
      i32.constant(0)
    ]
  })
}
