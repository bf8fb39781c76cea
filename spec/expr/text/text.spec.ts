import * as fc from 'fast-check'
import * as Either from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { primitives, type Program } from '../../../lib/expr/internal.ts'
import { hash, parse, print } from '../../../lib/expr/text/index.ts'
import type { Equation } from '../../../lib/expr/internal.ts'
import { bufferOf } from '../../../lib/tensor/internal.ts'
import type { AnyTensor } from '../../../lib/tensor/index.ts'
import { arbitraryProgram } from '../../arbitrary/program.ts'
import { arbitraryTensor, tensorOf } from '../../arbitrary/tensor.ts'

const parsed = (text: string): Program => {
  const result = parse(text)
  if (Either.isLeft(result)) throw new Error(result.left)
  return result.right
}

const refusal = (text: string): string => {
  const result = parse(text)
  if (Either.isRight(result)) throw new Error('was parsed')
  return result.left
}

const constants = (program: Program): readonly AnyTensor[] =>
  program.equations.flatMap((equation) => (equation.primitive === 'constant' ? [equation.parameters.value] : []))

const constantOf = (value: AnyTensor): Program => ({
  inputs: [],
  equations: [
    {
      primitive: 'constant',
      parameters: { value },
      operands: [],
      outputs: [{ shape: value.shape, dtype: value.dtype }]
    }
  ],
  outputs: [0]
})

const bytes = (tensor: AnyTensor): readonly number[] => {
  const buffer = bufferOf(tensor)
  return [...new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength)]
}

const oneEach = (options: Parameters<typeof arbitraryProgram>[0]): fc.Arbitrary<Program> =>
  arbitraryProgram({ length: 4, ...options })

describe('printing and parsing', () => {
  it('are inverse: a program reads back as it was', () => {
    fc.assert(
      fc.property(arbitraryProgram({ empty: true }), (program) => {
        expect(parsed(print(program))).toStrictEqual(program)
      }),
      { numRuns: 300 }
    )
  })

  it.each(primitives)('are inverse for programs with %s', (primitive) => {
    const arbitrary = oneEach({ primitives: [primitive], depth: 1 })
    const samples = fc.sample(arbitrary, { numRuns: 40, seed: 7 })
    expect(samples.some(({ equations }) => equations.some((equation) => equation.primitive === primitive))).toBe(true)
    for (const program of samples) expect(parsed(print(program))).toStrictEqual(program)
  })

  it('keep every bit of a constant', () => {
    fc.assert(
      fc.property(arbitraryTensor({ empty: true, axis: 8 }), (value) => {
        const [back] = constants(parsed(print(constantOf(value))))
        expect(back === undefined ? undefined : bytes(back)).toEqual(bytes(value))
      }),
      { numRuns: 300 }
    )
  })

  it('keep every float32 pattern and print no longer than needed', () => {
    fc.assert(
      fc.property(fc.nat({ max: 0x7f7fffff }), fc.boolean(), (pattern, negative) => {
        const word = negative ? (pattern | 0x80000000) >>> 0 : pattern
        const element = new Float32Array(Uint32Array.of(word).buffer)[0] ?? 0
        const text = print(constantOf(tensorOf({ shape: [], dtype: 'f32' }, [element])))
        const [back] = constants(parsed(text))
        expect(back === undefined ? NaN : new Uint32Array(Float32Array.from(bufferOf(back)).buffer)[0]).toBe(word)
        const decimal = /\{(\S+)\}/.exec(text)?.[1] ?? ''
        const digits = (/^-?([\d.]+)/.exec(decimal)?.[1] ?? '').replace('.', '').replace(/^0+|0+$/g, '').length
        const shorter = digits < 2 ? NaN : Math.fround(Number(element.toPrecision(digits - 1)))
        expect(shorter).not.toBe(element)
      }),
      { numRuns: 2000 }
    )
  })

  it('print of parse is canonical: layout, comments, names and left-out types do not matter', () => {
    const canonical = [
      'program(v0: f32[2, 3], v1: f32[3]) {',
      '  v2: f32[2, 3] = broadcast[axes = [1], shape = [2, 3]](v1)',
      '  v3: f32[2, 3] = add(v0, v2)',
      '  (v4: f32[2, 3], v5: i32[2, 3]) = sort[axis = 0](v3, v6)',
      '  return v4, v0',
      '}'
    ]
      .join('\n')
      .replace('  (v4', '  v4: i32[2, 3] = convert[dtype = i32](v3)\n  (v4')
      .replace(
        '(v4: f32[2, 3], v5: i32[2, 3]) = sort[axis = 0](v3, v6)',
        '(v5: f32[2, 3], v6: i32[2, 3]) = sort[axis = 0](v3, v4)'
      )
      .replace('return v4', 'return v5')
    const free = `// a sorted sum
      program(matrix: f32[2,3], row: f32[3]) { rows = broadcast[shape=[2,3],axes=[1]](row)
      sum: f32[2,3] = add(matrix, rows) // as it says
      whole=convert[dtype=i32](sum) (keys, values: i32[2, 3]) = sort[axis = 0](sum, whole) return keys, matrix }`
    expect(print(parsed(free))).toBe(canonical)
    expect(print(parsed(canonical))).toBe(canonical)
  })

  it('nested programs are indented and closed', () => {
    const text = [
      'program(v0: f32[], v1: f32[4]) {',
      '  (v2: f32[], v3: f32[4]) = scan[body = program(v0: f32[], v1: f32[]) {',
      '    v2: f32[] = add(v0, v1)',
      '    return v2, v2',
      '  }, carry = 1, constants = 0, length = 4, reverse = false](v0, v1)',
      '  return v2, v3',
      '}'
    ].join('\n')
    expect(print(parsed(text))).toBe(text)
    const outer = text.replace('add(v0, v1)\n', 'add(v0, outside)\n')
    expect(refusal(outer)).toBe('line 3, column 25: the variable outside is not defined')
  })

  it('programs without inputs, equations or results have texts too', () => {
    const none: Program = { inputs: [], equations: [], outputs: [] }
    expect(print(none)).toBe('program() {\n  return\n}')
    expect(parsed(print(none))).toStrictEqual(none)
  })

  it('programs of 100,000 equations print and parse', () => {
    const equation = (operand: number): Equation => ({
      primitive: 'negate',
      parameters: {},
      operands: [operand],
      outputs: [{ shape: [2], dtype: 'f32' }]
    })
    const program: Program = {
      inputs: [{ shape: [2], dtype: 'f32' }],
      equations: Array.from({ length: 100_000 }, (_, i) => equation(i)),
      outputs: [100_000]
    }
    const text = print(program)
    const back = parsed(text)
    expect(back.equations.length).toBe(100_000)
    expect(back.equations.at(-1)).toStrictEqual(program.equations.at(-1))
    expect(print(back) === text).toBe(true)
  })
})

