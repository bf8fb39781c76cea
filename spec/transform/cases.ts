/**
 * Small random applications of every primitive, for the tests of derivatives and batching.
 */
import * as fc from 'fast-check'
import {
  applyOne,
  applyPrimitive,
  programOf,
  inputValue,
  type Primitive,
  type Unary,
  type Value
} from '../../lib/expr/internal.ts'
import { bufferOf, fromBuffer } from '../../lib/tensor/internal.ts'
import type { AnyTensor } from '../../lib/tensor/index.ts'

/** A function of float operands, at a point where it is smooth. */
export interface Case {
  readonly operands: readonly AnyTensor[]
  readonly build: (values: readonly Value[]) => readonly Value[]
}

/** A deterministic stream of numbers in [0, 1). */
const numbers = (seed: number): (() => number) => {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x6d2b79f5) >>> 0
    return ((state ^ (state >>> 12)) >>> 0) / 4294967296
  }
}

const count = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1)

/** Elements in [low, high], all different from each other by at least a hundredth of the range, in random order. */
const spreadOut = (seed: number, shape: readonly number[], low: number, high: number): AnyTensor => {
  const next = numbers(seed)
  const n = count(shape)
  const order = Array.from({ length: n }, (_, i) => [next(), i] as const)
    .sort(([a], [b]) => a - b)
    .map(([, i]) => i)
  const step = (high - low) / Math.max(1, n)
  return fromBuffer(
    'f64',
    shape,
    Float64Array.from(order, (i) => low + step * (i + 0.25 + 0.5 * next()))
  )
}

export const floats = spreadOut

const shapes = fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 3 })
const seeds = fc.integer({ min: 0, max: 0x7fffffff })
const withSeed = <A>(arbitrary: fc.Arbitrary<A>): fc.Arbitrary<readonly [A, number]> => fc.tuple(arbitrary, seeds)

const unary = (name: Unary, low: number, high: number): fc.Arbitrary<Case> =>
  withSeed(shapes).map(([shape, seed]) => ({
    operands: [spreadOut(seed, shape, low, high)],
    build: ([x]) => [applyOne(name, [x!], {})]
  }))

const binary = (
  name: 'add' | 'subtract' | 'multiply' | 'divide' | 'remainder' | 'power' | 'atan2',
  a: readonly [number, number],
  b: readonly [number, number]
): fc.Arbitrary<Case> =>
  withSeed(shapes).map(([shape, seed]) => ({
    operands: [spreadOut(seed, shape, ...a), spreadOut(seed + 1, shape, ...b)],
    build: ([x, y]) => [applyOne(name, [x!, y!], {})]
  }))

const someAxes = (rank: number, seed: number): readonly number[] =>
  Array.from({ length: rank }, (_, i) => i).filter((i) => ((seed >> i) & 1) === 1)

const reduction = (name: 'reduceSum' | 'reduceProduct' | 'reduceMax' | 'reduceMin'): fc.Arbitrary<Case> =>
  withSeed(shapes).map(([shape, seed]) => ({
    operands: [spreadOut(seed, shape, -2, 2)],
    build: ([x]) => [applyOne(name, [x!], { axes: someAxes(shape.length, seed) })]
  }))

const indices = (shape: readonly number[], seed: number): Value => {
  const next = numbers(seed + 7)
  return applyOne('constant', [], {
    value: fromBuffer(
      'i32',
      shape,
      Int32Array.from({ length: count(shape) }, () => Math.floor(next() * 6) - 1)
    )
  })
}

const side = fc.integer({ min: 1, max: 6 })
const small = fc.integer({ min: 1, max: 3 })
const geometry = fc.record({
  batch: fc.integer({ min: 1, max: 2 }),
  height: side,
  width: side,
  groups: fc.integer({ min: 1, max: 2 }),
  channels: fc.integer({ min: 1, max: 2 }),
  filters: fc.integer({ min: 1, max: 2 }),
  kernel: fc.tuple(small, small),
  stride: fc.tuple(small, small),
  dilation: fc.tuple(fc.integer({ min: 1, max: 2 }), fc.integer({ min: 1, max: 2 })),
  padding: fc.tuple(
    fc.tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 2 })),
    fc.tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 2 }))
  )
})
type Geometry = typeof geometry extends fc.Arbitrary<infer G> ? G : never

