/**
 * Random slots and tensors.
 */
import * as fc from 'fast-check'
import { allocate, fromBuffer } from '../../lib/tensor/internal.ts'
import { dtypes, slot, type AnyTensor, type DType, type Slot } from '../../lib/tensor/index.ts'

/** Which numbers occur: `any` has ±0, subnormals, infinities and NaN among them, `moderate` stays within ±2. */
export type Elements = 'any' | 'moderate'

/** Shapes of up to `rank` axes of up to `axis` elements; empty axes only where asked for. */
export const arbitraryShape = (
  options: { readonly rank?: number; readonly axis?: number; readonly empty?: boolean } = {}
): fc.Arbitrary<readonly number[]> =>
  fc.array(fc.integer({ min: options.empty === true ? 0 : 1, max: options.axis ?? 4 }), {
    maxLength: options.rank ?? 3
  })

export const arbitraryDType = (among: readonly DType[] = dtypes): fc.Arbitrary<DType> => fc.constantFrom(...among)

export const arbitrarySlot = (
  options: {
    readonly rank?: number
    readonly axis?: number
    readonly empty?: boolean
    readonly dtypes?: readonly DType[]
  } = {}
): fc.Arbitrary<Slot> =>
  fc.tuple(arbitraryShape(options), arbitraryDType(options.dtypes)).map(([shape, dtype]) => slot(shape, dtype))

const special = [0, -0, 1, -1, 0.5, Infinity, -Infinity, NaN, 5e-324, 1e-45, 1.1754943508222875e-38, 3e38, 1e300, 1 / 3]

const moderate = fc.double({ min: -2, max: 2, noNaN: true })

/** One element of a type; the tensor's buffer rounds floats. */
export const arbitraryElement = (dtype: DType, elements: Elements): fc.Arbitrary<number> => {
  switch (dtype) {
    case 'f32':
    case 'f64':
      return elements === 'moderate' ? moderate : fc.oneof(moderate, fc.constantFrom(...special), fc.double())
    case 'i32':
      return elements === 'moderate'
        ? fc.integer({ min: -9, max: 9 })
        : fc.integer({ min: -2147483648, max: 2147483647 })
    case 'u32':
      return fc.integer({ min: 0, max: elements === 'moderate' ? 9 : 4294967295 })
    case 'bool':
      return fc.integer({ min: 0, max: 1 })
  }
}

/** A tensor of given elements, rounded to the type. */
export const tensorOf = ({ shape, dtype }: Slot, elements: readonly number[]): AnyTensor => {
  const buffer = allocate(dtype, elements.length)
  buffer.set(elements)
  return fromBuffer(dtype, shape, buffer)
}

/** A tensor of a slot. */
export const arbitraryTensorOf = (self: Slot, elements: Elements = 'any'): fc.Arbitrary<AnyTensor> => {
  const length = self.shape.reduce((product, n) => product * n, 1)
  return fc
    .array(arbitraryElement(self.dtype, elements), { minLength: length, maxLength: length })
    .map((list) => tensorOf(self, list))
}

/** A tensor of a random slot. */
export const arbitraryTensor = (
  options: Parameters<typeof arbitrarySlot>[0] & { readonly elements?: Elements } = {}
): fc.Arbitrary<AnyTensor> => arbitrarySlot(options).chain((self) => arbitraryTensorOf(self, options.elements ?? 'any'))