describe('the hash of a program', () => {
  it('is that of its text, and stable under parsing', () => {
    fc.assert(
      fc.property(arbitraryProgram(), (program) => {
        expect(hash(parsed(print(program)))).toBe(hash(program))
        expect(hash(program)).toMatch(/^[0-9a-f]{64}$/)
      })
    )
    expect(hash({ inputs: [], equations: [], outputs: [] })).toBe(
      'bce8fc252c7c8d3b8d190d8e8dccc689092ef7189626fa336dfc55328b3a96e1'
    )
  })

  it('differs for different programs', () => {
    fc.assert(
      fc.property(arbitraryProgram(), arbitraryProgram(), (a, b) => {
        expect(hash(a) === hash(b)).toBe(print(a) === print(b))
      })
    )
    const ones = tensorOf({ shape: [2], dtype: 'f32' }, [1, 1])
    const almost = tensorOf({ shape: [2], dtype: 'f32' }, [1, 1.0000001])
    const doubles = tensorOf({ shape: [2], dtype: 'f64' }, [1, 1])
    const zeros = [0, -0].map((zero) => tensorOf({ shape: [], dtype: 'f32' }, [zero]))
    const hashes = [ones, almost, doubles, ...zeros].map((value) => hash(constantOf(value)))
    expect(new Set(hashes).size).toBe(5)
  })
})

