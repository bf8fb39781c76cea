/**
 * One step of building a random program: a primitive applied to values that are there already.
 */
import {
  applyOne,
  applyPrimitive,
  traceValues,
  type Binary,
  type Comparison,
  type Parameters,
  type Primitive,
  type Unary,
  type Value
} from '../../lib/expr/internal.ts'
import { isFloat, sameSlot, slot, type DType, type Slot } from '../../lib/tensor/index.ts'

/** What a move can use. All choices are made by dice, so that a move is data and shrinks. */
export interface Table {
  readonly pool: readonly Value[]
  readonly dtypes: readonly DType[]
  /** a number from 0 to sides − 1; every die is another number */
  readonly roll: (die: number, sides: number) => number
  /** a value of the slot: one that is there, or a constant */
  readonly supply: (die: number, slot: Slot) => Value
  /** the values that moves inside a nested program make of its inputs, those among them */
  readonly inside: (inputs: readonly Value[], half: 0 | 1) => readonly Value[]
}

/** The outputs of the step, or nothing where no value fits. */
export type Move = (table: Table) => readonly Value[] | undefined

const pick = ({ pool, roll }: Table, die: number, accepts: (value: Value) => boolean): Value | undefined => {
  const fitting = pool.filter(accepts)
  return fitting[roll(die, fitting.length)]
}

/** A move that starts from a value of the pool. */
const from =
  (accepts: (value: Value) => boolean, move: (x: Value, table: Table) => readonly Value[] | undefined): Move =>
  (table) => {
    const x = pick(table, 0, accepts)
    return x === undefined ? undefined : move(x, table)
  }

const isNumber = ({ dtype }: Slot): boolean => dtype !== 'bool'
const isFloating = ({ dtype }: Slot): boolean => isFloat(dtype)
const isInteger = ({ dtype }: Slot): boolean => dtype === 'i32' || dtype === 'u32'
const isBits = (x: Slot): boolean => isInteger(x) || x.dtype === 'bool'
const isAny = (): boolean => true
const hasAxis = ({ shape }: Slot): boolean => shape.length > 0
const hasElements = ({ shape }: Slot): boolean => shape.every((n) => n > 0)

const unary = (primitive: Unary, accepts: (value: Value) => boolean = isFloating): Move =>
  from(accepts, (x) => applyPrimitive(primitive, [x], {}))

const binary = (primitive: Binary | Comparison, accepts: (value: Value) => boolean = isNumber): Move =>
  from(accepts, (x, table) => {
    const y = table.supply(1, x)
    return applyPrimitive(primitive, table.roll(2, 2) === 0 ? [x, y] : [y, x], {})
  })

/** Some of the axes of a value. */
const someAxes = ({ shape }: Value, { roll }: Table): readonly number[] =>
  shape.flatMap((_, axis) => (roll(2 + axis, 2) === 0 ? axis : []))

const reduction = (
  primitive: 'reduceSum' | 'reduceProduct' | 'reduceMax' | 'reduceMin',
  accepts: (value: Value) => boolean
): Move => from(accepts, (x, table) => applyPrimitive(primitive, [x], { axes: someAxes(x, table) }))

/** A matrix for each of a batch, with as many rows or columns as are given: plain, transposed, or with all of them alike. */
const matrix = ({ supply, roll }: Table, { shape, dtype }: Slot, given: number, side: 'rows' | 'columns'): Value => {
  const batch = shape.slice(0, -2)
  const other = 1 + roll(2, roll(5, 3) === 0 ? 12 : 4)
  const [rows, columns] = side === 'rows' ? [given, other] : [other, given]
  const [first, last] = [batch.length, batch.length + 1]
  const outer = batch.map((_, axis) => axis)
  const whole = [...batch, rows, columns]
  switch (roll(3, 5)) {
    case 0:
      return applyOne('transpose', [supply(1, slot([...batch, columns, rows], dtype))], {
        permutation: [...outer, last, first]
      })
    case 1:
      return applyOne('broadcast', [supply(1, slot([...batch, columns], dtype))], {
        shape: whole,
        axes: [...outer, last]
      })
    case 2:
      return applyOne('broadcast', [supply(1, slot([...batch, rows], dtype))], {
        shape: whole,
        axes: [...outer, first]
      })
    default:
      return supply(1, slot(whole, dtype))
  }
}

