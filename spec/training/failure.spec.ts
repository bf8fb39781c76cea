import * as Either from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, it } from 'vitest'
import { batches, fromArrays } from 'gradfold/data'
import { dense, input, network, tanh } from 'gradfold/network'
import { l2, meanSquaredError, withReduction, withRegularizer } from 'gradfold/objective'
import { adam, cosine, gradientDescent } from 'gradfold/optimizer'
import { key } from 'gradfold/random'
import { at, fromArray, hashTree, tensor, toFlatArray, zeros } from 'gradfold/tensor'
import * as Training from 'gradfold/training'
import { tally } from '../network/tally.ts'
import { identify, points, right, start, training } from './fixtures.ts'

const line = fromArrays([[0], [1], [2], [3]], [[1], [3], [5], [7]])
const straight = network(input(1), dense(1))
const steep = Training.make({
  network: straight,
  loss: meanSquaredError,
  optimizer: gradientDescent({ learningRate: 10 })
})

const leftOf = <E, A>(result: Either.Either<E, A>): E => {
  if (Either.isRight(result)) throw new Error('expected a left')
  return result.left
}

describe('a run that diverges', () => {
  const run = leftOf(pipe(batches(line, { batchSize: 4, epochs: 1000 }), Training.fold(steep, steep.init(key(1)))))

  it('ends as a value that names the step and the place, in one sentence', () => {
    expect(run._tag).toBe('NonFinite')
    expect(run.message).toMatch(
      /^step \d+: (loss|params\.dense_0\.\w+) is not finite.*; lower the learning rate or clip the gradient$/
    )
  })

  it('has the last good state, from which everything is finite', () => {
    const values = [...toFlatArray(run.state.params.dense_0.kernel), ...toFlatArray(run.state.params.dense_0.bias)]
    expect(values.every((x) => Number.isFinite(x))).toBe(true)
    expect(run.state.step).toBe(run._tag === 'NonFinite' ? run.step : -1)
    const again = leftOf(steep.step(run.state, { inputs: line.inputs, labels: line.labels }))
    expect(again._tag).toBe('NonFinite')
  })

  it('says which parameter broke where the loss was still finite', () => {
    const huge = Training.make({
      network: straight,
      loss: pipe(meanSquaredError, withReduction('sum')),
      optimizer: gradientDescent({ learningRate: 1e30 })
    })
    const failure = leftOf(huge.step(huge.init(key(1)), { inputs: tensor([[1e10]]), labels: tensor([[0]]) }))
    expect(failure).toMatchObject({ _tag: 'NonFinite', step: 0 })
    expect(failure._tag === 'NonFinite' && failure.path).toBe('params.dense_0.kernel')
  })

  it('blames the examples where they are what is not finite', () => {
    const training = Training.make({ network: straight, loss: meanSquaredError, optimizer: adam() })
    const failed = (input: number, label: number) =>
      leftOf(training.step(training.init(key(1)), { inputs: tensor([[0], [input]]), labels: tensor([[0], [label]]) }))
    expect(failed(NaN, 0)).toMatchObject({ _tag: 'NonFinite', path: 'inputs' })
    expect(failed(NaN, 0).message).toBe(
      'step 0: the inputs are not finite (NaN at element 1); mend or leave out these examples'
    )
    expect(failed(-Infinity, 0).message).toContain('the inputs are not finite (-Infinity at element 1)')
    expect(failed(0, Infinity)).toMatchObject({ _tag: 'NonFinite', path: 'labels' })
  })

  it("ends, too, where only the network's own state is not finite any more", () => {
    const counting = Training.make({
      network: network(input(1), tally, tanh, dense(1)),
      loss: meanSquaredError,
      optimizer: adam()
    })
    // each is finite and their mean is not
    const failure = leftOf(
      counting.step(counting.init(key(1)), { inputs: tensor([[3e38], [3e38]]), labels: tensor([[0], [0]]) })
    )
    expect(failure).toMatchObject({ _tag: 'NonFinite', path: 'netState.tally_0.mean', step: 0 })
  })
})

