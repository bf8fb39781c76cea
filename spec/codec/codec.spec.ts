import * as Either from 'fp-ts/lib/Either.js'
import * as fc from 'fast-check'
import * as t from 'io-ts'
import { describe, expect, it } from 'vitest'
import {
  build,
  byTag,
  checked,
  count,
  decodeWith,
  either,
  finite,
  flag,
  fraction,
  guarded,
  late,
  list,
  literal,
  natural,
  nonNegative,
  number,
  numberWhere,
  oneOf,
  optional,
  orNull,
  parseWith,
  positive,
  record,
  taggedRecord,
  taggedUnion,
  text,
  type Codec
} from '../../lib/codec/index.ts'

const problems = <A>(codec: t.Decoder<unknown, A>, u: unknown): readonly string[] => {
  const result = decodeWith('it', codec)(u)
  return Either.isLeft(result) ? result.left : []
}
/** The one problem. */
const problem = <A>(codec: t.Decoder<unknown, A>, u: unknown): string => {
  const found = problems(codec, u)
  expect(found).toHaveLength(1)
  return found[0]!
}
const value = <A>(codec: Codec<A>, u: unknown): A => parseWith('it', codec)(u)

describe('numbers', () => {
  it('are admitted in their range, and refused in a sentence that names it', () => {
    const cases: readonly (readonly [Codec<number>, string, readonly number[], readonly number[]])[] = [
      [number, 'a number', [0, -0, NaN, Infinity, -Infinity, 1.5], []],
      [finite, 'a finite number', [0, -0, -1.5, 1e308], [NaN, Infinity, -Infinity]],
      [positive, 'a positive finite number', [5e-324, 1], [0, -0, -1, NaN, Infinity]],
      [nonNegative, 'a finite number that is not negative', [0, -0, 1], [-5e-324, NaN, Infinity]],
      [fraction, 'a number from 0 up to, but not including, 1', [0, -0, 0.5], [1, -0.1, NaN]],
      [count, 'a positive whole number', [1, 2 ** 53 - 1], [0, -1, 1.5, 2 ** 53, NaN, Infinity]],
      [natural, 'a whole number from 0', [0, 1, 2 ** 53 - 1], [-0, -1, 1.5, 2 ** 53, NaN]]
    ]
    cases.forEach(([codec, expected, good, bad]) => {
      good.forEach((n) => expect(codec.decode(n)).toStrictEqual(Either.right(n)))
      good.forEach((n) => expect(codec.is(n)).toBe(true))
      bad.forEach((n) =>
        expect(problem(codec, n)).toBe(`it has to be ${expected}, got ${Object.is(n, -0) ? '-0' : `${n}`}`)
      )
      bad.forEach((n) => expect(codec.is(n)).toBe(false))
      expect(problem(codec, '3')).toBe(`it has to be ${expected}, got '3'`)
      expect(problem(codec, undefined)).toBe(`it has to be ${expected}, got nothing`)
      expect(problem(codec, [])).toBe(`it has to be ${expected}, got []`)
    })
  })

  it('that JSON loses are written and read as texts', () => {
    expect([NaN, Infinity, -Infinity, -0, 0, 1.5].map(number.encode)).toStrictEqual([
      'NaN',
      'Infinity',
      '-Infinity',
      '-0',
      0,
      1.5
    ])
    expect(finite.encode(-0)).toBe('-0')
    expect(value(finite, '-0')).toBe(-0)
    expect(problem(finite, 'NaN')).toBe("it has to be a finite number, got 'NaN'")
  })

  it('can have a range of their own', () => {
    fc.assert(
      fc.property(fc.double(), (n) => {
        const codec = numberWhere('a number above 2', (x) => x > 2)
        expect(Either.isRight(codec.decode(n))).toBe(n > 2)
      })
    )
  })
})

