/**
 * Control: blocks, branches of any depth, choices, loops, calls with several results, and modules around them.
 */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  assemble,
  block,
  branch,
  branchIf,
  call,
  callInto,
  callPair,
  choose,
  countUp,
  define,
  drop,
  f32,
  giveBack,
  i32,
  label,
  loop,
  pagesFor,
  run,
  select,
  sequence,
  set,
  tee,
  unreachable,
  when,
  type FunctionDefinition,
  type Instruction,
  type Local
} from '../../../lib/engine/wasm/assembler/index.ts'
import { WebAssembly } from '../../../lib/engine/wasm/platform.ts'
import { verdictOf } from './validator/validate.ts'

type Body = Parameters<typeof define<readonly ['i32', 'i32']>>[3]

const instantiate = (exports: Readonly<Record<string, FunctionDefinition>>) => {
  const bytes = assemble({ exports, memory: { pages: 1, shared: false } })
  expect(verdictOf(bytes)).toMatchObject({ kind: 'valid' })
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1 })
  return new WebAssembly.Instance(new WebAssembly.Module(bytes), { environment: { memory } }).exports
}

/** A function of two integers. */
const functionOf = (body: Body): ((a: number, b: number) => number | undefined) => {
  const { f } = instantiate({ f: define('f', ['i32', 'i32'], ['i32'], body) })
  return (a, b) => f!(a, b)
}

describe('branches', () => {
  it('leave as many blocks as lie between them and their label', () => {
    // block k adds 2^k when it is run to its end: a branch out of block `depth` skips 0 … depth
    const most = 40
    fc.assert(
      fc.property(fc.nat(most - 1), fc.nat(most - 1), (count, target) => {
        const labels = Array.from({ length: count + 1 }, label)
        const nested = (body: readonly Instruction[], result: Local<'i32'>): readonly Instruction[] =>
          labels.reduce<readonly Instruction[]>(
            (inside, each) => [block(each, inside), set(result, i32.add(result, 1))],
            body
          )
        const depth = target % (count + 1)
        const run = functionOf((_, local) => {
          const result = local('i32')
          // labels[0] is innermost
          return [...nested([branch(labels[depth]!)], result), result]
        })
        // the additions after the blocks from `depth` on are made
        expect(run(0, 0)).toBe(count + 1 - depth)
      }),
      { numRuns: 60 }
    )
  })

  it('begin a loop anew and leave it', () => {
    const sum = functionOf(([n, step], local) => {
      const [again, done] = [label(), label()]
      const total = local('i32')
      return [
        block(done, [
          loop(again, [
            branchIf(i32.isZero(n), done),
            set(total, i32.add(total, step)),
            set(n, i32.subtract(n, 1)),
            branch(again)
          ])
        ]),
        total
      ]
    })
    expect(sum(10, 3)).toBe(30)
    expect(sum(0, 3)).toBe(0)
  })

  it('count the arms of choices as blocks', () => {
    const run = functionOf(([a, b]) => {
      const out = label()
      return [block(out, [when(a, [when(b, [branch(out)], [set(b, 5)])], [set(b, 9)]), set(b, i32.add(b, 100))]), b]
    })
    expect([run(0, 1), run(1, 0), run(1, 7)]).toEqual([109, 105, 7])
  })

  it('to labels that do not enclose them are refused in a sentence', () => {
    expect(() => functionOf(([a]) => [branch(label()), a])).toThrow('wasm: a branch leads out of its function')
  })
})

describe('choices', () => {
  it('compute one of two values, or both and keep one', () => {
    const lazy = functionOf(([a, b]) => [choose(a, b, sequence([unreachable], b))])
    expect(lazy(1, 7)).toBe(7)
    expect(() => lazy(0, 7)).toThrow()
    const eager = functionOf(([a, b]) => [select(a, b, i32.constant(-1))])
    expect([eager(1, 7), eager(0, 7)]).toEqual([7, -1])
  })
})