describe('a batch or a state of which the compiler knew too little', () => {
  const open = (shape: readonly number[], dtype: 'f32' | 'f64' | 'i32' = 'f32') =>
    fromArray(
      Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => 0),
      shape,
      dtype
    )
  const complaint = (inputs: ReturnType<typeof open>, labels: ReturnType<typeof open>): string => {
    const failure = leftOf(training.step(start(1), { inputs, labels } as never))
    expect(failure._tag).toBe('Mismatch')
    expect(identify(failure.state)).toBe(identify(start(1)))
    return failure.message
  }

  it('is refused in the sentence the compiler would have said', () => {
    expect(complaint(open([5, 3]), open([5], 'i32'))).toBe('step: the network takes a batch [batch, 2], got [5, 3]')
    expect(complaint(open([2]), open([2], 'i32'))).toBe('step: the network takes a batch [batch, 2], got [2]')
    expect(complaint(open([5, 2]), open([5, 3]))).toBe('sparseSoftmaxCrossEntropy: labels have to be i32, got f32')
    expect(complaint(open([5, 2]), open([4], 'i32'))).toContain('expected one label for each example')
    expect(complaint(open([0, 2]), open([0], 'i32'))).toBe('step: expected at least one example, got an empty batch')
    expect(complaint(open([5, 2], 'f64'), open([5], 'i32'))).toBe(
      'step: the training is made in f32, the inputs are f64; make both the same with the dtype option'
    )
  })

  it('is refused where the state is of another network or optimizer', () => {
    const other = steep.init(key(1))
    const message = leftOf(training.step(other as never, { inputs: points.inputs, labels: points.labels })).message
    expect(message).toBe(
      'step: this is the state of another network: dense_0.kernel has to be f32[2, 6], got f32[1, 1]'
    )
    const withAdam = Training.make({ network: straight, loss: meanSquaredError, optimizer: adam() })
    expect(leftOf(steep.step(withAdam.init(key(1)) as never, line)).message).toBe(
      'step: the optimizer keeps gradientDescent, the state is one of adam'
    )
    expect(leftOf(withAdam.step(steep.init(key(1)) as never, line)).message).toBe(
      'step: the optimizer keeps adam, the state is one of gradientDescent'
    )
  })

  it('is refused where the state is of the same atom made otherwise', () => {
    const withAdam = Training.make({ network: straight, loss: meanSquaredError, optimizer: adam() })
    const withSchedule = Training.make({
      network: straight,
      loss: meanSquaredError,
      optimizer: gradientDescent({ learningRate: cosine({ initial: 0.1, steps: 5 }) })
    })
    expect(leftOf(steep.step(withSchedule.init(key(1)) as never, line)).message).toBe(
      'step: this is the state of another optimizer: gradientDescent.learningRate is missing'
    )
    const bare = { ...withAdam.init(key(1)), optState: {} }
    expect(leftOf(withAdam.step(bare as never, line)).message).toBe(
      'step: this is the state of another optimizer: adam.step is missing'
    )
  })

  it('is refused where a label is no class, though only the loss shows it', () => {
    const labels = tensor([0, 2, 3], 'i32')
    const failure = leftOf(training.step(start(1), { inputs: zeros([3, 2]), labels }))
    expect(failure._tag).toBe('Mismatch')
    expect(failure.message).toBe(
      'sparseSoftmaxCrossEntropy: labels have to be class numbers from 0 to 2, got 3 at element 2'
    )
  })

  it('is found also when a good batch of the same shapes came first', () => {
    right(steep.step(steep.init(key(1)), line))
    const withAdam = Training.make({ network: straight, loss: meanSquaredError, optimizer: adam() })
    expect(Either.isLeft(steep.step(withAdam.init(key(1)) as never, line))).toBe(true)
  })
})

