/**
 * What a browser is asked to compute, and what Node computed: plain data that travels as JSON.
 */
import type { DType } from 'gradfold/tensor'

/** A tensor as JSON: its canonical bytes in base64. */
export interface TensorData {
  readonly dtype: DType
  readonly shape: readonly number[]
  readonly bytes: string
}

/** A program with inputs, and the hash of its outputs. */
export interface ProgramTask {
  /** the primitive that it is made for, or what it is a mixture of */
  readonly kind: string
  readonly text: string
  readonly inputs: readonly TensorData[]
  readonly hash: string
}

/** An elementary function, and the hash of its results over 2^20 float32 inputs spread over all bit patterns. */
export interface FunctionTask {
  readonly name: string
  readonly hash: string
}

/** Everything. */
export interface Tasks {
  /** the entry points of the package that are for browsers, by the names that users import */
  readonly entries: readonly string[]
  readonly programs: readonly ProgramTask[]
  readonly functions: readonly FunctionTask[]
  /** some steps of the main job on made-up images */
  readonly steps: { readonly count: number; readonly hash: string }
  /** the whole main job */
  readonly epoch: { readonly accuracy: number; readonly hash: string }
}

/** What came of a check, somewhere in the browser. */
export interface Report {
  readonly where: string
  readonly what: string
  /** why it failed; absent where it held */
  readonly complaint?: string
  readonly remark?: string
  readonly milliseconds: number
}

/** What pages send: reports, and at last that there are no more. */
export type Message = { readonly kind: 'report'; readonly report: Report } | { readonly kind: 'end' }