describe('loops and variables', () => {
  it('counts up from, below, by', () => {
    fc.assert(
      fc.property(fc.nat(20), fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 7 }), (from, length, step) => {
        const run = functionOf((_, local) => {
          const [i, total] = [local('i32'), local('i32')]
          return [countUp(i, from, from + length, step, [set(total, i32.add(total, i))]), total]
        })
        const expected = Array.from({ length: Math.ceil(length / step) }, (__, k) => from + k * step)
        expect(run(0, 0)).toBe(expected.reduce((sum, n) => sum + n, 0))
      }),
      { numRuns: 30 }
    )
  })

  it('keeps variables of all types apart, whatever their number', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('i32' as const, 'f32' as const), { minLength: 1, maxLength: 300 }),
        (types) => {
          const run = functionOf((_, local) => {
            const locals = types.map((type) => local(type))
            const total = local('i32')
            return [
              ...locals.map((each, i) =>
                each.result === 'i32' ? set(each as Local<'i32'>, i) : set(each as Local<'f32'>, f32.constant(i))
              ),
              ...locals.map((each, i) =>
                set(
                  total,
                  i32.add(
                    total,
                    i32.multiply(
                      i + 1,
                      each.result === 'i32' ? (each as Local<'i32'>) : i32.truncateF32Signed(each as Local<'f32'>)
                    )
                  )
                )
              ),
              total
            ]
          })
          expect(run(0, 0)).toBe(types.reduce((sum, _, i) => sum + i * (i + 1), 0))
        }
      ),
      { numRuns: 20 }
    )
  })

  it('sets a variable and leaves its value', () => {
    expect(functionOf(([a, b]) => [i32.add(tee(a, i32.add(b, 1)), a)])(0, 4)).toBe(10)
  })
})

describe('calls', () => {
  const divide = define('divide', ['i32', 'i32'], ['i32', 'i32'], ([a, b]) => [
    i32.divideSigned(a, b),
    i32.remainderSigned(a, b)
  ])
  const three = define('three', ['i32'], ['i32', 'f32', 'i32'], ([a]) => [a, f32.constant(2.5), i32.add(a, 1)])

  it('with several results keep them in order', () => {
    const run = functionOf(([a, b], local) => {
      const [quotient, rest] = [local('i32'), local('i32')]
      return [callPair(quotient, rest, divide, a, b), i32.add(i32.multiply(quotient, 1000), rest)]
    })
    expect(run(47, 5)).toBe(9002)
    const more = functionOf(([a], local) => {
      const [first, second, third] = [local('i32'), local('f32'), local('i32')]
      return [
        callInto([first, second, third], three, a),
        i32.add(i32.multiply(first, third), i32.truncateF32Signed(f32.multiply(second, f32.constant(2))))
      ]
    })
    expect(more(6, 0)).toBe(47)
  })

  it('reach functions through functions, which are written once', () => {
    const leaf = define('leaf', ['i32'], ['i32'], ([a]) => [i32.multiply(a, 3)])
    const middle = define('middle', ['i32'], ['i32'], ([a]) => [i32.add(call('i32', leaf, a), call('i32', leaf, 1))])
    const aside = define('aside', [], [], () => [drop(call('i32', leaf, 2))])
    const top = define('top', ['i32'], ['i32'], ([a]) => [run(aside), call('i32', middle, a)])
    const bytes = assemble({ exports: { top, middle }, memory: { pages: 1, shared: false } })
    expect(verdictOf(bytes)).toMatchObject({ kind: 'valid', functions: 4 })
    const exports = instantiate({ top, middle })
    expect([exports['top']!(5), exports['middle']!(1)]).toEqual([18, 6])
  })

  it('end a function early', () => {
    const run = functionOf(([a, b]) => [when(a, [giveBack(i32.constant(1))]), b])
    expect([run(1, 9), run(0, 9)]).toEqual([1, 9])
  })
})

describe('memory', () => {
  it('has whole pages, at least one', () => {
    expect([0, 1, 65536, 65537].map(pagesFor)).toEqual([1, 1, 1, 2])
  })
})