/** An order of some numbers. */
const order = (count: number, { roll }: Table): readonly number[] =>
  Array.from({ length: count }, (_, i) => i)
    .map((i) => [roll(2 + i, 1024), i] as const)
    .toSorted(([a], [b]) => a - b)
    .map(([, i]) => i)

const floatType = ({ dtypes, roll }: Table): 'f32' | 'f64' | undefined => {
  const floats = dtypes.filter(isFloat)
  return floats[roll(1, floats.length)]
}

const pair = <A>(f: (axis: 0 | 1) => A): readonly [A, A] => [f(0), f(1)]

interface Sliding {
  readonly size: readonly [number, number]
  readonly stride: readonly [number, number]
  readonly padding: readonly [readonly [number, number], readonly [number, number]]
  readonly dilation: readonly [number, number]
  readonly image: readonly [number, number]
}

/** A window, and an image that it fits. */
const sliding = ({ roll }: Table): Sliding => {
  const size = pair((axis) => 1 + roll(2 + axis, 3))
  const dilation = pair((axis) => 1 + roll(4 + axis, 2))
  return {
    size,
    dilation,
    stride: pair((axis) => 1 + roll(6 + axis, 2)),
    padding: pair((axis) => [roll(8 + axis, 2) % size[axis], roll(10 + axis, 2) % size[axis]] as const),
    image: pair((axis) => dilation[axis] * (size[axis] - 1) + 1 + roll(12 + axis, 3))
  }
}

type Convolution = Parameters['convolution']

/** A convolution with an image and a kernel that fit it. */
const convolving =
  (
    finish: (image: Value, kernel: Value, parameters: Convolution, table: Table) => readonly Value[] | undefined
  ): Move =>
  (table) => {
    const dtype = floatType(table)
    if (dtype === undefined) return undefined
    const { size, image, ...geometry } = sliding(table)
    const [groups, channels, filters] = [1 + table.roll(14, 2), 1 + table.roll(15, 2), 1 + table.roll(16, 2)]
    const x = table.supply(17, slot([1 + table.roll(18, 2), ...image, channels * groups], dtype))
    const kernel = table.supply(19, slot([...size, channels, filters * groups], dtype))
    return finish(x, kernel, { ...geometry, groups }, table)
  }

/** A window over an image. */
const pooling =
  (finish: (image: Value, parameters: Parameters['windowMax'], table: Table) => readonly Value[] | undefined): Move =>
  (table) => {
    const dtype = floatType(table)
    if (dtype === undefined) return undefined
    const { image, ...parameters } = sliding(table)
    const x = table.supply(17, slot([1 + table.roll(18, 2), ...image, 1 + table.roll(15, 2)], dtype))
    return finish(x, parameters, table)
  }

const imageSize = ({ shape }: Value): readonly [number, number] => [shape[1] ?? 0, shape[2] ?? 0]

/** Places to read from a value along an axis, behind some shared axes. */
const places = (x: Value, table: Table): { readonly axis: number; readonly batch: number; readonly indices: Value } => {
  const axis = table.roll(1, x.shape.length)
  const batch = table.roll(2, axis + 1)
  const dtype = table.roll(3, 2) === 0 ? 'i32' : 'u32'
  const extra = table.roll(4, 2) === 0 ? [] : [1 + table.roll(5, 3)]
  return { axis, batch, indices: table.supply(6, slot([...x.shape.slice(0, batch), ...extra], dtype)) }
}

/** Of some values the last one of a slot; there is always one where the slot is that of an input. */
const lastLike = (values: readonly Value[], like: Slot): readonly Value[] =>
  values.filter((value) => sameSlot(value, like)).slice(-1)

const scan: Move = from(hasAxis, (x, table) => {
  const length = x.shape[0] ?? 0
  const constants = table.pool.slice(0, table.roll(1, 2))
  const carry = table.pool.slice(-1 - table.roll(2, 2))
  const xs = [x, ...table.pool.filter((value) => value.shape[0] === length).slice(0, table.roll(3, 2))]
  const elements = xs.map(({ shape, dtype }) => slot(shape.slice(1), dtype))
  const body = traceValues([...constants, ...carry, ...elements], (inputs) => {
    const made = table.inside(inputs, 0)
    return [...carry.flatMap((value) => lastLike(made, value)), ...made.slice(-table.roll(4, 3), made.length)].slice(
      0,
      carry.length + 2
    )
  })
  const parameters = { body, length, constants: constants.length, carry: carry.length, reverse: table.roll(5, 2) === 1 }
  return applyPrimitive('scan', [...constants, ...carry, ...xs], parameters)
})