describe('words', () => {
  it('are admitted where they are known', () => {
    expect(value(oneOf('mean', 'sum'), 'sum')).toBe('sum')
    expect(problem(oneOf('mean', 'sum', 'none'), 'total')).toBe("it has to be 'mean', 'sum' or 'none', got 'total'")
    expect(problem(oneOf('mean', 'sum'), 1)).toBe("it has to be 'mean' or 'sum', got 1")
    expect(problem(literal('dense'), 'dens')).toBe("it has to be 'dense', got 'dens'")
    expect(problem(text, 7)).toBe('it has to be a text, got 7')
    expect(problem(flag, 'yes')).toBe("it has to be true or false, got 'yes'")
    expect(problem(oneOf('tanh', 'relu', 'selu', 'gelu', 'silu', 'step'), 'rleu')).toBe(
      "it has to be 'tanh', 'relu', 'selu', 'gelu', 'silu' or 'step', got 'rleu'; did you mean 'relu'?"
    )
    expect(() => oneOf()).toThrow('oneOf: there is no word to choose, got an empty list')
    expect(problem(oneOf('', 'a'), 'b')).toBe("it has to be '' or 'a', got 'b'")
  })
})

describe('lists', () => {
  it('have problems with their places', () => {
    expect(problems(list(list(count)), [[1, 0], 2, [3, '4']])).toEqual([
      'it: [0][1] has to be a positive whole number, got 0',
      'it: [1] has to be a list, each item a positive whole number, got 2',
      "it: [2][1] has to be a positive whole number, got '4'"
    ])
    expect(problem(list(text), {})).toBe('it has to be a list, each item a text, got {}')
  })

  it('have no holes', () => {
    const holes: unknown[] = [1]
    holes[2] = 3
    expect(problem(list(number), holes)).toBe('it: [1] has to be a number, got nothing')
    expect(list(number).is(holes)).toBe(false)
  })

  it('may be long', () => {
    const long = Array.from({ length: 200_000 }, (_, i) => i)
    expect(value(list(natural), long)).toEqual(long)
  })
})

describe('records', () => {
  const dense = record('dense', { units: count, useBias: optional(flag, true), scale: optional(finite, 1) })

  it('fill in what is absent or undefined, in the order of the codec', () => {
    expect(value(dense, { scale: 2, units: 3, useBias: undefined })).toStrictEqual({
      units: 3,
      useBias: true,
      scale: 2
    })
    expect(Object.keys(value(dense, { scale: 2, units: 3 }))).toEqual(['units', 'useBias', 'scale'])
    expect(dense.encode({ scale: 2, units: 3, useBias: false })).toStrictEqual({ units: 3, useBias: false, scale: 2 })
  })

  it('collect the problems of all fields and all keys', () => {
    expect(problems(dense, { unit: 3, usebias: true, scale: NaN, colour: 'red' })).toEqual([
      "it: there is no option 'unit'; did you mean 'units'?",
      "it: there is no option 'usebias'; did you mean 'useBias'?",
      "it: there is no option 'colour'; known are units, useBias, scale",
      'it: units has to be a positive whole number, got nothing',
      'it: scale has to be a finite number, got NaN'
    ])
  })

  it('are named where they are part of something else', () => {
    expect(
      problem(record('network', { layers: list(dense) }), { layers: [{ units: 1 }, { units: 1, bias: true }] })
    ).toBe("it: layers[1]: there is no option 'bias' in dense; known are units, useBias, scale")
  })

  it('are nothing else', () => {
    const others = [null, undefined, 7, 'units', [], () => 1, new Date(0), new Map([['units', 3]]), new Float32Array(2)]
    others.forEach((other) => {
      expect(problem(dense, other)).toMatch(/^it has to be a record \{ units, useBias\?, scale\? \}, got .+$/)
      expect(dense.is(other)).toBe(false)
    })
    expect(problem(record('flatten', {}), 1)).toBe('it has to be a record without fields, got 1')
    expect(problem(record('flatten', {}), { axis: 1 })).toBe("it: there is no option 'axis'; none is known")
  })

  it('inherit nothing', () => {
    const odd = record<object>('odd', { toString: optional(text, 'mine'), constructor: text })
    expect(value(odd, { constructor: 'c' })).toStrictEqual(
      Object.fromEntries([
        ['toString', 'mine'],
        ['constructor', 'c']
      ])
    )
    expect(problem(odd, {})).toBe('it: constructor has to be a text, got nothing')
    expect(problem(dense, JSON.parse('{"units":1,"__proto__":{"scale":3}}'))).toContain("no option '__proto__'")
  })

  it('may have keys of any kind', () => {
    expect(problem(record<object>('odd', { 'a key': text, b: text }), { 'a key': 1, b: '' })).toBe(
      "it: ['a key'] has to be a text, got 1"
    )
  })

  it('are known by their fields and keys', () => {
    expect(dense.is({ units: 1, useBias: true, scale: 1 })).toBe(true)
    expect(dense.is({ units: 1, useBias: true })).toBe(false)
    expect(dense.is({ units: 1, useBias: true, scale: 1, colour: 1 })).toBe(false)
  })
})

