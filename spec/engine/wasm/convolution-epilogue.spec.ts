/**
 * Convolutions that a region ends: bias, activation, masks and residual sums on tiles, against the reference engine.
 */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { reference, type Engine } from '../../../lib/engine/index.ts'
import { endedConvolution } from '../../../lib/engine/wasm/convolution/index.ts'
import { laidOut } from '../../../lib/engine/wasm/image.ts'
import { epilogueOf } from '../../../lib/engine/wasm/passes/epilogue.ts'
import type { Region, RegionStep } from '../../../lib/engine/wasm/region/index.ts'
import {
  applyOne,
  traceValues,
  type ConvolutionParameters,
  type Pair,
  type Program
} from '../../../lib/expr/internal.ts'
import { conv2d, dense, flatten, input, maxPool2d, network, relu, residual } from '../../../lib/network/index.ts'
import { meanSquaredError } from '../../../lib/objective/index.ts'
import { momentum } from '../../../lib/optimizer/index.ts'
import { key } from '../../../lib/random/index.ts'
import { size, type Sizes } from '../../../lib/shape/index.ts'
import { slot, type AnyTensor, type Slot } from '../../../lib/tensor/index.ts'
import * as Training from '../../../lib/training/index.ts'
import { comparing } from './comparing.ts'
import {
  along,
  cases,
  constant,
  endings,
  like,
  none,
  product,
  programOf,
  slotsOf,
  type Case
} from './convolution-endings.ts'
import { runKernel } from './harness.ts'
import { difference, expectSame } from './same.ts'
import { drawn } from './sliding.ts'
import { noWorkers, sharing } from './threads/teams.ts'

const inputsOf = (program: Program, seed: number): readonly AnyTensor[] =>
  program.inputs.map((each, i) => drawn(each, seed + i, i % 2 === 0 ? 'edges' : 'moderate'))

/** The names of the kernels of a program. */
const kernelsOf = (program: Program): readonly string[] => laidOut(program).lowered.calls.map(({ name }) => name)

const seeds = fc.nat(0x7fffffff)
const names = Object.keys(endings) as readonly (keyof typeof endings)[]

const check = (self: Case, name: keyof typeof endings, seed: number, engine?: Engine): void => {
  const program = programOf(self, endings[name])
  expectSame(program, inputsOf(program, seed), engine)
}

describe('a convolution', () => {
  it.each(names)('ended by %s has the bits of the reference engine, whatever the geometry', (name) => {
    let [ended, all] = [0, 0]
    fc.assert(
      fc.property(cases, seeds, (self, seed) => {
        check(self, name, seed)
        all += 1
        if (kernelsOf(programOf(self, endings[name])).some((kernel) => kernel.startsWith(`${self.which} `))) ended += 1
      }),
      { numRuns: 60 }
    )
    // all but those of one channel, or one pixel
    expect(ended).toBeGreaterThan(all / 2)
  })

  it('is ended image by image by several threads', () => {
    fc.assert(
      fc.property(
        cases,
        fc.constantFrom(...names),
        fc.integer({ min: 2, max: 4 }),
        seeds,
        (self, name, threads, seed) => check(self, name, seed, sharing(threads, noWorkers(false)))
      ),
      { numRuns: 60 }
    )
  })

  const base: Case = {
    which: 'convolution',
    dtype: 'f32',
    images: 2,
    size: [7, 6],
    kernel: [3, 3],
    channels: 70,
    filters: 9,
    parameters: { stride: [1, 1], padding: none, dilation: [1, 1], groups: 1 }
  }
  const padded = (vertical: Pair, horizontal: Pair): ConvolutionParameters => ({
    ...base.parameters,
    padding: [vertical, horizontal]
  })
  const special: readonly (readonly [string, Case])[] = [
    ['sums of several blocks', base],
    ['sums of several blocks in f64', { ...base, dtype: 'f64', images: 1 }],
    ['places at the edges without any tap', { ...base, channels: 3, parameters: padded([4, 3], [5, 4]) }],
    [
      'places between strides without any tap, by image',
      { ...base, which: 'convolutionInputGradient', kernel: [1, 2], parameters: { ...base.parameters, stride: [3, 3] } }
    ],
    ['images of one row', { ...base, size: [1, 9], kernel: [1, 3], channels: 2 }],
    ['images of one column', { ...base, size: [9, 1], kernel: [3, 1], channels: 2 }],
    ['images of one pixel', { ...base, images: 5, size: [3, 3], channels: 2 }],
    ['one image', { ...base, images: 1, channels: 2 }]
  ]
  it.each(special)('of %s is ended with the same bits by everything', (_, self) => {
    for (const name of names) {
      const program = programOf(self, endings[name])
      expect(kernelsOf(program).filter((kernel) => kernel.startsWith(`${self.which} `))).toHaveLength(1)
      check(self, name, 5)
      check(self, name, 6, sharing(2, noWorkers(false)))
    }
  })

  it.each([
    ['one channel', { ...base, filters: 1 }],
    ['one pixel in all', { ...base, images: 1, size: [3, 3] }]
  ] satisfies readonly (readonly [string, Case])[])('of %s is not ended', (_, self) => {
    expect(kernelsOf(programOf(self, endings.bias))).toContain('convolution')
    check(self, 'bias', 3)
  })

  it('of no channels is biased zeros', () => {
    check({ ...base, channels: 0 }, 'bias', 1)
  })

  it('is not ended by elementary functions', () => {
    const { operands } = slotsOf(base)
    const program = traceValues(operands, (values) => [applyOne('tanh', [product(base, values)], {})])
    expect(kernelsOf(program)).toEqual(['convolution', 'tanh'])
  })

  it.each([
    [0, -0],
    [Infinity, -Infinity],
    [NaN, 1],
    [Infinity, NaN]
  ])('ended by %d is another kernel than one ended by %d', (first, second) => {
    const self: Case = { ...base, channels: 2 }
    const { operands, output } = slotsOf(self)
    const program = traceValues([...operands, ...operands], (values) =>
      [first, second].map((factor, i) =>
        applyOne('multiply', [product(self, values.slice(2 * i)), constant(factor, output)], {})
      )
    )
    expectSame(program, inputsOf(program, 9))
  })
})