describe('a mistake in a text is one sentence with its place', () => {
  const line = (equation: string): string => `program(x: f32[2], n: i32[]) {\n  y = ${equation}\n  return y\n}`
  const cases: readonly (readonly [text: string, sentence: string])[] = [
    [line('multply(x, x)'), "line 2, column 7: multply is not a primitive; did you mean 'multiply'?"],
    [line('frobnicate(x, x)'), 'line 2, column 7: frobnicate is not a primitive'],
    [line('add(x, z)'), 'line 2, column 14: the variable z is not defined'],
    [line('add(x, y)'), 'line 2, column 14: the variable y is not defined'],
    [line('add(x, n)'), 'line 2, column 7: add: takes two values of one shape and type, got f32[2] and i32[]'],
    [line('add(x)'), 'line 2, column 7: add: takes 2 operands, got 1'],
    [line('add[axis = 1](x, x)'), 'line 2, column 11: add: has no parameter axis, it has none'],
    [
      line('reshape[shap = [2, 1]](x)'),
      "line 2, column 15: reshape: has no parameter shap, it has shape; did you mean 'shape'?"
    ],
    [line('reshape(x)'), 'line 2, column 7: reshape: the parameter shape is missing'],
    [line('reshape[shape = [2], shape = [2]](x)'), 'line 2, column 28: reshape: the parameter shape is given twice'],
    [
      line('reshape[shape = [2, -1]](x)'),
      'line 2, column 15: reshape: the parameter shape.1 has a wrong value, expected an integer from 0'
    ],
    [line('reshape[shape = [3]](x)'), 'line 2, column 7: reshape: [2] has 2 elements, [3] has 3'],
    [
      line('convert[dtype = f16](x)'),
      "line 2, column 23: expected a number, true, false, an element type, a tensor, a program or a list, got 'f16'"
    ],
    [
      line('convert[dtype = 16](x)'),
      'line 2, column 15: convert: the parameter dtype has a wrong value, expected an element type'
    ],
    [line('constant[value = f32[2] {1, 2, 3}]()'), 'line 2, column 31: f32[2] has 2 elements, got 3'],
    [
      line('constant[value = i32[1] {1.5}]()'),
      'line 2, column 32: expected an integer from -2147483648 to 2147483647 for i32, got 1.5'
    ],
    [
      line('constant[value = u32[1] {-1}]()'),
      'line 2, column 32: expected an integer from 0 to 4294967295 for u32, got -1'
    ],
    [line('constant[value = bool[1] {1}]()'), 'line 2, column 33: expected true or false for bool, got 1'],
    [
      line('constant[value = f32[1] {1e39}]()'),
      'line 2, column 32: 1e+39 is beyond the range of f32; write inf or -inf for an infinity'
    ],
    [line('constant[value = f32[1] {one}]()'), "line 2, column 32: expected an element of type f32, got 'one'"],
    [line('add(x, x'), "line 3, column 3: expected ',' or ')', got 'return'"],
    [line('add x, x)'), "line 2, column 11: expected '(', got 'x'"],
    ['program(x: f32[2]) { y: f32[3] = abs(x) return y }', 'line 1, column 22: y is declared f32[3], abs gives f32[2]'],
    ['program(x: f32[2]) { x = abs(x) return x }', 'line 1, column 22: the variable x is defined twice'],
    ['program(x: f32[2], x: f32[]) { return x }', 'line 1, column 20: the variable x is defined twice'],
    ['program(x: f32[2]) { (y, z) = abs(x) return y }', 'line 1, column 31: abs: gives 1 values, 2 are named'],
    [
      'program(x: f23[2]) { return x }',
      "line 1, column 12: f23 is not an element type (f32, f64, i32, u32, bool); did you mean 'f32'?"
    ],
    ['program(x: f32[-2]) { return x }', "line 1, column 16: expected a size (an integer from 0), got '-2'"],
    ['program(x f32[2]) { return x }', "line 1, column 11: expected ':', got 'f32'"],
    ['program(return: f32[2]) { return x }', 'line 1, column 9: return cannot be the name of a variable'],
    [
      'program(length: f32[2]) { return lenght }',
      "line 1, column 34: the variable lenght is not defined; did you mean 'length'?"
    ],
    ['program(x: f32[2]) { return x } x', "line 1, column 33: expected the end of the text, got 'x'"],
    ['program(x: f32[2]) { return x', "line 1, column 30: expected '}', got the end of the text"],
    ['program(x: f32[2]) { }', "line 1, column 22: expected an equation, or 'return' and the results, got '}'"],
    [
      'program(x: f32[2]) {',
      "line 1, column 21: expected an equation, or 'return' and the results, got the end of the text"
    ],
    ['', "line 1, column 1: expected 'program', got the end of the text"],
    ['prog()', "line 1, column 1: expected 'program', got 'prog'"],
    [line('ad\u00e9(x)'), "line 2, column 9: expected '(', got '\u00e9'"]
  ]

  it.each(cases)('%j', (text, sentence) => {
    expect(refusal(text)).toBe(sentence)
  })

  it('no text makes the parser throw, and what it accepts prints and parses', () => {
    const words = [
      'program',
      '(',
      ')',
      '{',
      '}',
      '[',
      ']',
      'x',
      ':',
      'f32',
      ',',
      '=',
      'abs',
      'return',
      '1',
      'nan',
      '"a',
      '-'
    ]
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constantFrom(...words), fc.string({ maxLength: 3 }))), (tokens) => {
        const result = parse(tokens.join(' '))
        if (Either.isRight(result)) expect(parsed(print(result.right))).toStrictEqual(result.right)
        else expect(result.left).toMatch(/^line \d+, column \d+: /)
      }),
      { numRuns: 500 }
    )
  })

  it('a program with a word changed, left out or doubled is refused in a sentence or is another valid program', () => {
    fc.assert(
      fc.property(
        arbitraryProgram({ length: 5 }),
        fc.nat(),
        fc.constantFrom('', 'x', ' , ', '0 '),
        (program, n, insert) => {
          const pieces = print(program).split(/(?<=[\s(),])/)
          const place = n % pieces.length
          const text = [...pieces.slice(0, place), insert, ...pieces.slice(place + 1)].join('')
          const result = parse(text)
          if (Either.isRight(result)) expect(parsed(print(result.right))).toStrictEqual(result.right)
          else expect(result.left).toMatch(/^line \d+, column \d+: ./)
        }
      ),
      { numRuns: 300 }
    )
  })
})
