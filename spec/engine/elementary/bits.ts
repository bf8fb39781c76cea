/** Bit patterns, for golden tables. */

const view = new DataView(new ArrayBuffer(8))

export const float32OfBits = (bits: number): number => {
  view.setUint32(0, bits)
  return view.getFloat32(0)
}

/** The bit pattern of a float32 value; any NaN is 7fc00000. */
export const bitsOfFloat32 = (x: number): number => {
  view.setFloat32(0, x)
  return x === x ? view.getUint32(0) : 0x7fc00000
}

export const hexOfFloat32 = (x: number): string => bitsOfFloat32(x).toString(16).padStart(8, '0')

export const float64OfHex = (hex: string): number => {
  view.setBigUint64(0, BigInt(`0x${hex}`))
  return view.getFloat64(0)
}
