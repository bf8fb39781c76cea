/**
 * Reading files, packed with gzip or not.
 *
 * @since 0.1.0
 */
/// <reference types="node" />
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { pipe } from 'fp-ts/lib/function.js'
import * as TaskEither from 'fp-ts/lib/TaskEither.js'
import type { FloatDType, Tensor } from '../../tensor/index.ts'
import { parseCsv, type CsvDataset, type CsvOptions } from '../csv.ts'
import { corrupt, missing, only, reasonOf, unreadable, type DataErrors } from '../error.ts'
import { parseIdx, type IdxOptions } from '../idx.ts'

// helpers

const unpack = promisify(gunzip)

const hasCode = (error: unknown, code: string): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === code

const readError =
  (file: string, mend: string) =>
  (error: unknown): DataErrors =>
    only(hasCode(error, 'ENOENT') ? missing(file, mend) : unreadable(file, reasonOf(error)))

const unpackError =
  (file: string) =>
  (error: unknown): DataErrors =>
    only(
      corrupt(file, {
        expected: 'whole gzip-compressed data',
        actual: reasonOf(error),
        mend: 'the file is cut off or damaged, fetch it again'
      })
    )

// destructors

/** The bytes of a file, unpacked where they begin as gzip does. */
export const bytesOf = (file: string, mend = 'check the path'): TaskEither.TaskEither<DataErrors, Uint8Array> =>
  pipe(
    TaskEither.tryCatch((): Promise<Uint8Array> => readFile(file), readError(file, mend)),
    TaskEither.flatMap((bytes) =>
      bytes[0] === 0x1f && bytes[1] === 0x8b
        ? TaskEither.tryCatch((): Promise<Uint8Array> => unpack(bytes), unpackError(file))
        : TaskEither.right(bytes)
    )
  )

/** Whether a failure says only that there is no such file. */
export const isMissing = (errors: DataErrors): boolean => errors.every(({ tag }) => tag === 'Missing')

/**
 * The tensor of an idx file, which may be packed with gzip.
 *
 * @param file its path
 * @param options see `IdxOptions`
 * @returns a task of the tensor, or of what is wrong with the file
 * @example
 * import { idxFile } from 'gradfold/data/node'
 * const labels = idxFile('t10k-labels-idx1-ubyte', { dtype: 'i32' }) // TaskEither<DataErrors, Tensor<number[], 'i32'>>
 * @category constructors
 * @since 0.1.0
 */
export const idxFile = <T extends 'i32' | FloatDType = 'i32' | FloatDType>(
  file: string,
  options: IdxOptions<T> = {}
): TaskEither.TaskEither<DataErrors, Tensor<number[], T>> =>
  pipe(bytesOf(file), TaskEither.flatMapEither(parseIdx<T>({ name: file, ...options })))

/**
 * A data set from a file of comma-separated text in UTF-8, which may be packed with gzip.
 *
 * @param file its path
 * @param options see `CsvOptions`
 * @returns a task of the data set, or of every problem with its line and column
 * @example
 * import { csvFile } from 'gradfold/data/node'
 * const houses = csvFile('houses.csv', { inputs: ['rooms', 'area'], labels: { column: 'price' } })
 * @category constructors
 * @since 0.1.0
 */
export const csvFile = <const O extends CsvOptions>(
  file: string,
  options: O
): TaskEither.TaskEither<DataErrors, CsvDataset<O>> =>
  pipe(
    bytesOf(file),
    TaskEither.flatMapEither((bytes) => parseCsv<O>({ name: file, ...options })(new TextDecoder().decode(bytes)))
  )
