import { describe, expect, it } from 'vitest'
import { batches, fromArrays, normalise, parseCsv, parseIdx } from '../../lib/data/index.ts'
import { mnist } from '../../lib/data/node/index.ts'

const data = fromArrays([[1], [2]], [1, 2])

describe('a misspelt option that the compiler did not see', () => {
  it('is refused by every builder, with the one that was meant', () => {
    const batching = { batchSize: 2, epoch: 5 }
    expect(() => batches(data, batching)).toThrow("batches: there is no option 'epoch'; did you mean 'epochs'?")
    expect(() => batches(data, undefined as never)).toThrow('batches: the options have to be a record, got nothing')
    const reading = { inputs: ['a'], labels: { column: 'b' }, headers: false } as const
    expect(() => parseCsv(reading)).toThrow("parseCsv: there is no option 'headers'; did you mean 'header'?")
    const idx = { dtype: 'f32', scale: 255 } as const
    expect(() => parseIdx(idx)).toThrow("parseIdx: there is no option 'scale'; known are name, dtype, divide")
    const scaling = { subtract: 1, div: 2 }
    expect(() => normalise(scaling)).toThrow("normalise: there is no option 'div'; known are subtract, divide")
    const types = { inputs: 'f64', label: 'i32' } as const
    expect(() => fromArrays([1], [1], types)).toThrow("fromArrays: there is no option 'label'; did you mean 'labels'?")
    const place = { root: 'somewhere', parts: ['train'] }
    expect(() => mnist(place)).toThrow("mnist: there is no option 'parts'; known are root")
  })
})