describe('make', () => {
  it('refuses an option that does not exist', () => {
    expect(() =>
      Training.make({ network: straight, loss: meanSquaredError, optimizer: adam(), metric: {} } as never)
    ).toThrow("make: there is no option 'metric'; did you mean 'metrics'?")
  })

  it('refuses what is no network, loss or optimizer where no compiler looked', () => {
    const parts = { network: straight, loss: meanSquaredError, optimizer: adam() }
    const made = (changed: object) => () => Training.make({ ...parts, ...changed } as never)
    expect(made({ network: dense(1) })).toThrow(
      'make: network has to be a network, as in network(input(2), dense(1)), got'
    )
    expect(made({ loss: 'meanSquaredError' })).toThrow(
      "make: loss has to be a loss, such as meanSquaredError, got 'meanSquaredError'"
    )
    expect(made({ optimizer: adam })).toThrow(
      'make: optimizer has to be a transform, as adam() makes one, got a function'
    )
    expect(made({ dtype: 'f16' })).toThrow("make: dtype has to be 'f32' or 'f64', got 'f16'")
    expect(() => Training.make({} as never)).toThrow('make: network has to be a network')
  })

  it('refuses a loss that gives no scalar', () => {
    expect(() =>
      Training.make({
        network: straight,
        loss: pipe(meanSquaredError, withReduction('none')) as never,
        optimizer: adam()
      })
    ).toThrow("make: the loss has to be reduced to a scalar by 'mean' or 'sum', got 'none'")
  })

  it('adds the penalties of a loss to its value and gradient', () => {
    const plain = Training.make({
      network: straight,
      loss: meanSquaredError,
      optimizer: gradientDescent({ learningRate: 0.5 })
    })
    const decayed = Training.make({
      network: straight,
      loss: pipe(meanSquaredError, withRegularizer(l2(0.5))),
      optimizer: gradientDescent({ learningRate: 0.5 })
    })
    const from = { ...plain.init(key(1)), params: { dense_0: { kernel: tensor([[2]]), bias: tensor([0]) } } }
    const batch = { inputs: tensor([[1]]), labels: tensor([[2]]) }
    const [a, b] = [right(plain.step(from, batch)), right(decayed.step(from, batch))]
    expect([a.loss, b.loss]).toEqual([0, 1])
    // the gradient of ½ · ½ · 2² by the kernel is ½ · 2
    expect([at(0, 0)(a.state.params.dense_0.kernel), at(0, 0)(b.state.params.dense_0.kernel)]).toEqual([2, 1.5])
  })

  it('makes everything in f64 where it is asked for', () => {
    const double = Training.make({ network: straight, loss: meanSquaredError, optimizer: adam(), dtype: 'f64' })
    const inputs = tensor([[0], [1]], 'f64')
    const { state } = right(double.step(double.init(key(1)), { inputs, labels: inputs }))
    expect(state.params.dense_0.kernel.dtype).toBe('f64')
    expect(state.optState.adam.mu.dense_0.kernel.dtype).toBe('f64')
  })

  it('traces a step once for each shape of batch', () => {
    const count = { compiled: 0 }
    const engine = {
      ...training.engine,
      compile: (program: Parameters<typeof training.engine.compile>[0]) => {
        count.compiled += program.inputs.length > 0 ? 1 : 0
        return training.engine.compile(program)
      }
    }
    const counted = Training.make({ network: straight, loss: meanSquaredError, optimizer: adam(), engine })
    right(pipe(batches(line, { batchSize: 3, epochs: 20 }), Training.fold(counted, counted.init(key(1)))))
    expect(count.compiled).toBe(2)
  })
})

describe('decodeState', () => {
  const text = (): Record<string, never> => JSON.parse(JSON.stringify(Training.encodeState(start(1)))) as never
  const problems = (u: unknown): readonly string[] => leftOf(Training.decodeState(training)(u))

  it('gives back the state that was written', () => {
    expect(identify(right(Training.decodeState(training)(text())))).toBe(identify(start(1)))
  })

  it('does not depend on the order of keys', () => {
    const reversed = (u: unknown): unknown =>
      typeof u === 'object' && u !== null && !Array.isArray(u)
        ? Object.fromEntries(
            Object.entries(u)
              .reverse()
              .map(([key_, value]) => [key_, reversed(value)])
          )
        : u
    expect(identify(right(Training.decodeState(training)(reversed(text()))))).toBe(identify(start(1)))
  })

  it('says everything that is wrong, and decodes nothing', () => {
    const broken = { ...text(), step: -1, cursor: { epoch: 0 }, extra: 1 } as Record<string, unknown>
    expect(problems(broken)).toEqual([
      "state: there is no field 'extra'; the fields are format, step, cursor, rootKey, params, netState, optState",
      'state: step has to be a whole number from 0, got -1',
      'state: cursor has to be { epoch, batch }, whole numbers from 0'
    ])
  })

  it('refuses the state of another training leaf by leaf', () => {
    const other = JSON.parse(JSON.stringify(Training.encodeState(steep.init(key(1))))) as unknown
    const found = problems(other)
    expect(found).toContain(
      'state: params.dense_0.kernel has to be f32[2, 6], got f32[1, 1]; is it of another training?'
    )
    expect(found).toContain('state: optState.adam.step is missing; it has to be i32[]')
    expect(found.some((sentence) => sentence.startsWith('state: there is no optState.gradientDescent'))).toBe(true)
  })

  it('refuses bytes that are cut off, not hexadecimal, or not a state at all', () => {
    const cut = text() as unknown as { params: { dense_0: { bias: { bytes: string } } } }
    cut.params.dense_0.bias.bytes = cut.params.dense_0.bias.bytes.slice(8)
    expect(problems(cut)[0]).toBe('state: params.dense_0.bias: fromBytes: f32[6] has 24 bytes, got 20')
    cut.params.dense_0.bias.bytes = 'xyz'
    expect(problems(cut)[0]).toBe('state: the bytes of params.dense_0.bias are not hexadecimal')
    expect(problems(42)).toEqual(['state: expected a record, got 42'])
    expect(problems({})).toEqual(["state: expected the format 'gradfold/state/1', got nothing"])
  })
})

describe('init', () => {
  it('depends on the key alone', () => {
    expect(hashTree(training.init(key(7)).params)).toBe(hashTree(training.init(key(7)).params))
    expect(hashTree(training.init(key(7)).params)).not.toBe(hashTree(training.init(key(8)).params))
    expect(training.init(key(7)).optState.adam.mu.dense_0.bias).toEqual(zeros([6]))
  })
})
