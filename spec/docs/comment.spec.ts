/**
 * The convention for comments in examples, on itself.
 */
import { describe, expect, it } from 'vitest'
import { tensor } from 'gradfold/tensor'
import { claim, near, printed, right } from './claim.ts'
import { claimOf } from './comment.ts'
import { examplesOfMarkdown, examplesOfSource } from './example.ts'
import { instrument } from './instrument.ts'

const tagOf = (text: string, ...scope: readonly string[]): string => claimOf(text, new Set(scope)).tag

const example = (code: string) => ({ file: 'lib/x.ts', line: 1, symbol: 'x', treatment: 'run' as const, code })
const instrumented = (code: string): string =>
  instrument(example(code), './claim.ts').code.split('\n').slice(1).join('\n')

describe('a comment', () => {
  it('is a value where it is one', () => {
    const values = ['1', '-0', "'text'", '[[1, 2], [3]]', '{ a: [true, null] }', 'right([1])', 'undefined', '≈ 0.6931']
    expect(values.map((text) => tagOf(text))).toEqual(values.map(() => 'value'))
  })

  it('is a value where it uses names of the example, and only those', () => {
    expect(tagOf('right(start)', 'start')).toBe('value')
    expect(tagOf('right(start)')).toBe('unreadable')
    expect(tagOf('adam().tag', 'adam')).toBe('value')
    expect(tagOf('adam().tag')).toBe('prose')
  })

  it('is a type where it names one', () => {
    const texts = [
      'never',
      'readonly number[]',
      '{ x: number; y?: string }',
      "Tensor<[2, 2], 'f32'>",
      "{ bias: Tensor<[2], 'f32'> }",
      'Either<string, Expr<[]>>'
    ]
    expect(texts.map((text) => tagOf(text))).toEqual(texts.map(() => 'type'))
  })

  it('is prose where it says something, in words', () => {
    const texts = ['from 0 to 2', 'as in PyTorch', 'Tensor', 'E = Σ ½ (target − output)²', 'process.exit(1)']
    expect(texts.map((text) => tagOf(text))).toEqual(texts.map(() => 'prose'))
  })

  it('may not begin as a value and be none', () => {
    const texts = ['[1, 2', '60,000 images', "left('a' or 'b')", '{ a: 1, … }', '(unchanged)']
    expect(texts.map((text) => tagOf(text))).toEqual(texts.map(() => 'unreadable'))
  })
})

describe('an instrumented example', () => {
  it('compares expressions and constants, line by line', () => {
    expect(instrumented('f(1) // 2\nconst x = g(\n  3\n) // [4]')).toBe(
      'const $value0 = f(1);$claim($value0, (2)); // 2\nconst x = g(\n  3\n);$claim(x, ([4])); // [4]\nexport {}\n'
    )
  })

  it('reads the comment lines below a statement', () => {
    expect(instrumented('f(1)\n// [1,\n//  2]\ng()')).toContain('$claim($value0, ([1,\n 2]));')
  })

  it('compares what console.log is given, or else what it prints', () => {
    expect(instrumented('console.log(a, f(b)) // 1, [2]')).toContain('$claim([a, f(b)], [1, [2]])')
    expect(instrumented('console.log(a) // a few words')).toContain('$printed([a], "a few words")')
  })

  it('compares types', () => {
    expect(instrumented("const x = f() // Tensor<[2], 'f32'>")).toContain(
      "const $type0: $Same<typeof x, Tensor<[2], 'f32'>> = true;"
    )
    expect(instrumented('type X = F<1> // never')).toContain('const $type0: $Same<X, never> = true;')
  })

  it('allows about as many decimals as are written', () => {
    expect(instrumented('f(2) // ≈ [0.693, -1]')).toContain('[$near(0.693, 3), -$near(1, 0)]')
  })

  it('names the claims that it cannot check', () => {
    const made = instrument(example('const [x] = f() // 1\nconst y = 2'), './claim.ts')
    expect(made.unreadable).toEqual([{ line: 0, text: '1' }])
    expect(made.claims).toBe(0)
  })
})

describe('a claim', () => {
  it('holds for tensors and what they are in', () => {
    claim({ a: tensor([[1, 2]]) }, { a: [[1, 2]] })
    claim(right(tensor(1)), right(1))
    claim(0.69314, near(0.693, 3))
  })

  it('is refused where the value is another one', () => {
    expect(() => {
      claim(tensor([1, 2]), [1, 3])
    }).toThrow()
    expect(() => {
      claim(-0, 0)
    }).toThrow()
    expect(() => {
      claim(0.69214, near(0.693, 3))
    }).toThrow()
    expect(() => {
      printed(['a', 1], 'a 2')
    }).toThrow()
  })
})

describe('examples', () => {
  it('are found in docstrings with their places and names', () => {
    const source =
      '\n/**\n * Says x.\n *\n * @example\n * f(1) // 2\n *   g\n * @since 0.1.0\n */\nexport const f = 1\n'
    expect(examplesOfSource('lib/f.ts', source)).toEqual([
      { file: 'lib/f.ts', line: 6, symbol: 'f', treatment: 'run', code: 'f(1) // 2\n  g' }
    ])
  })

  it('are found in Markdown, continued ones with what is above them at its lines', () => {
    const text =
      'a\n```ts\nconst x = 1\n```\nb\n```ts continued\nx\n```\n```ts error\ny\n```\n\n```text\nerror: no\n```\n```sh\nls\n```\n'
    const found = examplesOfMarkdown('R.md', text)
    expect(found.map(({ line, treatment }) => [line, treatment])).toEqual([
      [3, 'run'],
      [3, 'run'],
      [10, 'refuse']
    ])
    expect(found.map(({ says }) => says)).toEqual([undefined, undefined, 'error: no\n'])
    expect(found[1]?.code).toBe('const x = 1\n\n\n\nx')
    expect(() => examplesOfMarkdown('R.md', '```ts whatever\n```\n')).toThrow('R.md:1')
  })
})
