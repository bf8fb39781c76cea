/** Random tensors and trees of them, with the numbers that are easily got wrong. */
import * as fc from 'fast-check'
import { dtypes, fromArray, tensor, type AnyTensor, type DType } from '../../lib/tensor/index.ts'

export const arbitraryShape = (most = 4): fc.Arbitrary<readonly number[]> =>
  fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: most })

const whole = (min: number, max: number): fc.Arbitrary<number> =>
  fc.oneof(fc.integer({ min, max }), fc.constantFrom(min, max, 0))

const elements: { readonly [T in DType]: fc.Arbitrary<number | boolean> } = {
  f32: fc.float(),
  f64: fc.double(),
  i32: whole(-2147483648, 2147483647),
  u32: whole(0, 4294967295),
  bool: fc.boolean()
}

export const arbitraryDType: fc.Arbitrary<DType> = fc.constantFrom(...dtypes)

export const arbitraryTensorOf = (dtype: DType, shape: readonly number[]): fc.Arbitrary<AnyTensor> => {
  const length = shape.reduce((product, n) => product * n, 1)
  return fc
    .array(elements[dtype], { minLength: length, maxLength: length })
    .map((values) => fromArray(values, shape, dtype))
}

export const arbitraryTensor: fc.Arbitrary<AnyTensor> = fc
  .tuple(arbitraryDType, arbitraryShape())
  .chain(([dtype, shape]) => arbitraryTensorOf(dtype, shape))

/** Keys of trees: any text that does not look like an integer, also ones that JavaScript treats specially elsewhere. */
export const arbitraryKey: fc.Arbitrary<string> = fc
  .oneof(
    fc.string(),
    fc.constantFrom('kernel', 'bias', 'conv2d_0', '-1', '01', '1.5', 'length', 'constructor', 'a b', 'é')
  )
  .filter((key) => !/^(0|[1-9][0-9]*)$/.test(key) && key !== 'dtype' && key !== '__proto__')

export type RandomTree = AnyTensor | readonly RandomTree[] | { readonly [name: string]: RandomTree }

export const arbitraryTree: fc.Arbitrary<RandomTree> = fc.letrec<{ tree: RandomTree; leaf: AnyTensor }>((tie) => ({
  leaf: fc.oneof(arbitraryTensor, fc.constant(tensor(1))),
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    tie('leaf'),
    fc.array(tie('tree'), { maxLength: 3 }),
    fc.dictionary(arbitraryKey, tie('tree'), { maxKeys: 4, noNullPrototype: true })
  )
})).tree
