/**
 * Sessions: steps one after the other with the state inside of the engine. It comes out where somebody looks at it, and
 * where batches of another shape need another program.
 *
 * @since 0.1.0
 */
/* eslint-disable functional/no-let -- a session is where a run of steps is */
import * as Either from 'fp-ts/lib/Either.js'
import type { Feedback, Iteration } from '../engine/index.ts'
import { iterate } from '../engine/iterate.ts'
import type { MeasuredTensors } from '../objective/index.ts'
import { raise } from '../shape/index.ts'
import { isTensor, leavesOf, pathsAndLeaves, sameSlot, withLeaves, type AnyTensor } from '../tensor/index.ts'
import type { Failure } from './failure.ts'
import { argumentsOf, type Compiled, type Parts } from './program.ts'
import type { AnyState } from './state.ts'
import type { AnyBatch } from './step.ts'
import { failureOf } from './step-failure.ts'
import type { Position } from './stop.ts'

// model

/** What is told of a step. State and metrics are there to be asked for until the next step. */
export interface Told {
  readonly position: Position
  readonly loss: number
  readonly gradientNorm: number | undefined
  readonly metrics: () => unknown
  readonly state: () => AnyState
}

export interface Session {
  readonly next: (batch: AnyBatch) => Either.Either<Failure<AnyState>, Told>
  /** the state after the last step */
  readonly state: () => AnyState
  readonly dispose: () => void
}

/** Finds the program for a state and batches of one shape. */
type Find = (state: AnyState, batch: AnyBatch) => Either.Either<Failure<AnyState>, Compiled>

/** Where the parts of a step are among the inputs and outputs of its program. */
interface Wiring {
  readonly feedback: readonly Feedback[]
  readonly inputs: number
  readonly labels: number
  readonly loss: number
  readonly finite: readonly number[]
  readonly measured: readonly number[]
  readonly gradientNorm: number | undefined
}

/** A program at work on batches of one shape. */
interface Running {
  readonly compiled: Compiled
  readonly wiring: Wiring
  readonly iteration: Iteration
  readonly inputs: AnyTensor
  readonly labels: AnyTensor
}

// wiring

const fed: readonly string[] = ['params', 'netState', 'optState', 'step']

const wiringOf = (compiled: Compiled, args: unknown): Wiring => {
  const given = pathsAndLeaves(args).map(([path]) => path)
  const results = pathsAndLeaves(compiled.results).map(([path]) => path)
  const outputOf = new Map(results.map((path, output) => [path.join('.'), output]))
  const outputsIn = (part: string) => [...results.keys()].filter((output) => results[output]?.[0] === part)
  const inputIn = (part: string) => given.findIndex((path) => path[0] === part)
  return {
    feedback: given.flatMap((path, input) => {
      const output = outputOf.get(path.join('.'))
      return fed.includes(path[0] ?? '') && output !== undefined ? [{ input, output }] : []
    }),
    inputs: inputIn('inputs'),
    labels: inputIn('labels'),
    loss: outputsIn('loss')[0] ?? raise('session: the step has no loss'),
    finite: outputsIn('finite'),
    measured: outputsIn('measured'),
    gradientNorm: outputsIn('gradientNorm')[0]
  }
}

/** A state whose tensors are read from an iteration; what is fed back comes first among the inputs, in order. */
const stateFrom = (like: AnyState, position: Position, read: (input: number) => AnyTensor): AnyState => {
  const { params, netState, optState, rootKey } = like
  const tree = { params, netState, optState }
  const tensors = leavesOf(tree).map((_, input) => read(input))
  // the structure is that of the state before
  const next = withLeaves(tree, tensors) as typeof tree
  return Object.freeze({ step: position.step, ...next, rootKey, cursor: position.cursor })
}

// execution

const fits = ({ inputs, labels }: Running, batch: AnyBatch): boolean =>
  (inputs === batch.inputs || sameSlot(inputs, batch.inputs)) &&
  (labels === batch.labels || sameSlot(labels, batch.labels))

/** The place of the first of some outputs that is false, or −1. */
const firstFalse = (iteration: Iteration, outputs: readonly number[]): number => {
  for (let i = 0; i < outputs.length; i += 1) if (iteration.number(outputs[i] ?? 0) !== 1) return i
  return -1
}

/** A session from a state on. */
export const session = (parts: Parts, find: Find, start: AnyState): Session => {
  // what the session has come to; the state is that of `known`, or inside of the iteration
  let running: Running | undefined
  let position: Position = start
  let known: AnyState | undefined = start
  const state = (): AnyState => {
    known ??= running === undefined ? start : stateFrom(start, position, running.iteration.input)
    return known
  }
  const begin = (batch: AnyBatch): Failure<AnyState> | undefined => {
    const from = state()
    const compiled = find(from, batch)
    if (Either.isLeft(compiled)) return compiled.left
    const args = argumentsOf(from, batch)
    const wiring = wiringOf(compiled.right, args)
    const tensors = leavesOf(args).filter((leaf) => isTensor(leaf))
    running?.iteration.dispose()
    const iteration = iterate(compiled.right.executable, wiring.feedback, tensors)
    running = { compiled: compiled.right, wiring, iteration, inputs: batch.inputs, labels: batch.labels }
    return undefined
  }
  const metrics = (): unknown => {
    if (running === undefined) return undefined
    const { compiled, wiring, iteration } = running
    const measured = withLeaves(compiled.results.measured, wiring.measured.map(iteration.output))
    // the metric reads what its own expressions evaluated to
    return parts.metric.read(measured as MeasuredTensors)
  }
  // nothing is made for a step that nobody asks for: there may be millions of them in a second
  const next = (batch: AnyBatch): Either.Either<Failure<AnyState>, Told> => {
    if (running === undefined || !fits(running, batch)) {
      const failed = begin(batch)
      if (failed !== undefined) return Either.left(failed)
    }
    const { compiled, wiring, iteration } = running ?? raise('session: there is no program')
    iteration.set(wiring.inputs, batch.inputs)
    iteration.set(wiring.labels, batch.labels)
    iteration.step()
    const loss = iteration.number(wiring.loss)
    const broken = firstFalse(iteration, wiring.finite)
    if (broken >= 0 || !Number.isFinite(loss)) {
      const before = (): AnyState => known ?? stateFrom(start, position, iteration.previous)
      return Either.left(failureOf(parts, compiled, before, batch, loss, broken))
    }
    known = undefined
    position = { step: position.step + 1, cursor: batch.cursor ?? position.cursor }
    const gradientNorm = wiring.gradientNorm === undefined ? undefined : iteration.number(wiring.gradientNorm)
    return Either.right({ position, loss, gradientNorm, metrics, state })
  }
  return { next, state, dispose: () => running?.iteration.dispose() }
}
