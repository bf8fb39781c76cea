/**
 * Hashes of trees of tensors: equal hashes, equal bytes.
 *
 * @since 0.1.0
 */
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, concatBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import { raise } from '../shape/index.ts'
import { toBytes } from './bytes.ts'
import { isTensor, type AnyTensor } from './tensor.ts'
import { pathsAndLeaves, type Leaf, type Path } from './tree.ts'
import type { TreeLike } from './tree-types.ts'

/** The eight bytes of a whole number below 2^53, little-endian. */
const wholeNumber = (n: number): Uint8Array => {
  const view = new DataView(new ArrayBuffer(8))
  view.setBigUint64(0, BigInt(n), true)
  return new Uint8Array(view.buffer)
}

const text = (words: string): Uint8Array => {
  const bytes = utf8ToBytes(words)
  return concatBytes(wholeNumber(bytes.length), bytes)
}

/** What is hashed of a leaf before its elements. */
const header = (path: Path, { dtype, shape }: AnyTensor): Uint8Array =>
  concatBytes(
    wholeNumber(path.length),
    ...path.map(text),
    text(dtype),
    wholeNumber(shape.length),
    ...shape.map(wholeNumber)
  )

const tensorAt = (leaf: Leaf, path: Path): AnyTensor =>
  isTensor(leaf)
    ? leaf
    : raise(`hashTree: expected a tensor at '${path.join('.')}', got something else; evaluate it first`)

/**
 * The SHA-256 of a tree of tensors, as 64 hexadecimal digits.
 *
 * What is hashed is, for each leaf in the order of the tree:
 *
 *     the number of segments of its path, then each segment      u64, (u64 byte length, UTF-8 bytes) …
 *     its element type: 'f32', 'f64', 'i32', 'u32' or 'bool'      u64 byte length, ASCII bytes
 *     its rank, then each size, outermost first                   u64, u64 …
 *     its elements                                                the bytes of `toBytes`
 *
 * All numbers are little-endian. A segment is a key of a record or the decimal index in a list; a single tensor has
 * the path of no segments. Records and lists without leaves add nothing.
 *
 * @example
 * import { hashTree, tensor } from 'gradfold/tensor'
 * const digest: string = hashTree({ kernel: tensor([[1, 2]]), bias: tensor([0, 0]) })
 * @category destructors
 * @since 0.1.0
 */
export const hashTree = <P extends TreeLike<P, AnyTensor>>(tree: P): string =>
  bytesToHex(
    pathsAndLeaves(tree)
      .reduce((hash, [path, leaf]) => {
        const self = tensorAt(leaf, path)
        return hash.update(header(path, self)).update(toBytes(self))
      }, sha256.create())
      .digest()
  )
