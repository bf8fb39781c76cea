import * as Either from 'fp-ts/lib/Either.js'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hash, program } from '../../lib/expr/index.ts'
import {
  atomNames,
  chain,
  decode,
  encode,
  Eq,
  identity,
  init,
  Monoid,
  show,
  update,
  type AnyTransform
} from '../../lib/optimizer/index.ts'
import { hashTree, pathsAndLeaves, slot, toFlatArray, type FloatDType } from '../../lib/tensor/index.ts'
import { stepper, vector, type State, type Vectors } from './stepping.ts'
import { decaying, everyOptimizer, optimizers } from './table.ts'

const element = fc.double({ min: -3, max: 3, noNaN: true, noDefaultInfinity: true })
const kernel = fc.array(element, { minLength: 4, maxLength: 4 })
const bias = fc.array(element, { minLength: 2, maxLength: 2 })
/** Parameters and gradients: records of a kernel and a bias. */
const values = fc.record({ kernel, bias })
const gradients = fc.array(values, { minLength: 1, maxLength: 5 })

const vectors = <T extends FloatDType>(numbers: Readonly<Record<string, readonly number[]>>, dtype: T): Vectors<T> =>
  Object.fromEntries(Object.entries(numbers).map(([name, list]) => [name, vector(list, dtype)]))

interface Run {
  readonly params: Vectors<FloatDType>
  readonly state: State
  readonly updates: Vectors<FloatDType>
}

const runAll = (
  transform: AnyTransform,
  start: Readonly<Record<string, readonly number[]>>,
  steps: readonly Readonly<Record<string, readonly number[]>>[],
  dtype: FloatDType,
  change: (state: State) => State = (state) => state
): Run => {
  const { init: first, step } = stepper<FloatDType>(transform)
  const params = vectors(start, dtype)
  return steps.reduce<Run>((run, gradient) => step(run.params, vectors(gradient, dtype), run.state), {
    params,
    state: change(first(params)),
    updates: params
  })
}

/** All bytes of a run. */
const bytesOf = (run: Run): string => hashTree({ params: run.params, state: run.state as never, updates: run.updates })

const structureOf = (state: unknown): readonly string[] =>
  pathsAndLeaves(state).map(([path, leaf]) => `${path.join('.')}: ${leaf.dtype}[${leaf.shape.join(', ')}]`)

const floats = (run: Run, name: string): readonly number[] => toFlatArray(run.params[name] ?? vector([]))

describe.each(everyOptimizer)('%s', (_, transform) => {
  it.each(['f32', 'f64'] as const)('keeps the structure of its state from step to step (%s)', (dtype) => {
    fc.assert(
      fc.property(values, gradients, (start, steps) => {
        const before = stepper<FloatDType>(transform).init(vectors(start, dtype))
        expect(structureOf(runAll(transform, start, steps, dtype).state)).toEqual(structureOf(before))
        expect(structureOf(before).every((line) => line.includes(`${dtype}[`) || line.endsWith('step: i32[]'))).toBe(
          true
        )
      }),
      { numRuns: 5 }
    )
  })

  it('is the same after encoding and decoding, through JSON as well', () => {
    const decoded = decode()(JSON.parse(JSON.stringify(encode(transform))))
    expect(Either.isRight(decoded) && Eq.equals(decoded.right, transform)).toBe(true)
    expect(Either.isRight(decoded) && decoded.right.atoms).toEqual(transform.atoms)
  })

  it('decoded, takes the same steps, byte for byte', () => {
    const decoded = decode()(encode(transform))
    if (Either.isLeft(decoded)) throw new Error(decoded.left.join('; '))
    fc.assert(
      fc.property(values, gradients, (start, steps) => {
        expect(bytesOf(runAll(decoded.right, start, steps, 'f32'))).toBe(
          bytesOf(runAll(transform, start, steps, 'f32'))
        )
      }),
      { numRuns: 3 }
    )
  })

  it('cannot be told from itself with the empty chain before or after it', () => {
    fc.assert(
      fc.property(values, gradients, (start, steps) => {
        const bytes = bytesOf(runAll(transform, start, steps, 'f32'))
        expect(bytesOf(runAll(chain(identity, transform), start, steps, 'f32'))).toBe(bytes)
        expect(bytesOf(runAll(chain(transform, identity), start, steps, 'f32'))).toBe(bytes)
      }),
      { numRuns: 3 }
    )
  })

  it('goes in f32 where it goes in f64, but for rounding', () => {
    fc.assert(
      fc.property(values, gradients, (start, steps) => {
        // gradients that are not so small that ε decides in one precision and not in the other
        const coarse = (numbers: { readonly kernel: readonly number[]; readonly bias: readonly number[] }) => ({
          kernel: numbers.kernel.map((x) => Math.round(x * 16) / 16),
          bias: numbers.bias.map((x) => Math.round(x * 16) / 16)
        })
        const single = runAll(transform, coarse(start), steps.map(coarse), 'f32')
        const double = runAll(transform, coarse(start), steps.map(coarse), 'f64')
        floats(single, 'kernel').forEach((x, i) => {
          expect(Math.abs(x - (floats(double, 'kernel')[i] ?? NaN))).toBeLessThan(2e-3)
        })
      }),
      { numRuns: 10 }
    )
  })

  it('makes a bowl shallower', () => {
    const { init: first, step } = stepper<FloatDType>(transform)
    const params = vectors({ kernel: [1, -1, 0.5, 2], bias: [0.3, -2] }, 'f64')
    const height = (point: Vectors<FloatDType>): number =>
      Object.values(point)
        .flatMap((leaf) => toFlatArray(leaf))
        .reduce((sum, x) => sum + 0.5 * x * x, 0)
    // the gradient of ½ Σ x² is x itself
    const end = Array.from({ length: 60 }).reduce<{ readonly params: Vectors<FloatDType>; readonly state: State }>(
      (run) => step(run.params, run.params, run.state),
      { params, state: first(params) }
    )
    expect(height(end.params)).toBeLessThan(0.95 * height(params))
  })
})