const places = (n: number, axis: 0 | 1, g: Geometry): number =>
  Math.floor(
    (n + g.padding[axis][0] + g.padding[axis][1] - g.dilation[axis] * (g.kernel[axis] - 1) - 1) / g.stride[axis]
  ) + 1
const outSize = (g: Geometry): readonly [number, number] => [places(g.height, 0, g), places(g.width, 1, g)]
const fitting = geometry.filter((g) => outSize(g).every((n) => n > 0))

const convolutions = (
  which: 'convolution' | 'convolutionInputGradient' | 'convolutionKernelGradient'
): fc.Arbitrary<Case> =>
  withSeed(fitting).map(([g, seed]) => {
    const image = spreadOut(seed, [g.batch, g.height, g.width, g.groups * g.channels], -1, 1)
    const kernel = spreadOut(seed + 1, [...g.kernel, g.channels, g.groups * g.filters], -1, 1)
    const gradient = spreadOut(seed + 2, [g.batch, ...outSize(g), g.groups * g.filters], -1, 1)
    const parameters = { stride: g.stride, padding: g.padding, dilation: g.dilation, groups: g.groups }
    if (which === 'convolution')
      return { operands: [image, kernel], build: ([x, k]) => [applyOne('convolution', [x!, k!], parameters)] }
    return which === 'convolutionInputGradient'
      ? {
          operands: [gradient, kernel],
          build: ([y, k]) => [applyOne(which, [y!, k!], { ...parameters, inputSize: [g.height, g.width] })]
        }
      : {
          operands: [image, gradient],
          build: ([x, y]) => [applyOne(which, [x!, y!], { ...parameters, kernelSize: g.kernel })]
        }
  })

/** Whether every window covers an element along an axis: the greatest of padding alone has no slope. */
const covers = (n: number, axis: 0 | 1, g: Geometry): boolean =>
  Array.from({ length: places(n, axis, g) }, (_, place) =>
    Array.from(
      { length: g.kernel[axis] },
      (_tap, k) => place * g.stride[axis] - g.padding[axis][0] + k * g.dilation[axis]
    )
  ).every((taps) => taps.some((tap) => tap >= 0 && tap < n))
const covering = fitting.filter((g) => covers(g.height, 0, g) && covers(g.width, 1, g))

/** Two operands that differ by at least a twentieth everywhere. */
const apart = (name: 'maximum' | 'minimum'): fc.Arbitrary<Case> =>
  withSeed(shapes).map(([shape, seed]) => {
    const a = spreadOut(seed, shape, -1, 1)
    const by = bufferOf(spreadOut(seed + 1, shape, -1, 1))
    const b = Float64Array.from(bufferOf(a), (x, i) => x + by[i]! + Math.sign(by[i]!) * 0.05)
    return { operands: [a, fromBuffer('f64', shape, b)], build: ([x, y]) => [applyOne(name, [x!, y!], {})] }
  })

const windows = (
  which: 'windowMax' | 'windowPick' | 'windowScatter' | 'windowSum' | 'windowSpread'
): fc.Arbitrary<Case> =>
  withSeed(covering).map(([g, seed]) => {
    const image = spreadOut(seed, [g.batch, g.height, g.width, g.channels], -1, 1)
    const other = spreadOut(seed + 1, [g.batch, g.height, g.width, g.channels], -1, 1)
    const out = spreadOut(seed + 2, [g.batch, ...outSize(g), g.channels], -1, 1)
    const parameters = { size: g.kernel, stride: g.stride, padding: g.padding, dilation: g.dilation }
    switch (which) {
      case 'windowMax':
      case 'windowSum':
        return { operands: [image], build: ([x]) => [applyOne(which, [x!], parameters)] }
      case 'windowPick':
        return { operands: [image, other], build: ([x, v]) => [applyOne(which, [x!, v!], parameters)] }
      case 'windowScatter':
        return { operands: [image, out], build: ([x, v]) => [applyOne(which, [x!, v!], parameters)] }
      case 'windowSpread':
        return {
          operands: [out],
          build: ([y]) => [applyOne(which, [y!], { ...parameters, inputSize: [g.height, g.width] })]
        }
    }
  })

const body = (
  slots: readonly { readonly shape: readonly number[] }[],
  f: (inputs: readonly Value[]) => readonly Value[]
) => {
  const inputs = slots.map(({ shape }) => inputValue({ shape, dtype: 'f64' }))
  return programOf(inputs, f(inputs))
}
const add = (a: Value, b: Value): Value => applyOne('add', [a, b], {})
const multiply = (a: Value, b: Value): Value => applyOne('multiply', [a, b], {})
const tanh = (a: Value): Value => applyOne('tanh', [a], {})
const total = (x: Value): Value => applyOne('reduceSum', [x], { axes: x.shape.map((_, i) => i) })