interface Constant {
  readonly tag: 'constant'
  readonly value: number
}
interface Warmup {
  readonly tag: 'warmup'
  readonly then: Schedule
}
type Schedule = Constant | Warmup
const schedule: Codec<Schedule> = taggedUnion<Schedule>('schedule', () => ({ constant, warmup }))
const constant = taggedRecord<Constant>('constant', { value: positive })
const warmup = taggedRecord<Warmup>('warmup', { then: schedule })

describe('tagged unions', () => {
  it('may contain themselves', () => {
    const nested: Schedule = { tag: 'warmup', then: { tag: 'warmup', then: { tag: 'constant', value: 1 } } }
    expect(value(schedule, schedule.encode(nested))).toStrictEqual(nested)
    expect(schedule.is(nested)).toBe(true)
    expect(problem(schedule, { tag: 'warmup', then: { tag: 'warmup', then: { tag: 'constant', value: 0 } } })).toBe(
      'it: then.then.value has to be a positive finite number, got 0'
    )
  })

  it('say which tags there are, or which was meant', () => {
    expect(problem(schedule, { tag: 'warmpu' })).toBe("it: there is no schedule 'warmpu'; did you mean 'warmup'?")
    expect(problem(schedule, { tag: 'x' })).toBe("it: there is no schedule 'x'; known are constant, warmup")
    expect(problem(schedule, { tag: 'constant', value: 1, x: 2 })).toBe("it: there is no option 'x'; known are value")
    expect(problem(schedule, { tag: 'constant', value: 1, tga: 2 })).toBe(
      "it: there is no option 'tga'; did you mean 'tag'?"
    )
    expect(problem(schedule, { tag: '__proto__' })).toContain("there is no schedule '__proto__'")
    expect(problem(schedule, { tag: 'toString' })).toContain("there is no schedule 'toString'")
    expect(problem(schedule, { tag: 'warmup', then: { tag: 'constant', value: 1, valeu: 2 } })).toBe(
      "it: then: there is no option 'valeu' in constant; did you mean 'value'?"
    )
  })

  it('write nothing that they could not read', () => {
    expect(() => schedule.encode({ tag: 'cosine' } as never)).toThrow(
      "schedule: there is no codec of 'cosine'; known are constant, warmup"
    )
  })

  it('choose among definitions by the tag alone', () => {
    const definitions = [
      { tag: 'mean', power: 1 },
      { tag: 'square', power: 2 },
      { tag: 'mean', power: 3 }
    ]
    const codec = byTag('loss', definitions)
    expect(decodeWith('it', codec)({ tag: 'square', anything: 'else' })).toEqual(Either.right(definitions[1]))
    expect(decodeWith('it', codec)({ tag: 'mean' })).toEqual(Either.right(definitions[2]))
    expect(problem(codec, { tag: 'squar' })).toBe("it: there is no loss 'squar'; did you mean 'square'?")
    expect(problem(codec, 'mean')).toBe("it has to be a loss: a record with a tag such as 'mean', got 'mean'")
    expect(problem(byTag('loss', []), { tag: 'mean' })).toBe("it: there is no loss 'mean'; none is known")
  })

  it('ask for a tag', () => {
    const sentence = "it has to be a schedule: a record with a tag such as 'constant', got"
    expect(problem(schedule, 7)).toBe(`${sentence} 7`)
    expect(problem(schedule, { tag: 7 })).toBe(`${sentence} { tag: 7 }`)
    expect(problem(schedule, Object.create({ tag: 'constant' }))).toBe(`${sentence} an Object`)
    expect(
      problem(
        taggedUnion('atom', () => ({})),
        7
      )
    ).toBe('it has to be an atom, got 7')
  })
})