// memory

/** A bias of channels, the product, and a tensor with its axes the other way round, summed; whether the bias is less. */
const regionOf = ({ shape, dtype }: Slot): Region => {
  const space = shape.filter((length) => length !== 1)
  const own = space.map((_, axis) => size(space.slice(axis + 1)))
  const turned = space.map((_, axis) => size(space.slice(0, axis)))
  const read = (pointer: number, strides: Sizes): RegionStep => ({ kind: 'read', pointer, dtype, offset: 0, strides })
  const apply = (primitive: 'add' | 'less', operands: readonly number[]): RegionStep => ({
    kind: 'apply',
    primitive,
    parameters: {},
    operands,
    operandTypes: [dtype, dtype],
    outputs: [primitive === 'less' ? 'bool' : dtype]
  })
  return {
    space,
    steps: [
      read(1, own),
      read(0, [...space.slice(1).map(() => 0), 1]),
      read(2, turned),
      apply('add', [0, 1]),
      apply('add', [3, 2]),
      apply('less', [1, 4])
    ],
    writes: [
      { value: 5, pointer: 3, dtype: 'bool' },
      { value: 4, pointer: 4, dtype }
    ],
    pointers: 5
  }
}

describe('the kernel of a convolution that is ended', () => {
  it('writes each output, and nothing besides', () => {
    fc.assert(
      fc.property(cases, seeds, (self, seed) => {
        const { operands, output } = slotsOf(self)
        const channels = output.shape[3]!
        fc.pre(channels > 1 && size(output.shape) > channels)
        const reads = [like(output, [channels]), like(output, output.shape.toReversed())]
        const program = traceValues([...operands, ...reads], (values) => {
          const turned = applyOne('transpose', [values[3]!], { permutation: [3, 2, 1, 0] })
          const wide = along(values[2]!, output, [3])
          const sum = applyOne('add', [applyOne('add', [product(self, values), wide], {}), turned], {})
          return [sum, applyOne('less', [wide, sum], {})]
        })
        const inputs = inputsOf(program, seed)
        const found = runKernel(
          (shared) =>
            endedConvolution(
              shared,
              program.equations.find(({ primitive }) => primitive === self.which)!,
              { operands, outputs: [output] },
              epilogueOf(regionOf(output), 1, 1)
            ),
          inputs,
          [output, slot(output.shape, 'bool')]
        )
        expect(difference(reference.compile(program).run(inputs), found)).toBeUndefined()
      }),
      { numRuns: 100 }
    )
  })
})

// networks

describe('training of convolutional networks', () => {
  it.each([
    [
      'strides and padding',
      network(
        input(9, 8, 3),
        conv2d({ filters: 5, kernel: 3, stride: 2, padding: 'same' }),
        relu,
        conv2d({ filters: 9, kernel: 3 }),
        relu,
        flatten,
        dense(4)
      )
    ],
    [
      'residual layers',
      network(
        input(6, 6, 2),
        conv2d({ filters: 6, kernel: 3, padding: 'same' }),
        relu,
        residual(conv2d({ filters: 6, kernel: 3, padding: 'same' }), relu, conv2d({ filters: 6, kernel: 1 })),
        maxPool2d(2),
        flatten,
        dense(4)
      )
    ]
  ] as const)('with %s has the same bits in every step', (_, net) => {
    const engine = comparing()
    // types say nothing of a list of networks
    const training = Training.make({
      network: net,
      loss: meanSquaredError,
      optimizer: momentum({ learningRate: 0.01, momentum: 0.9 }),
      engine
    } as unknown as Parameters<typeof Training.make>[0])
    const numbers = (shape: Sizes, seed: number) => drawn(slot(shape, 'f32'), seed, 'moderate')
    const batch = { inputs: numbers([3, ...net.input], 3), labels: numbers([3, 4], 4) }
    Training.fold(training, training.init(key(1)) as never)([batch, batch] as never)
    expect(engine.compared().steps).toBe(2)
  })
})