const scans = withSeed(fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 1, max: 3 }), fc.boolean())).map(
  ([[length, n, reverse], seed]): Case => ({
    operands: [
      spreadOut(seed, [n], -1, 1),
      spreadOut(seed + 1, [n], -1, 1),
      spreadOut(seed + 2, [], -1, 1),
      spreadOut(seed + 3, [length, n], -1, 1)
    ],
    build: (values) =>
      applyPrimitive('scan', values, {
        body: body([{ shape: [n] }, { shape: [n] }, { shape: [] }, { shape: [n] }], ([w, h, s, x]) => [
          tanh(add(multiply(w!, h!), x!)),
          add(s!, total(multiply(h!, x!))),
          multiply(h!, w!)
        ]),
        length,
        constants: 1,
        carry: 2,
        reverse
      })
  })
)

const conds = withSeed(fc.tuple(fc.boolean(), shapes)).map(([[verdict, shape], seed]): Case => ({
  operands: [spreadOut(seed, shape, -1, 1), spreadOut(seed + 1, shape, -1, 1)],
  build: ([x, y]) =>
    applyPrimitive(
      'cond',
      [applyOne('constant', [], { value: fromBuffer('bool', [], Uint8Array.of(verdict ? 1 : 0)) }), x!, y!],
      {
        whenTrue: body([{ shape }, { shape }], ([a, b]) => [tanh(multiply(a!, b!)), a!]),
        whenFalse: body([{ shape }, { shape }], ([a, b]) => [multiply(a!, add(a!, b!)), tanh(b!)])
      }
    )
}))

/** Three rounds, counted by a carry. */
const loops = withSeed(shapes).map(([shape, seed]): Case => ({
  operands: [spreadOut(seed, shape, -1, 1), spreadOut(seed + 1, shape, -1, 1)],
  build: ([w, x]) => {
    const scalar = (value: number): Value =>
      applyOne('constant', [], { value: fromBuffer('f64', [], Float64Array.of(value)) })
    return applyPrimitive('whileLoop', [w!, scalar(0), x!], {
      predicate: body([{ shape: [] }, { shape }], ([i]) => [applyOne('less', [i!, scalar(3)], {})]),
      body: body([{ shape }, { shape: [] }, { shape }], ([v, i, h]) => [add(i!, scalar(1)), tanh(multiply(v!, h!))]),
      predicateConstants: 0,
      bodyConstants: 1
    }).slice(1)
  }
}))

const permuted = (rank: number, seed: number): readonly number[] => {
  const next = numbers(seed)
  return Array.from({ length: rank }, (_, i) => [next(), i] as const)
    .sort(([a], [b]) => a - b)
    .map(([, i]) => i)
}

const custom = (kind: 'customJvp' | 'customVjp'): fc.Arbitrary<Case> =>
  withSeed(shapes).map(([shape, seed]) => {
    const slot = { shape }
    const primal = body([slot, slot], ([x, y]) => [multiply(x!, tanh(y!))])
    const slope = (y: Value): Value => {
      const t = tanh(y)
      return applyOne(
        'subtract',
        [
          applyOne('broadcast', [applyOne('constant', [], { value: fromBuffer('f64', [], Float64Array.of(1)) })], {
            shape,
            axes: []
          }),
          multiply(t, t)
        ],
        {}
      )
    }
    return {
      operands: [spreadOut(seed, shape, -1, 1), spreadOut(seed + 1, shape, -1, 1)],
      build: ([x, y]) =>
        kind === 'customJvp'
          ? applyPrimitive('customJvp', [x!, y!], {
              primal,
              jvp: body([slot, slot, slot, slot], ([a, b, ta, tb]) => [
                multiply(a!, tanh(b!)),
                add(multiply(ta!, tanh(b!)), multiply(multiply(a!, slope(b!)), tb!))
              ])
            })
          : applyPrimitive('customVjp', [x!, y!], {
              primal,
              forward: body([slot, slot], ([a, b]) => [multiply(a!, tanh(b!)), a!, b!]),
              backward: body([slot, slot, slot], ([a, b, ct]) => [
                multiply(ct!, tanh(b!)),
                multiply(ct!, multiply(a!, slope(b!)))
              ])
            })
    }
  })