describe('alternatives', () => {
  const rate = either(positive, schedule)

  it('are one problem together where the data are neither', () => {
    expect(problem(rate, null)).toBe('it has to be a positive finite number or a schedule, got null')
    expect(problem(rate, -1)).toBe('it has to be a positive finite number or a schedule, got -1')
  })

  it('have the problems of the one that is meant', () => {
    expect(problem(rate, { tag: 'warmpu' })).toBe("it: there is no schedule 'warmpu'; did you mean 'warmup'?")
    expect(problem(rate, { tag: 'constant', value: 0 })).toBe('it: value has to be a positive finite number, got 0')
  })

  it('are written by their own codecs', () => {
    expect([0.5, { tag: 'constant', value: 1 } as const].map(rate.encode)).toEqual([0.5, { tag: 'constant', value: 1 }])
    expect(either(text, finite).encode(-0)).toBe('-0')
  })

  it('may be nothing', () => {
    expect(value(orNull(fraction), null)).toBe(null)
    expect(orNull(fraction).encode(null)).toBe(null)
    expect(problem(orNull(fraction), 1)).toBe('it has to be null or a number from 0 up to, but not including, 1, got 1')
  })
})

describe('codecs of other kinds', () => {
  it('come from guards', () => {
    const even = guarded('an even number', (u): u is number => typeof u === 'number' && u % 2 === 0)
    expect(value(even, 4)).toBe(4)
    expect(problem(even, 3)).toBe('it has to be an even number, got 3')
  })

  it('check what has to fit together, after each part is right', () => {
    const range = checked(record('range', { low: finite, high: finite }), ({ low, high }) =>
      low > high ? `has to have low at most high, got ${low} and ${high}` : undefined
    )
    expect(value(range, { low: 1, high: 2 })).toEqual({ low: 1, high: 2 })
    expect(problem(range, { low: 2, high: 1 })).toBe('it has to have low at most high, got 2 and 1')
    expect(problem(range, { low: 2, high: 'x' })).toBe("it: high has to be a finite number, got 'x'")
    expect(problem(list(range), [{ low: 2, high: 1 }])).toBe('it: [0] has to have low at most high, got 2 and 1')
    expect(range.is({ low: 2, high: 1 })).toBe(false)
    const worded = checked(number, () => 'low and high are in the wrong order')
    expect(problem(worded, 1)).toBe('it: low and high are in the wrong order')
    expect(problem(record('r', { worded }), { worded: 1 })).toBe('it: worded: low and high are in the wrong order')
  })

  it('are looked up late', () => {
    interface Tree {
      readonly children: readonly Tree[]
    }
    const tree: Codec<Tree> = record('tree', { children: list(late('a tree', () => tree)) })
    expect(value(tree, { children: [{ children: [] }] })).toEqual({ children: [{ children: [] }] })
    expect(tree.is({ children: [{}] })).toBe(false)
    expect(problem(tree, { children: [{ children: [0] }] })).toBe(
      'it: children[0].children[0] has to be a record { children }, got 0'
    )
  })

  it('of io-ts itself have sentences too', () => {
    const foreign = t.type({ a: t.union([t.number, t.type({ b: t.string })]), c: t.array(t.number) })
    expect(problems(foreign, { a: { b: 1 }, c: [1, 'x'] })).toEqual([
      'it: a has to be number, got { b: 1 }',
      'it: a.b has to be string, got 1',
      "it: c[1] has to be number, got 'x'"
    ])
    expect(problem(t.number, 'x')).toBe("it has to be number, got 'x'")
  })
})

describe('what a programmer wrote', () => {
  const make = build('constant', constant, { value: 1 })

  it('goes over the defaults', () => {
    expect(make({})).toStrictEqual({ tag: 'constant', value: 1 })
    expect(make({ value: undefined })).toStrictEqual({ tag: 'constant', value: 1 })
    expect(make({ value: 3 })).toStrictEqual({ tag: 'constant', value: 3 })
    expect(Object.isFrozen(make({}))).toBe(true)
  })

  it('is refused in one sentence', () => {
    expect(() => make({ value: -1 })).toThrow(new Error('constant: value has to be a positive finite number, got -1'))
    expect(() => make({ valu: 1, value: 0 })).toThrow(
      new Error("constant: there is no option 'valu'; did you mean 'value'?")
    )
    expect(() => make([])).toThrow(new Error('constant: the options have to be a record, got []'))
    expect(() => parseWith('rate', positive)(0)).toThrow(new Error('rate has to be a positive finite number, got 0'))
  })
})
