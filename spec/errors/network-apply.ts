// Networks that are right, applied to what is not theirs.
import type { Expr, Exprs } from '../../lib/expr/index.ts'
import {
  apply,
  conv2d,
  dense,
  dropout,
  evaluate,
  flatten,
  input,
  network,
  relu,
  train,
  type ParamsOf
} from '../../lib/network/index.ts'
import type { Tensors } from '../../lib/tensor/index.ts'

const net = network(input(28, 28, 1), conv2d({ filters: 16, kernel: 3 }), relu, flatten, dense(10))
const other = network(input(28, 28, 1), conv2d({ filters: 32, kernel: 3 }), relu, flatten, dense(10))
const dropping = network(input(8), dense(4), dropout(0.5))
declare const params: Exprs<ParamsOf<typeof net>>
declare const double: Exprs<ParamsOf<typeof net>, 'f64'>
declare const theirs: Exprs<ParamsOf<typeof other>>
declare const tensors: Tensors<ParamsOf<typeof net>>
declare const few: Exprs<ParamsOf<typeof dropping>>
declare const x: Expr<['batch', 28, 28, 1]>
declare const rgb: Expr<['batch', 32, 32, 3]>
declare const one: Expr<[28, 28, 1]>
declare const rows: Expr<[32, 8]>

export const right = apply(net)(params, {}, x, evaluate)
// the parameters of another network
export const e01 = apply(net)(theirs, {}, x, evaluate)
// parameters of another element type
export const e02 = apply(net)(double, {}, x, evaluate)
// parameters as tensors
export const e08 = apply(net)(tensors, {}, x, evaluate)
// parameters that lack a layer
export const e03 = apply(net)({ conv2d_0: params.conv2d_0 }, {}, x, evaluate)
// a batch of images of another size
export const e04 = apply(net)(params, {}, rgb, evaluate)
// one example and no batch
export const e05 = apply(net)(params, {}, one, evaluate)
// training without a key
export const e06 = apply(dropping)(few, {}, rows, train())
// a mode that is none
export const e07 = apply(dropping)(few, {}, rows, 'train')