describe.each(Object.entries(optimizers))('%s', (_, transform) => {
  it('stays where it is while the gradient is zero', () => {
    fc.assert(
      fc.property(values, (start) => {
        const zero = { kernel: [0, 0, 0, 0], bias: [0, 0] }
        const { updates } = runAll(transform, start, [zero, zero], 'f64')
        expect(toFlatArray(updates['kernel'] ?? vector([NaN])).every((u) => u === 0)).toBe(true)
      }),
      { numRuns: 5 }
    )
  })
})

describe('weight decay', () => {
  const zero = { kernel: [0, 0, 0, 0], bias: [0, 0] }
  const start = { kernel: [1, 2, 3, 4], bias: [5, 6] }

  it('of adamW is η λ θ while the gradient is zero', () => {
    const run = runAll(decaying['adamW'] ?? identity, start, [zero], 'f64')
    expect(floats(run, 'bias')).toEqual([5, 6].map((x) => x - x * (0.05 * 0.01)))
  })

  it('touches the parameters it is told to, and no others', () => {
    const run = runAll(decaying['adamW, on kernels'] ?? identity, start, [zero], 'f64')
    expect(floats(run, 'bias')).toEqual([5, 6])
    expect(floats(run, 'kernel')).not.toEqual([1, 2, 3, 4])
  })
})

describe('chain', () => {
  const pick = fc.constantFrom(...everyOptimizer.map(([, transform]) => transform))

  it('is associative: the same atoms, the same names, the same bytes', () => {
    fc.assert(
      fc.property(pick, pick, pick, values, gradients, (a, b, c, start, steps) => {
        const left = Monoid.concat(Monoid.concat(a, b), c)
        const right = Monoid.concat(a, Monoid.concat(b, c))
        expect(Eq.equals(left, right)).toBe(true)
        expect(atomNames(left)).toEqual(atomNames(right))
        expect(Eq.equals(chain(a, b, c), left)).toBe(true)
        const [one, other] = [runAll(left, start, steps, 'f32'), runAll(right, start, steps, 'f32')]
        expect(structureOf(one.state)).toEqual(structureOf(other.state))
        expect(bytesOf(one)).toBe(bytesOf(other))
      }),
      { numRuns: 15 }
    )
  })

  it('has the empty chain as its unit', () => {
    fc.assert(
      fc.property(pick, (a) => {
        expect(Eq.equals(Monoid.concat(Monoid.empty, a), a)).toBe(true)
        expect(Eq.equals(Monoid.concat(a, Monoid.empty), a)).toBe(true)
      })
    )
    expect(chain().atoms).toEqual([])
  })

  it('numbers the atoms of one tag in their order', () => {
    const adams = decode()([...encode(optimizers['adam'] ?? identity), ...encode(optimizers['adam, hat'] ?? identity)])
    if (Either.isLeft(adams)) throw new Error(adams.left.join('; '))
    expect(atomNames(chain(adams.right, adams.right))).toEqual(['adam', 'adam_1', 'adam_2', 'adam_3'])
  })

  it('refuses what is no transform, such as a builder that was not called', () => {
    expect(() => chain(chain as never)).toThrow('chain: expected a transform such as adam(), got a function')
    expect(() => chain(undefined as never)).toThrow('chain: expected a transform such as adam(), got nothing')
  })

  it('refuses two meanings of one tag', () => {
    const ours = optimizers['adam'] ?? identity
    const theirs = decode(Object.values(ours.definitions).map((definition) => ({ ...definition })))(encode(ours))
    expect(() => chain(ours, Either.isRight(theirs) ? theirs.right : identity)).toThrow(
      "chain: two different atoms have the tag 'adam'; rename one of them"
    )
  })
})

