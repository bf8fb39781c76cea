/**
 * Debugging: the plan as text, the time of each kernel, and the first kernel that is wrong.
 */
import * as Either from 'fp-ts/lib/Either.js'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { explain, profile, reference, showProfile, verify, verifying, wasm } from '../../../lib/engine/index.ts'
import { partsOf, type Parts } from '../../../lib/engine/wasm/debug/parts.ts'
import { verifyParts } from '../../../lib/engine/wasm/debug/verify.ts'
import { add, matmul, program, relu, sum, type Expr } from '../../../lib/expr/index.ts'
import { applyOne, traceValues, type Program } from '../../../lib/expr/internal.ts'
import { slot, toBytes, type AnyTensor } from '../../../lib/tensor/index.ts'
import { bufferOf } from '../../../lib/tensor/internal.ts'
import { arbitraryRun } from '../../arbitrary/program.ts'
import { tensorOf } from '../../arbitrary/tensor.ts'
import { difference } from './same.ts'

const layer = program((x: Expr<[8, 3]>, weights: Expr<[3, 4]>, bias: Expr<[4]>) => relu(add(bias)(matmul(weights)(x))))(
  slot([8, 3], 'f32'),
  slot([3, 4], 'f32'),
  slot([4], 'f32')
)
const counting = (...shape: readonly number[]): AnyTensor =>
  tensorOf(
    slot(shape, 'f32'),
    Array.from({ length: shape.reduce((product, n) => product * n, 1) }, (_, i) => (i % 7) - 3)
  )
const inputs = [counting(8, 3), counting(3, 4), counting(4)]

/** Two kernels, the second of which reads a table of numbers. */
const withTable = traceValues([slot([2, 3], 'f32'), slot([3, 4], 'f32')], ([a, b]) => {
  const table = applyOne('constant', [], { value: tensorOf(slot([2], 'f32'), [2.5, -1]) })
  const product = applyOne('matmul', [a!, b!], {})
  const folded = applyOne('reduceSum', [product], { axes: [1] })
  return [product, applyOne('multiply', [folded, table], {})]
})

