/**
 * Cases of every operation on shapes: computed at run time, written as type assertions on the result and on the sentence.
 */
import * as Either from 'fp-ts/lib/Either.js'
import * as fc from 'fast-check'
import type { AnySliding, Dim, Shape, Stop } from '../../lib/shape/index.ts'
import * as Shapes from '../../lib/shape/index.ts'
import { alike, axisFor, dim, shape, smallSize } from './arbitrary.ts'

/** One call: its type, the type of its complaint, and what the run-time twin gives. */
interface Call {
  readonly result: string
  readonly message: string
  readonly given: Either.Either<string, Shape>
}

// values as types: at run time '?' is what `number` is to the compiler

const dimType = (d: Dim): string => (d === '?' ? 'number' : typeof d === 'number' ? `${d}` : `'${d}'`)
const shapeType = (s: Shape): string => `[${s.map(dimType).join(', ')}]`
const listType = (xs: readonly (number | string | null)[]): string => `[${xs.map(String).join(', ')}]`
const sentenceType = (sentence: string): string => JSON.stringify(sentence)

const call = (name: string, message: string, args: readonly string[], given: Either.Either<string, Shape>): Call => ({
  result: `Shapes.${name}<${args.join(', ')}>`,
  message: `Shapes.${message}<${args.join(', ')}>`,
  given
})

// the operations

const pairs = fc.oneof(alike, fc.tuple(shape(), shape()))
/** A number or a list of two, as a setting of a window. */
const perAxis = <T>(setting: fc.Arbitrary<T>): fc.Arbitrary<T | readonly [T, T]> =>
  fc.oneof({ weight: 3, arbitrary: setting }, fc.tuple(setting, setting))
const settingType = (setting: unknown): string => JSON.stringify(setting).replaceAll('"', "'")

const broadcasts = pairs.map(([a, b]) =>
  call('Broadcast', 'BroadcastMessage', [shapeType(a), shapeType(b)], Shapes.broadcast(a, b))
)
const broadcastTos = pairs.map(([a, b]) =>
  call('BroadcastTo', 'BroadcastToMessage', [shapeType(a), shapeType(b)], Shapes.broadcastTo(a, b))
)
const matmuls = fc
  .tuple(pairs, fc.option(fc.tuple(dim, dim, dim), { freq: 4 }))
  .map(([[a, b], inner]): readonly [Shape, Shape] =>
    inner === null
      ? [a, b]
      : [
          [...a.slice(1), inner[0], inner[1]],
          [...b.slice(1), inner[1], inner[2]]
        ]
  )
  .map(([a, b]) => call('MatMul', 'MatMulMessage', [shapeType(a), shapeType(b)], Shapes.matmul(a, b)))
const concats = pairs
  .chain(([a, b]) => fc.tuple(fc.constant(a), fc.constant(b), axisFor(a.length)))
  .map(([a, b, x]) => call('Concat', 'ConcatMessage', [shapeType(a), shapeType(b), `${x}`], Shapes.concat(a, b, x)))
const concatAlls = fc
  .tuple(shape(3), fc.nat({ max: 3 }), dim)
  .chain(([a, count, d]) =>
    fc.tuple(
      axisFor(a.length),
      fc.constant(a),
      fc.array(
        fc.constantFrom(
          a,
          a,
          a,
          a.map((x, i) => (i === 0 ? d : x))
        ),
        { minLength: count, maxLength: count }
      )
    )
  )
  .chain(([x, a, rest]) =>
    fc.tuple(fc.constant(x), fc.constantFrom<readonly Shape[]>([a, ...rest], [a, ...rest], rest))
  )
  .map(([x, list]) =>
    call('ConcatAll', 'ConcatAllMessage', [`[${list.map(shapeType).join(', ')}]`, `${x}`], Shapes.concatAll(list, x))
  )
const reshapes = fc
  .tuple(
    shape(3),
    fc.constantFrom<(s: Shape) => Shape>(
      (s) => [...s].reverse(),
      (s) => [-1, ...s.slice(1)],
      (s) => [...s.slice(0, -1), 2, -1],
      (s) => [-1, -1, ...s],
      (s) => [...s, 1],
      (s) => [Shapes.product(s)],
      (s) => [...s.slice(1), 7],
      (s) => [...s.slice(2), -1, 3],
      (s) => [-2, ...s],
      (s) => [2.5, ...s],
      () => [-1]
    )
  )
  .map(([s, to]) => [s, to(s)] as const)
  .map(([s, t]) => call('Reshape', 'ReshapeMessage', [shapeType(s), shapeType(t)], Shapes.reshape(s, t)))