describe('hyper-parameters', () => {
  const programOf = (transform: AnyTransform): string => {
    const params = { kernel: slot([4], 'f32'), bias: slot([2], 'f32') }
    const state = stepper<FloatDType>(transform).init(vectors({ kernel: [0, 0, 0, 0], bias: [0, 0] }, 'f32'))
    const step = (theta: never, gradient: never, before: never) =>
      update(transform)(gradient, before, { params: theta })
    return hash(program(step)(params as never, params as never, state as never))
  }
  const pairs: readonly (readonly [AnyTransform, unknown])[] = everyOptimizer.map(([, transform]) => [
    transform,
    encode(transform)
  ])

  /** Another value for each number of a spec, within its range. */
  const changed = (u: unknown): unknown => {
    if (typeof u === 'number') return u === 0 ? 0 : u * 0.99
    if (Array.isArray(u)) return u.map(changed)
    return typeof u === 'object' && u !== null
      ? Object.fromEntries(
          Object.entries(u).map(([key, value]) => [key, key === 'initialAccumulator' ? value : changed(value)])
        )
      : u
  }

  it.each(pairs.map(([transform, encoded]) => [show(transform).slice(0, 60), transform, encoded] as const))(
    'are in the state and not in the program: %s',
    (_, transform, encoded) => {
      const other = decode()(changed(encoded))
      if (Either.isLeft(other)) throw new Error(other.left.join('; '))
      expect(Eq.equals(other.right, transform)).toBe(false)
      expect(programOf(other.right)).toBe(programOf(transform))

      // the one's program with the other's numbers is the other
      const start = { kernel: [1, -2, 0.5, 3], bias: [0.1, -0.1] }
      const steps = [start, { kernel: [0.3, 0.2, -1, 2], bias: [-1, 1] }]
      const numbersOf = stepper<FloatDType>(other.right).init(vectors(start, 'f32'))
      const swept = runAll(transform, start, steps, 'f32', () => numbersOf)
      expect(bytesOf(swept)).toBe(bytesOf(runAll(other.right, start, steps, 'f32')))
    }
  )
})

describe('trees', () => {
  it('of no parameters have a state and updates of none', () => {
    const transform = optimizers['adam, clipped'] ?? identity
    const { init: first, step } = stepper<FloatDType>(transform)
    const state = first({})
    expect(Object.keys(step({}, {}, state).updates)).toEqual([])
  })

  it('are optimized leaf by leaf, where no norm ties them together', () => {
    fc.assert(
      fc.property(values, gradients, (start, steps) => {
        const transform = optimizers['adam'] ?? identity
        const both = runAll(transform, start, steps, 'f32')
        const alone = runAll(
          transform,
          { kernel: start.kernel },
          steps.map(({ kernel: gradient }) => ({ kernel: gradient })),
          'f32'
        )
        expect(floats(alone, 'kernel')).toEqual(floats(both, 'kernel'))
      })
    )
  })

  it('that are not of one float type, or whose updates differ in structure, are refused in a sentence', () => {
    const transform = optimizers['adam'] ?? identity
    expect(() => init(transform)({ n: slot([2], 'i32') as never })).toThrow(
      'init: parameters have to be f32 or f64, got i32'
    )
    expect(() => init(transform)({ a: slot([2], 'f32') as never, b: slot([2], 'f64') as never })).toThrow(
      'init: parameters have to be of one float type, got f32 and f64'
    )
    const { init: first, step } = stepper<FloatDType>(transform)
    const params = vectors({ w: [1, 2] }, 'f32')
    expect(() => step(params, vectors({ w: [1, 2, 3] }, 'f32'), first(params))).toThrow(
      'update: the updates do not have the structure of the parameters: expected w f32[2], got w f32[3]'
    )
    const other = stepper<FloatDType>(optimizers['gradientDescent'] ?? identity)
    expect(() => step(params, params, other.init(params))).toThrow(
      'update: this is the state of another optimizer or of other parameters: expected adam.step i32[], got gradientDescent.step i32[]'
    )
  })
})
