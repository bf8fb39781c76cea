/**
 * Kernel by kernel against the reference engine: which one is the first to differ.
 *
 * @since 0.1.0
 */
import * as Either from 'fp-ts/lib/Either.js'
import type { Program } from '../../../expr/internal.ts'
import { raise } from '../../../shape/index.ts'
import { bytesPerElement, toBytes, type AnyTensor } from '../../../tensor/index.ts'
import { bufferOf } from '../../../tensor/internal.ts'
import type { Engine } from '../../engine.ts'
import { reference } from '../../reference/engine.ts'
import { partsOf, type Parts } from './parts.ts'
import { briefly, shortName } from './words.ts'

// model

/**
 * The first element in which the WebAssembly engine differs from the reference engine.
 *
 * @category debugging
 * @since 0.1.0
 */
export interface Difference {
  /** which kernel, counted from 0 in the order of `explain` */
  readonly kernel: number
  /** the primitives that it computes */
  readonly name: string
  /** the variable of the program (its custom functions inlined) that is wrong */
  readonly variable: number
  /** the element, row-major */
  readonly element: number
  /** the bits of both values as hexadecimal numbers, every NaN the canonical one */
  readonly expected: string
  readonly found: string
  /** all this in one sentence, with both values in decimal as well */
  readonly message: string
}

/**
 * What was checked where nothing differs.
 *
 * @category debugging
 * @since 0.1.0
 */
export interface Verified {
  readonly kernels: number
  /** how many elements were compared */
  readonly elements: number
}

// comparison

/** The bits of an element, of canonical bytes. */
const hex = (bytes: Uint8Array, width: number, element: number): string =>
  `0x${Array.from(bytes.subarray(element * width, (element + 1) * width), (byte) => byte.toString(16).padStart(2, '0'))
    .toReversed()
    .join('')}`

type Mismatch = Pick<Difference, 'element' | 'expected' | 'found'> & { readonly words: string }

/** Where two tensors of one shape and type differ, if they do. */
const mismatch = (expected: AnyTensor, found: AnyTensor): Mismatch | undefined => {
  const [wanted, got] = [toBytes(expected), toBytes(found)]
  const first = wanted.findIndex((byte, i) => byte !== got[i])
  if (first < 0) return undefined
  const width = bytesPerElement(expected.dtype)
  const element = Math.floor(first / width)
  const [right, wrong] = [hex(wanted, width, element), hex(got, width, element)]
  const show = (tensor: AnyTensor, bits: string): string => `${String(bufferOf(tensor)[element])} (${bits})`
  return {
    element,
    expected: right,
    found: wrong,
    words: `element ${element} of ${briefly(expected)}: expected ${show(expected, right)}, got ${show(found, wrong)}`
  }
}

/** Runs the kernels of a program in memory one by one; see `verify`. */
export const verifyParts = (
  { lowered, call, read }: Parts,
  inputs: readonly AnyTensor[]
): Either.Either<Difference, Verified> => {
  const { program, calls, variables, outputOf } = lowered
  /** The variable that a buffer holds; copies are known where they are outputs. */
  const variableOf = (buffer: number): number | undefined => {
    const output = outputOf.get(buffer)
    return buffer < variables ? buffer : output === undefined ? undefined : program.outputs[output]
  }
  const buffers = new Set(calls.flatMap(({ reads, writes }) => [...reads.map(({ buffer }) => buffer), ...writes]))
  const checked = [...buffers].flatMap((buffer) => {
    const variable = variableOf(buffer)
    return variable === undefined ? [] : [{ buffer, variable }]
  })
  const values = reference.compile({ ...program, outputs: checked.map(({ variable }) => variable) }).run(inputs)
  const expected = new Map(checked.map(({ buffer }, i) => [buffer, values[i]!]))
  let elements = 0
  /** Compares what a buffer holds now. */
  const compare = (kernel: number, buffer: number, doing: string): Difference | undefined => {
    const [value, found] = [expected.get(buffer), read(buffer)]
    if (value === undefined || found === undefined) return undefined
    elements += bufferOf(value).length
    const different = mismatch(value, found)
    if (different === undefined) return undefined
    const { words, ...rest } = different
    const name = calls[kernel]!.name
    const variable = variableOf(buffer)!
    const message = `engine: kernel ${kernel} (${shortName(name)}) ${doing} v${variable}, ${words}`
    return { kernel, name, variable, ...rest, message }
  }
  for (const [i, { reads, writes }] of calls.entries()) {
    // what was right when it was written and is wrong now was overwritten in between
    for (const { buffer } of reads) {
      const difference = compare(i, buffer, 'reads a changed')
      if (difference !== undefined) return Either.left(difference)
    }
    call(i)
    for (const buffer of writes) {
      const difference = compare(i, buffer, 'gives a wrong')
      if (difference !== undefined) return Either.left(difference)
    }
  }
  return Either.right({ kernels: calls.length, elements })
}

// interpreters

/**
 * Runs a program kernel by kernel on the WebAssembly engine and compares what each kernel reads and writes with what the
 * reference engine computes, bit for bit (any NaN is equal to any other): all but constants, and copies of variables in
 * another order, of which a wrong one shows in what the kernel that reads it writes.
 *
 * A kernel that gives a wrong element is named, and so is one that finds an operand which was right when it was written
 * but has been overwritten since. Memory is filled with a pattern beforehand, so that an element that nobody writes is
 * wrong too. Programs inside of `scan`, `cond` and `whileLoop` are part of the kernel around them.
 *
 * @param program what is checked.
 * @param inputs tensors of its inputs' shapes and types.
 * @returns the first difference, or what was checked.
 * @throws where the tensors are not what the program takes.
 * @example
 * import * as Either from 'fp-ts/lib/Either.js'
 * import { verify } from 'gradfold/engine'
 * import { program, tanh, type Expr } from 'gradfold/expr'
 * import { slot, tensor } from 'gradfold/tensor'
 * const checked = verify(program((x: Expr<[3]>) => tanh(x))(slot([3], 'f32')), [tensor([-1, 0, 1])])
 * console.log(Either.isRight(checked)) // true
 * @category debugging
 * @since 0.1.0
 */
export const verify = (program: Program, inputs: readonly AnyTensor[]): Either.Either<Difference, Verified> =>
  verifyParts(partsOf(program, inputs), inputs)

/**
 * An engine that verifies every run: it gives the reference engine's results, and throws the sentence of the first
 * difference where the WebAssembly engine has others. It is slow, and meant for finding out.
 *
 * @example
 * import { evaluate, verifying } from 'gradfold/engine'
 * import { scalar, sqrt } from 'gradfold/expr'
 * console.log(evaluate(sqrt(scalar(2)), verifying).shape) // []
 * @see `verify`
 * @category debugging
 * @since 0.1.0
 */
export const verifying: Engine = {
  name: 'verifying',
  compile: (program) => {
    const { run } = reference.compile(program)
    return {
      program,
      run: (inputs) => {
        const checked = verify(program, inputs)
        if (Either.isLeft(checked)) raise(checked.left.message)
        return run(inputs)
      }
    }
  }
}