const transposes = shape()
  .chain((s) =>
    fc.tuple(
      fc.constant(s),
      fc.oneof(
        {
          weight: 4,
          arbitrary: fc.shuffledSubarray(
            s.map((_, i) => (i % 2 === 0 ? i : i - s.length)),
            { minLength: s.length }
          )
        },
        { weight: 1, arbitrary: fc.array(axisFor(s.length), { maxLength: 4 }) },
        { weight: 1, arbitrary: fc.constant(undefined) }
      )
    )
  )
  .map(([s, p]) =>
    call(
      'Transpose',
      'TransposeMessage',
      [shapeType(s), p === undefined ? 'undefined' : listType(p)],
      Shapes.transpose(s, p)
    )
  )
const reduces = shape()
  .chain((s) =>
    fc.tuple(
      fc.constant(s),
      fc.oneof(
        { weight: 3, arbitrary: axisFor(s.length) },
        { weight: 3, arbitrary: fc.subarray(s.map((_, i) => i)) },
        { weight: 2, arbitrary: fc.array(axisFor(s.length), { maxLength: 3 }) },
        { weight: 1, arbitrary: fc.constant(undefined) }
      ),
      fc.boolean()
    )
  )
  .map(([s, x, keep]): Call => {
    const axes = x === undefined ? 'undefined' : typeof x === 'number' ? `${x}` : listType(x)
    return {
      result: `Shapes.Reduce<${shapeType(s)}, ${axes}, ${keep}>`,
      message: `Shapes.ReduceMessage<${shapeType(s)}, ${axes}, 'sum'>`,
      given: Shapes.reduce(s, x, keep, 'sum')
    }
  })
const count = fc.oneof({ weight: 20, arbitrary: fc.constantFrom(1, 2, 3, 5) }, fc.constantFrom(0, -1, 2.5))
const padding = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom<Shapes.Padding>('valid', 'same', 0, 1, 2, 3) },
  fc.constantFrom<Shapes.Padding>(-1, 0.5)
)
const sliding: fc.Arbitrary<AnySliding> = fc.record({
  kernel: perAxis(count),
  stride: perAxis(count),
  padding: perAxis(padding),
  dilation: perAxis(fc.constantFrom(1, 1, 2, 3))
})
const slidingType = (w: AnySliding): string =>
  `Shapes.Sliding<${[w.kernel, w.stride, w.padding, w.dilation].map(settingType).join(', ')}>`
const bigDim: fc.Arbitrary<Dim> = fc.oneof(dim, fc.integer({ min: 0, max: 300 }))
const windows2d = fc
  .tuple(fc.oneof({ weight: 8, arbitrary: fc.tuple(bigDim, bigDim, dim) }, shape()), sliding, fc.option(smallSize))
  .map(([s, w, c]): Call => {
    const args = `${shapeType(s)}, ${slidingType(w)}`
    return {
      result: `Shapes.Window2d<${args}${c === null ? '' : `, ${c}`}>`,
      message: `Shapes.Window2dMessage<${args}, 'conv2d'>`,
      given: Shapes.window2d(s, w, c ?? undefined, 'conv2d')
    }
  })
const windows1d = fc
  .tuple(
    fc.oneof({ weight: 8, arbitrary: fc.tuple(bigDim, dim) }, shape()),
    fc.record({ kernel: count, stride: count, padding, dilation: fc.constantFrom(1, 2) })
  )
  .map(([s, w]) => call('Window1d', 'Window1dMessage', [shapeType(s), slidingType(w)], Shapes.window1d(s, w)))
const slices = shape(3)
  .chain((s) => {
    const index = fc.integer({ min: -5, max: 9 })
    const stop = fc.oneof({ weight: 2, arbitrary: fc.constant<Stop>(null) }, { weight: 3, arbitrary: index })
    const start = fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, { weight: 2, arbitrary: index }, fc.constant(0.5))
    const per = <T>(x: fc.Arbitrary<T>): fc.Arbitrary<T[]> =>
      fc.oneof(
        { weight: 12, arbitrary: fc.array(x, { minLength: s.length, maxLength: s.length }) },
        fc.array(x, { maxLength: 4 })
      )
    return fc.tuple(fc.constant(s), per(start), per(stop), fc.option(per(count), { nil: undefined, freq: 1 }))
  })
  .map(([s, a, b, t]) =>
    call(
      'Slice',
      'SliceMessage',
      [shapeType(s), listType(a), listType(b), t === undefined ? 'undefined' : listType(t)],
      Shapes.slice(s, a, b, t)
    )
  )

