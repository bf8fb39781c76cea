import { describe, expect, it } from 'vitest'
import { dense, dropout, init, input, network, predict, relu, sigmoid } from 'gradfold/network'
import { key } from 'gradfold/random'
import { tensor, toArray, toFlatArray } from 'gradfold/tensor'

const net = network(input(2), dense(2), sigmoid)
const given = {
  dense_0: {
    kernel: tensor([
      [0.2, 0.8],
      [0.5, 0.1]
    ]),
    bias: tensor([0.3, 0.3])
  }
}

describe('predict', () => {
  it('gives the outputs for given weights', () => {
    const [row] = toArray(predict(net)(given)(tensor([[1, 0.5]])))
    expect(row?.[0]).toBeCloseTo(0.679178699, 7)
    expect(row?.[1]).toBeCloseTo(0.759510917, 7)
  })

  it('is the same for every batch an example is in, in f64 as well', () => {
    const double = init(net, { dtype: 'f64' })(key(1)).params
    const outputs = predict(net)(double)
    const both = toFlatArray(
      outputs(
        tensor(
          [
            [1, 2],
            [3, 4]
          ],
          'f64'
        )
      )
    )
    expect([
      ...toFlatArray(outputs(tensor([[1, 2]], 'f64'))),
      ...toFlatArray(outputs(tensor([[3, 4]], 'f64')))
    ]).toEqual([...both])
    expect(outputs(tensor([[1, 2]], 'f64')).dtype).toBe('f64')
  })

  it('continues a trained network, with its parameters', () => {
    const logits = network(input(3), dense(4), relu, dropout(0.5), dense(2))
    const { params } = init(logits)(key(5))
    const x = tensor([[1, -2, 3]])
    const [plain, more] = [
      toFlatArray(predict(logits)(params)(x)),
      toFlatArray(predict(network(logits, sigmoid))(params)(x))
    ]
    expect([...more].map(Number)).not.toEqual([...plain].map(Number))
    expect(toFlatArray(predict(logits)(params)(x))).toEqual(plain)
  })

  it('refuses the parameters of another network and other batches, in the sentences of the compiler', () => {
    const wide = network(input(2), dense(3), sigmoid)
    // @ts-expect-error -- predict: these are the parameters of another network
    expect(() => predict(wide)(given)(tensor([[1, 2]]))).toThrow(
      'apply: these are the parameters of another network: dense_0.kernel has to be f32[2, 3], got f32[2, 2]'
    )
    // @ts-expect-error -- apply: the network takes a batch
    expect(() => predict(net)(given)(tensor([[1, 2, 3]]))).toThrow(
      'apply: the network takes a batch [batch, 2], got [1, 3]'
    )
  })
})