const cond: Move = from(isAny, (x, table) => {
  const operands = [x, ...table.pool.slice(0, table.roll(1, 3))]
  const predicate = table.supply(2, slot([], 'bool'))
  const branch = (half: 0 | 1) =>
    traceValues(operands, (inputs) => operands.flatMap((value) => lastLike(table.inside(inputs, half), value)))
  return applyPrimitive('cond', [predicate, ...operands], { whenTrue: branch(0), whenFalse: branch(1) })
})

/** Runs up to three times: the first of the carry counts. */
const whileLoop: Move = from(isAny, (x, table) => {
  const constants = table.pool.slice(0, table.roll(1, 2))
  const counter = slot([], 'i32')
  const start = applyOne('iota', [], { shape: [1], axis: 0, dtype: 'i32' })
  const carry = [applyOne('reshape', [start], { shape: [] }), x]
  const one = (value: Value): Value => applyOne('convert', [applyOne('equal', [value, value], {})], { dtype: 'i32' })
  const limit = table.roll(2, 4)
  const predicate = traceValues([counter, x], ([i]) => {
    if (i === undefined) return []
    const bound = Array.from({ length: limit }).reduce<Value>((sum) => applyOne('add', [sum, one(i)], {}), one(i))
    return [applyOne('less', [i, bound], {})]
  })
  const body = traceValues([...constants, counter, x], (inputs) => {
    const i = inputs[constants.length]
    if (i === undefined) return []
    return [applyOne('add', [i, one(i)], {}), ...lastLike(table.inside(inputs, 0), x)]
  })
  const parameters = { predicate, body, predicateConstants: 0, bodyConstants: constants.length }
  return applyPrimitive('whileLoop', [...constants, ...carry], parameters)
})

const apply1 = (primitive: Unary, x: Value): Value => applyOne(primitive, [x], {})
const times = (a: Value, b: Value): Value => applyOne('multiply', [a, b], {})

/** The sine with the derivative that it has. */
const customJvp: Move = from(isFloating, (x) =>
  applyPrimitive('customJvp', [x], {
    primal: traceValues([x], (inputs) => inputs.map((a) => apply1('sin', a))),
    jvp: traceValues([x, x], ([a, da]) =>
      a === undefined || da === undefined ? [] : [apply1('sin', a), times(apply1('cos', a), da)]
    )
  })
)

const customVjp: Move = from(isFloating, (x) =>
  applyPrimitive('customVjp', [x], {
    primal: traceValues([x], (inputs) => inputs.map((a) => apply1('sin', a))),
    forward: traceValues([x], (inputs) => inputs.flatMap((a) => [apply1('sin', a), apply1('cos', a)])),
    backward: traceValues([x, x], ([r, ct]) => (r === undefined || ct === undefined ? [] : [times(r, ct)]))
  })
)

const customLinear: Move = from(isFloating, (x, table) =>
  applyPrimitive('customLinear', [x, table.supply(1, x)], {
    backward: traceValues([x, x], ([r, ct]) => (r === undefined || ct === undefined ? [] : [times(r, ct)])),
    residuals: 1,
    outputs: [slot(x.shape, x.dtype)]
  })
)