/** Every operation by its name, with arbitrary calls of it. */
export const operations: Readonly<Record<string, fc.Arbitrary<Call>>> = {
  broadcast: broadcasts,
  broadcastTo: broadcastTos,
  matmul: matmuls,
  concat: concats,
  concatAll: concatAlls,
  reshape: reshapes,
  transpose: transposes,
  reduce: reduces,
  window1d: windows1d,
  window2d: windows2d,
  slice: slices
}

// the scalar rules: their value as a type is an argument of the assertion

const scalars = (seed: number, count: number): readonly string[] => [
  ...fc
    .sample(
      fc.oneof(
        pairs,
        fc.tuple(dim, dim).map(([a, b]): readonly [Shape, Shape] => [[a], [b]])
      ),
      { seed, numRuns: count }
    )
    .flatMap(([a, b]) => [
      `Is<Shapes.SameShape<${shapeType(a)}, ${shapeType(b)}>, ${Shapes.sameShape(a, b)}>`,
      `Is<Shapes.SameSize<${shapeType(a)}, ${shapeType(b)}>, ${Shapes.sameSize(a, b)}>`,
      `Is<Shapes.Product<${shapeType(a)}>, ${dimType(Shapes.product(a))}>`,
      `Is<Shapes.Show<${shapeType(a)}>, ${sentenceType(Shapes.show(a))}>`
    ]),
  ...fc.sample(fc.tuple(shape(), axisFor(3)), { seed, numRuns: count }).map(([s, x]) => {
    const at = Shapes.normaliseAxis(s, x)
    return `Is<Shapes.NormalAxis<${shapeType(s)}, ${x}>, ${Either.isRight(at) ? `${at.right}` : 'never'}>`
  }),
  ...fc
    .sample(fc.tuple(dim, dim), { seed, numRuns: count })
    .map(([a, b]) => `Is<Shapes.Add<${dimType(a)}, ${dimType(b)}>, ${dimType(Shapes.addDim(a, b))}>`),
  ...[0, 1, -1, 2.5, 12, 1e21, 9007199254740991].flatMap((n) => [
    `Is<Shapes.Whole<${n}>, ${Shapes.isWhole(n)}>`,
    `Is<Shapes.Natural<${n}>, ${Shapes.isNatural(n)}>`
  ])
]

const assertions = ({ result, message, given }: Call): readonly string[] =>
  Either.isRight(given)
    ? [`Is<${result}, ${shapeType(given.right)}>`, `Is<${message}, never>`]
    : [`Is<${result}, never>`, `Is<${message}, ${sentenceType(given.left)}>`]

/** The lines in front of the assertions. */
export const header: readonly string[] = [
  "import type * as Shapes from '../../../lib/shape/index.ts'",
  'type Is<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false',
  'type Holds<X extends true> = X'
]

/** How often an operation succeeded and how often it complained, among the cases. */
export interface Balance {
  readonly accepted: number
  readonly refused: number
}

/**
 * Assertions that hold, some that do not (a dimension more, or a sentence more), and the balance of each operation.
 *
 * @param seed of the random cases.
 * @param count of calls of each operation.
 */
export const operationCases = (
  seed: number,
  count: number
): {
  readonly right: readonly string[]
  readonly wrong: readonly string[]
  readonly balance: Readonly<Record<string, Balance>>
} => {
  const calls = Object.entries(operations).map(
    ([name, arbitrary], i) => [name, fc.sample(arbitrary, { seed: seed + i, numRuns: count })] as const
  )
  const balance = calls.map(([name, list]): readonly [string, Balance] => {
    const accepted = list.filter(({ given }) => Either.isRight(given)).length
    return [name, { accepted, refused: list.length - accepted }]
  })
  const holds = (assertion: string): string => `Holds<${assertion}>`
  return {
    right: [...calls.flatMap(([, list]) => list.flatMap(assertions)), ...scalars(seed, count)].map(holds),
    wrong: calls
      .flatMap(([, list]) => list.slice(0, 8))
      .flatMap(({ result, message, given }) => [
        `Is<${result}, ${Either.isRight(given) ? shapeType([...given.right, 11]) : '[]'}>`,
        `Is<${message}, ${Either.isRight(given) ? sentenceType('nothing of the kind') : sentenceType(`${given.left}!`)}>`
      ])
      .map(holds),
    balance: Object.fromEntries(balance)
  }
}
