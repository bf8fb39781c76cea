/** Writes idx files for the tests. */
const types = {
  u8: {
    code: 0x08,
    width: 1,
    write: (view: DataView, at: number, x: number) => {
      view.setUint8(at, x)
    }
  },
  i8: {
    code: 0x09,
    width: 1,
    write: (view: DataView, at: number, x: number) => {
      view.setInt8(at, x)
    }
  },
  i16: {
    code: 0x0b,
    width: 2,
    write: (view: DataView, at: number, x: number) => {
      view.setInt16(at, x)
    }
  },
  i32: {
    code: 0x0c,
    width: 4,
    write: (view: DataView, at: number, x: number) => {
      view.setInt32(at, x)
    }
  },
  f32: {
    code: 0x0d,
    width: 4,
    write: (view: DataView, at: number, x: number) => {
      view.setFloat32(at, x)
    }
  },
  f64: {
    code: 0x0e,
    width: 8,
    write: (view: DataView, at: number, x: number) => {
      view.setFloat64(at, x)
    }
  }
} as const

export const idxBytes = (type: keyof typeof types, shape: readonly number[], values: readonly number[]): Uint8Array => {
  const { code, width, write } = types[type]
  const offset = 4 + 4 * shape.length
  const bytes = new Uint8Array(offset + width * values.length)
  const view = new DataView(bytes.buffer)
  bytes.set([0, 0, code, shape.length])
  shape.forEach((n, axis) => {
    view.setUint32(4 + 4 * axis, n)
  })
  values.forEach((x, i) => {
    write(view, offset + width * i, x)
  })
  return bytes
}