/** Cases of every primitive whose derivative is not zero everywhere. */
export const smooth: Readonly<Partial<Record<Primitive, fc.Arbitrary<Case>>>> = {
  negate: unary('negate', -2, 2),
  abs: unary('abs', 0.2, 2),
  sqrt: unary('sqrt', 0.3, 4),
  rsqrt: unary('rsqrt', 0.3, 4),
  cbrt: unary('cbrt', 0.3, 4),
  exp: unary('exp', -2, 2),
  exp2: unary('exp2', -2, 2),
  expm1: unary('expm1', -2, 2),
  log: unary('log', 0.3, 4),
  log1p: unary('log1p', -0.5, 3),
  log2: unary('log2', 0.3, 4),
  log10: unary('log10', 0.3, 4),
  tanh: unary('tanh', -2, 2),
  sinh: unary('sinh', -2, 2),
  cosh: unary('cosh', -2, 2),
  sin: unary('sin', -3, 3),
  cos: unary('cos', -3, 3),
  tan: unary('tan', -1.2, 1.2),
  atan: unary('atan', -3, 3),
  erf: unary('erf', -2, 2),
  erfc: unary('erfc', -2, 2),
  erfInv: unary('erfInv', -0.9, 0.9),
  sigmoid: unary('sigmoid', -4, 4),
  add: binary('add', [-1, 1], [-1, 1]),
  subtract: binary('subtract', [-1, 1], [-1, 1]),
  multiply: binary('multiply', [-1, 1], [-1, 1]),
  divide: binary('divide', [-1, 1], [0.5, 2]),
  remainder: binary('remainder', [3.1, 3.4], [0.9, 1]),
  maximum: apart('maximum'),
  minimum: apart('minimum'),
  power: binary('power', [0.4, 2], [-2, 2]),
  atan2: binary('atan2', [0.4, 2], [0.4, 2]),
  select: withSeed(shapes).map(([shape, seed]) => ({
    operands: [spreadOut(seed, shape, -1, 1), spreadOut(seed + 1, shape, -1, 1)],
    build: ([x, y]) => [
      applyOne(
        'select',
        [
          applyOne(
            'less',
            [
              indexed(x!),
              applyOne('broadcast', [applyOne('constant', [], { value: fromBuffer('i32', [], Int32Array.of(1)) })], {
                shape,
                axes: []
              })
            ],
            {}
          ),
          x!,
          y!
        ],
        {}
      )
    ]
  })),
  convert: withSeed(shapes).map(([shape, seed]) => ({
    operands: [spreadOut(seed, shape, -1, 1)],
    build: ([x]) => [applyOne('convert', [x!], { dtype: 'f64' })]
  })),
  reduceSum: reduction('reduceSum'),
  reduceProduct: reduction('reduceProduct'),
  reduceMax: reduction('reduceMax'),
  reduceMin: reduction('reduceMin'),
  matmul: withSeed(fc.tuple(fc.array(small, { maxLength: 2 }), small, small, small)).map(
    ([[batch, n, k, m], seed]) => ({
      operands: [spreadOut(seed, [...batch, n, k], -1, 1), spreadOut(seed + 1, [...batch, k, m], -1, 1)],
      build: ([a, b]) => [applyOne('matmul', [a!, b!], {})]
    })
  ),
  broadcast: withSeed(fc.tuple(small, small, fc.boolean())).map(([[n, m, keep], seed]) => ({
    operands: [spreadOut(seed, [keep ? n : 1, m], -1, 1)],
    build: ([x]) => [applyOne('broadcast', [x!], { shape: [2, n, m], axes: [1, 2] })]
  })),
  reshape: withSeed(shapes).map(([shape, seed]) => ({
    operands: [spreadOut(seed, shape, -1, 1)],
    build: ([x]) => [applyOne('reshape', [x!], { shape: [count(shape), 1] })]
  })),
  transpose: withSeed(shapes).map(([shape, seed]) => ({
    operands: [spreadOut(seed, shape, -1, 1)],
    build: ([x]) => [applyOne('transpose', [x!], { permutation: permuted(shape.length, seed) })]
  })),
  reverse: withSeed(shapes).map(([shape, seed]) => ({
    operands: [spreadOut(seed, shape, -1, 1)],
    build: ([x]) => [applyOne('reverse', [x!], { axes: someAxes(shape.length, seed) })]
  })),
  slice: withSeed(shapes).map(([shape, seed]) => ({
    operands: [spreadOut(seed, shape, -1, 1)],
    build: ([x]) => [
      applyOne('slice', [x!], {
        start: shape.map((n, i) => (seed >> i) % n),
        stop: shape,
        stride: shape.map((_, i) => 1 + ((seed >> (3 + i)) % 3))
      })
    ]
  })),
  pad: withSeed(shapes).map(([shape, seed]) => ({
    operands: [spreadOut(seed, shape, -1, 1), spreadOut(seed + 1, [], -1, 1)],
    build: ([x, v]) => [
      applyOne('pad', [x!, v!], {
        low: shape.map((_, i) => (seed >> i) % 2),
        high: shape.map((_, i) => (seed >> (2 + i)) % 3),
        interior: shape.map((_, i) => (seed >> (4 + i)) % 2)
      })
    ]
  })),
  concat: withSeed(fc.tuple(small, small, small)).map(([[n, a, b], seed]) => ({
    operands: [spreadOut(seed, [n, a], -1, 1), spreadOut(seed + 1, [n, b], -1, 1)],
    build: ([x, y]) => [applyOne('concat', [x!, y!, x!], { axis: 1 })]
  })),
  gather: withSeed(fc.tuple(small, small, small, fc.array(small, { maxLength: 2 }), fc.boolean())).map(
    ([[b, n, m, places, shared], seed]) => ({
      operands: [spreadOut(seed, [b, n, m], -1, 1)],
      build: ([x]) => [
        applyOne('gather', [x!, indices(shared ? [b, ...places] : places, seed)], { axis: 1, batch: shared ? 1 : 0 })
      ]
    })
  ),
  scatterAdd: withSeed(fc.tuple(small, small, small, fc.array(small, { maxLength: 2 }), fc.boolean())).map(
    ([[b, n, m, places, shared], seed]) => ({
      operands: [spreadOut(seed, [b, n, m], -1, 1), spreadOut(seed + 1, [b, ...places, m], -1, 1)],
      build: ([x, u]) => [
        applyOne('scatterAdd', [x!, indices(shared ? [b, ...places] : places, seed), u!], {
          axis: 1,
          batch: shared ? 1 : 0
        })
      ]
    })
  ),
  sort: withSeed(fc.tuple(small, small, fc.integer({ min: 0, max: 1 }))).map(([[n, m, axis], seed]) => ({
    operands: [spreadOut(seed, [n, m], -1, 1), spreadOut(seed + 1, [n, m], -1, 1)],
    build: ([x, y]) => applyPrimitive('sort', [x!, y!], { axis })
  })),
  convolution: convolutions('convolution'),
  convolutionInputGradient: convolutions('convolutionInputGradient'),
  convolutionKernelGradient: convolutions('convolutionKernelGradient'),
  windowMax: windows('windowMax'),
  windowPick: windows('windowPick'),
  windowScatter: windows('windowScatter'),
  windowSum: windows('windowSum'),
  windowSpread: windows('windowSpread'),
  scan: scans,
  cond: conds,
  whileLoop: loops,
  customJvp: custom('customJvp'),
  customVjp: custom('customVjp')
}

/** 0, 1, 2 … along the last axis, beside a value. */
function indexed(like: Value): Value {
  return like.shape.length === 0
    ? applyOne('constant', [], { value: fromBuffer('i32', [], Int32Array.of(0)) })
    : applyOne('iota', [], { shape: like.shape, axis: like.shape.length - 1, dtype: 'i32' })
}

/** The primitives without a derivative of their own to check, and why. */
export const inert: Readonly<Partial<Record<Primitive, string>>> = {
  sign: 'constant between its steps',
  floor: 'constant between its steps',
  ceil: 'constant between its steps',
  round: 'constant between its steps',
  not: 'has no float result',
  stopGradient: 'zero by definition',
  and: 'has no float result',
  or: 'has no float result',
  xor: 'has no float result',
  shiftLeft: 'has no float result',
  shiftRight: 'has no float result',
  equal: 'has no float result',
  less: 'has no float result',
  lessEqual: 'has no float result',
  bitcast: 'moves bits, not numbers',
  constant: 'has no operand',
  iota: 'has no operand',
  argMax: 'has no float result',
  threefry2x32: 'has no float result',
  customLinear: 'appears only inside derivatives of customVjp'
}