describe('explain', () => {
  it('shows each kernel with the buffers that it reads and writes, and how large everything is', () => {
    const text = explain(layer)
    expect(text.split('\n').map((line) => line.trimEnd())).toEqual([
      expect.stringMatching(/^1 kernel for \d+ equations, about \d+ operations$/),
      expect.stringMatching(/^65 536 bytes of memory: inputs 160, outputs 128, constants \d+, frame \d+$/),
      '',
      expect.stringMatching(/^#  kernel +operations  bytes$/),
      expect.stringMatching(/^0  matmul, add, .* +\d+ +288$/),
      '      reads   v0 f32[8, 3] input 0',
      '              v1 f32[3, 4] input 1',
      '              v2 f32[4] input 2',
      expect.stringMatching(/^ {6}writes {2}v\d+ f32\[8, 4\] output 0$/),
      // it may need some, or not
      ...text.split('\n').slice(9)
    ])
  })

  it('explains every program', () => {
    fc.assert(
      fc.property(arbitraryRun({ length: 12 }), ([any, tensors]) => {
        const { lowered } = partsOf(any, tensors)
        const lines = explain(any).split('\n')
        expect(lines.filter((line) => /^ *\d+ {2}\S/.test(line))).toHaveLength(lowered.calls.length)
        for (const [i, { name }] of lowered.calls.entries())
          for (const word of name.split(' '))
            expect(lines.find((line) => line.trim().startsWith(`${i} `))).toContain(word)
      }),
      { numRuns: 40 }
    )
  })
})

describe('profile', () => {
  it('times every kernel', () => {
    const kernels = profile(withTable, [counting(2, 3), counting(3, 4)], { runs: 5 })
    const { calls } = partsOf(withTable, [counting(2, 3), counting(3, 4)]).lowered
    expect(kernels.map(({ name }) => name)).toEqual(calls.map(({ name }) => name))
    for (const { microseconds, operations } of kernels) {
      expect(microseconds).toBeGreaterThanOrEqual(0)
      expect(microseconds).toBeLessThan(1e6)
      expect(operations).toBeGreaterThan(0)
    }
  })

  it('is shown with shares and rates', () => {
    const kernels = [
      { name: 'matmul add', microseconds: 30, operations: 600_000 },
      { name: 'exp exp add', microseconds: 10, operations: 1000 }
    ]
    expect(showProfile(kernels).split('\n')).toEqual([
      '#  kernel           time    share  operations  GFLOP/s',
      '0  matmul, add  30.00 µs   75.0 %     600 000    20.00',
      '1  exp ×2, add  10.00 µs   25.0 %       1 000     0.10',
      '   all kernels  40.00 µs  100.0 %     601 000    15.03'
    ])
  })

  it('refuses other inputs, and runs that are no number of runs', () => {
    expect(() => profile(layer, [])).toThrow('takes 3 inputs, got 0')
    expect(() => profile(layer, inputs, { runs: 0.5 })).toThrow(
      'profile: runs has to be a whole number of at least 1, got 0.5'
    )
  })
})

const left = (self: ReturnType<typeof verify>) => {
  if (Either.isRight(self)) throw new Error('nothing differs')
  return self.left
}

/** Where a buffer is in memory. */
const addressIn = ({ lowered, layout }: Parts, buffer: number): number => {
  const output = lowered.outputOf.get(buffer)
  return output === undefined ? layout.frame + lowered.plan.offsets.get(buffer)! : layout.outputs[output]!
}

describe('verify', () => {
  it('finds nothing in programs that are right, and says how much it compared', () => {
    fc.assert(
      fc.property(arbitraryRun({ length: 12 }), ([any, tensors]) => {
        const checked = verify(any, tensors)
        if (Either.isLeft(checked)) expect.fail(checked.left.message)
        else expect(checked.right.kernels).toBe(partsOf(any, tensors).lowered.calls.length)
      }),
      { numRuns: 60 }
    )
    expect(verify(layer, inputs)).toEqual(Either.right({ kernels: 1, elements: 24 + 12 + 4 + 32 }))
  })

  it('names the kernel that reads a corrupted constant', () => {
    const tensors = [counting(2, 3), counting(3, 4)]
    const parts = partsOf(withTable, tensors)
    // 2.5 becomes −2.5 in memory
    const segment = parts.layout.segments.find(({ bytes }) => bytes.length === 8)!
    const bytes = new Uint8Array(parts.memory.buffer)
    bytes[segment.address + 3]! ^= 0x80
    const found = left(verifyParts(parts, tensors))
    const expected = bufferOf(reference.compile(withTable).run(tensors)[1]!)[0]!
    const { calls } = parts.lowered
    expect(found).toMatchObject({ kernel: calls.length - 1, name: calls.at(-1)!.name, element: 0 })
    expect(found.name).toContain('multiply')
    const hex = (x: number): string =>
      `0x${new Uint32Array(Float32Array.of(x).buffer)[0]!.toString(16).padStart(8, '0')}`
    expect([found.expected, found.found]).toEqual([hex(expected), hex(-expected)])
    expect(found.message).toBe(
      `engine: kernel ${found.kernel} (${found.name.split(' ').join(', ')}) gives a wrong v${found.variable}, ` +
        `element 0 of f32[2]: expected ${expected} (${hex(expected)}), got ${-expected} (${hex(-expected)})`
    )
  })

  it('names exactly the kernel and the element that is broken', () => {
    let broken = 0
    fc.assert(
      fc.property(arbitraryRun({ length: 12, depth: 1 }), fc.nat(), fc.nat(), ([any, tensors], which, place) => {
        const parts = partsOf(any, tensors)
        const { calls, variables, slotOf } = parts.lowered
        const kernel = which % Math.max(1, calls.length)
        const written = calls[kernel]?.writes.find((buffer) => buffer < variables)
        if (written === undefined) return
        const { dtype, shape } = slotOf(written)
        const width = dtype === 'bool' ? 1 : dtype === 'f64' ? 8 : 4
        const element = place % shape.reduce((product, n) => product * n, 1)
        // the lowest bit of an element: a NaN stays one, so that nothing is wrong then
        const call = (index: number): void => {
          parts.call(index)
          if (index === kernel) new Uint8Array(parts.memory.buffer)[addressIn(parts, written) + element * width]! ^= 1
        }
        const checked = verifyParts({ ...parts, call }, tensors)
        const values = reference.compile({ ...parts.lowered.program, outputs: [written] }).run(tensors)
        if (Number.isNaN(bufferOf(values[0]!)[element])) return
        broken += 1
        expect(left(checked)).toMatchObject({ kernel, variable: written, element })
      }),
      { numRuns: 100 }
    )
    expect(broken).toBeGreaterThan(40)
  })

  it('names the kernel that finds an operand overwritten', () => {
    const tensors = [counting(2, 3), counting(3, 4), counting(4, 5)]
    const twice = traceValues(tensors, ([a, b, c]) => [applyOne('matmul', [applyOne('matmul', [a!, b!], {}), c!], {})])
    const parts = partsOf(twice, tensors)
    // the first kernel computes what it should, and spoils what the second one reads
    const call = (index: number): void => {
      parts.call(index)
      if (index === 0) new Float32Array(parts.memory.buffer, parts.layout.inputs[2], 20)[7] = 99
    }
    const found = left(verifyParts({ ...parts, call }, tensors))
    expect(found).toMatchObject({ kernel: 1, variable: 2, element: 7, found: '0x42c60000' })
    expect(found.message).toContain('kernel 1 (matmul) reads a changed v2, element 7 of f32[4, 5]')
  })

  it('sees an element that nobody writes', () => {
    const parts = partsOf(layer, inputs)
    expect(left(verifyParts({ ...parts, call: () => undefined }, inputs))).toMatchObject({
      kernel: 0,
      element: 0,
      found: '0xa5a5a5a5'
    })
  })
})

describe('the verifying engine', () => {
  it('gives the results of the others', () => {
    fc.assert(
      fc.property(arbitraryRun({ length: 8 }), ([any, tensors]) => {
        const results = [verifying, reference, wasm()].map((engine) => engine.compile(any).run(tensors))
        expect(difference(results[1]!, results[0]!)).toBeUndefined()
        expect(difference(results[2]!, results[0]!)).toBeUndefined()
      }),
      { numRuns: 20 }
    )
  })

  it('takes what the program takes', () => {
    const total: Program = program((x: Expr<[3]>) => sum()(x))(slot([3], 'f32'))
    expect(() => verifying.compile(total).run([counting(4)])).toThrow('input 0 of the program is')
    expect(toBytes(verifying.compile(total).run([counting(3)])[0]!)).toEqual(toBytes(tensorOf(slot([], 'f32'), [-6])))
  })
})