/** A move for each primitive. */
export const moves: { readonly [P in Primitive]: Move } = {
  negate: unary('negate', isNumber),
  abs: unary('abs', isNumber),
  sign: unary('sign', isNumber),
  floor: unary('floor'),
  ceil: unary('ceil'),
  round: unary('round'),
  sqrt: unary('sqrt'),
  rsqrt: unary('rsqrt'),
  cbrt: unary('cbrt'),
  exp: unary('exp'),
  exp2: unary('exp2'),
  expm1: unary('expm1'),
  log: unary('log'),
  log1p: unary('log1p'),
  log2: unary('log2'),
  log10: unary('log10'),
  tanh: unary('tanh'),
  sinh: unary('sinh'),
  cosh: unary('cosh'),
  sin: unary('sin'),
  cos: unary('cos'),
  tan: unary('tan'),
  atan: unary('atan'),
  erf: unary('erf'),
  erfc: unary('erfc'),
  erfInv: unary('erfInv'),
  sigmoid: unary('sigmoid'),
  not: unary('not', isBits),
  stopGradient: unary('stopGradient', isAny),
  add: binary('add'),
  subtract: binary('subtract'),
  multiply: binary('multiply'),
  divide: binary('divide'),
  remainder: binary('remainder'),
  maximum: binary('maximum'),
  minimum: binary('minimum'),
  power: binary('power', isFloating),
  atan2: binary('atan2', isFloating),
  and: binary('and', isBits),
  or: binary('or', isBits),
  xor: binary('xor', isBits),
  shiftLeft: binary('shiftLeft', isInteger),
  shiftRight: binary('shiftRight', isInteger),
  equal: binary('equal', isAny),
  less: binary('less'),
  lessEqual: binary('lessEqual'),
  select: from(isAny, (x, table) => {
    const condition = table.supply(1, slot(x.shape, 'bool'))
    return applyPrimitive('select', [condition, x, table.supply(2, x)], {})
  }),
  convert: from(isAny, (x, { dtypes, roll }) =>
    applyPrimitive('convert', [x], { dtype: dtypes[roll(1, dtypes.length)] ?? x.dtype })
  ),
  bitcast: from(isAny, (x, { dtypes, roll }) => {
    const words: readonly DType[] = dtypes.filter((dtype) => dtype === 'f32' || dtype === 'i32' || dtype === 'u32')
    const dtype = words.includes(x.dtype) ? words[roll(1, words.length)] : x.dtype
    return applyPrimitive('bitcast', [x], { dtype: dtype ?? x.dtype })
  }),
  constant: ({ supply, dtypes, roll }) => {
    const shape = Array.from({ length: roll(1, 3) }, (_, axis) => 1 + roll(2 + axis, 3))
    return [supply(5, slot(shape, dtypes[roll(6, dtypes.length)] ?? 'f32'))]
  },
  iota: ({ dtypes, roll }) => {
    const shape = Array.from({ length: 1 + roll(1, 2) }, (_, axis) => 1 + roll(2 + axis, 4))
    const numbers = dtypes.filter((each) => each !== 'bool')
    const dtype = numbers[roll(5, numbers.length)] ?? 'i32'
    return applyPrimitive('iota', [], { shape, axis: roll(6, shape.length), dtype })
  },
  reduceSum: reduction('reduceSum', isNumber),
  reduceProduct: reduction('reduceProduct', isNumber),
  reduceMax: reduction('reduceMax', hasElements),
  reduceMin: reduction('reduceMin', hasElements),
  argMax: from(
    (x) => isNumber(x) && hasAxis(x) && hasElements(x),
    (x, { roll }) => applyPrimitive('argMax', [x], { axis: roll(1, x.shape.length) })
  ),
  matmul: from(
    (x) => isNumber(x) && x.shape.length >= 2,
    (x, table) =>
      // the value is the left operand or the right one
      table.roll(4, 3) > 0
        ? applyPrimitive('matmul', [x, matrix(table, x, x.shape.at(-1) ?? 1, 'rows')], {})
        : applyPrimitive('matmul', [matrix(table, x, x.shape.at(-2) ?? 1, 'columns'), x], {})
  ),
  broadcast: from(isAny, (x, { roll }) => {
    const grown = x.shape.map((n, axis) => (n === 1 ? 1 + roll(2 + axis, 3) : n))
    const place = roll(1, x.shape.length + 1)
    const shape = [...grown.slice(0, place), 1 + roll(6, 3), ...grown.slice(place)]
    const axes = x.shape.map((_, axis) => (axis < place ? axis : axis + 1))
    return roll(7, 3) === 0
      ? applyPrimitive('broadcast', [x], { shape: grown, axes: x.shape.map((_, axis) => axis) })
      : applyPrimitive('broadcast', [x], { shape, axes })
  }),
  reshape: from(isAny, (x, { roll }) => {
    const count = x.shape.reduce((product, n) => product * n, 1)
    const shapes = [[count], [1, count], [count, 1], [...x.shape].toReversed(), [...x.shape, 1]]
    return applyPrimitive('reshape', [x], { shape: shapes[roll(1, shapes.length)] ?? [count] })
  }),
  transpose: from(isAny, (x, table) => applyPrimitive('transpose', [x], { permutation: order(x.shape.length, table) })),
  reverse: from(isAny, (x, table) => applyPrimitive('reverse', [x], { axes: someAxes(x, table) })),
  slice: from(isAny, (x, { roll }) => {
    const start = x.shape.map((n, axis) => roll(2 + axis, Math.max(1, n)))
    const stop = x.shape.map((n, axis) => n - roll(6 + axis, n - (start[axis] ?? 0)))
    return applyPrimitive('slice', [x], { start, stop, stride: x.shape.map((_, axis) => 1 + roll(10 + axis, 2)) })
  }),
  pad: from(isAny, (x, { supply, roll }) => {
    const amounts = (die: number): readonly number[] => x.shape.map((_, axis) => roll(die + axis, 2))
    return applyPrimitive('pad', [x, supply(1, slot([], x.dtype))], {
      low: amounts(2),
      high: amounts(6),
      interior: amounts(10)
    })
  }),
  concat: from(hasAxis, (x, { supply, roll }) => {
    const others = Array.from({ length: roll(1, 3) }, (_, i) => supply(2 + i, x))
    return applyPrimitive('concat', [x, ...others], { axis: roll(6, x.shape.length) })
  }),
  gather: from(
    (x) => hasAxis(x) && hasElements(x),
    (x, table) => {
      const { axis, batch, indices } = places(x, table)
      return applyPrimitive('gather', [x, indices], { axis, batch })
    }
  ),
  scatterAdd: from(
    (x) => isNumber(x) && hasAxis(x) && hasElements(x),
    (x, table) => {
      const { axis, batch, indices } = places(x, table)
      const shape = [...x.shape.slice(0, axis), ...indices.shape.slice(batch), ...x.shape.slice(axis + 1)]
      return applyPrimitive('scatterAdd', [x, indices, table.supply(7, slot(shape, x.dtype))], { axis, batch })
    }
  ),
  convolution: convolving((image, kernel, parameters) => applyPrimitive('convolution', [image, kernel], parameters)),
  convolutionInputGradient: convolving((image, kernel, parameters, { supply }) => {
    const output = applyOne('convolution', [image, kernel], parameters)
    const inputSize = imageSize(image)
    return applyPrimitive('convolutionInputGradient', [supply(20, output), kernel], { ...parameters, inputSize })
  }),
  convolutionKernelGradient: convolving((image, kernel, parameters, { supply }) => {
    const output = applyOne('convolution', [image, kernel], parameters)
    const kernelSize = [kernel.shape[0] ?? 0, kernel.shape[1] ?? 0] as const
    return applyPrimitive('convolutionKernelGradient', [image, supply(20, output)], { ...parameters, kernelSize })
  }),
  windowMax: pooling((image, parameters) => applyPrimitive('windowMax', [image], parameters)),
  windowPick: pooling((image, parameters, { supply }) =>
    applyPrimitive('windowPick', [image, supply(20, image)], parameters)
  ),
  windowScatter: pooling((image, parameters, { supply }) => {
    const windows = supply(20, applyOne('windowMax', [image], parameters))
    return applyPrimitive('windowScatter', [image, windows], parameters)
  }),
  windowSum: pooling((image, parameters) => applyPrimitive('windowSum', [image], parameters)),
  windowSpread: pooling((image, parameters, { supply }) => {
    const windows = supply(20, applyOne('windowSum', [image], parameters))
    return applyPrimitive('windowSpread', [windows], { ...parameters, inputSize: imageSize(image) })
  }),
  sort: from(
    (x) => isNumber(x) && hasAxis(x),
    (x, { supply, dtypes, roll }) => {
      const others = Array.from({ length: roll(1, 3) }, (_, i) =>
        supply(2 + i, slot(x.shape, dtypes[roll(4 + i, dtypes.length)] ?? x.dtype))
      )
      return applyPrimitive('sort', [x, ...others], { axis: roll(6, x.shape.length) })
    }
  ),
  threefry2x32: from(
    ({ dtype }) => dtype === 'u32',
    (x, { supply }) => applyPrimitive('threefry2x32', [x, supply(1, x), supply(2, x), supply(3, x)], {})
  ),
  scan,
  cond,
  whileLoop,
  customJvp,
  customVjp,
  customLinear
}
