/**
 * Networks run on tensors, for tests.
 */
import { evaluate as compute } from '../../lib/engine/index.ts'
import { constant, type Expr } from '../../lib/expr/index.ts'
import { evaluate, type AnyNetwork, type Mode } from '../../lib/network/index.ts'
import { applyUntyped } from '../../lib/network/internal.ts'
import { key, normal } from '../../lib/random/index.ts'
import type { Shape } from '../../lib/shape/index.ts'
import { replaceLeaves, type AnyTensor, type FloatDType, type Tensor } from '../../lib/tensor/index.ts'

/** Every tensor of a tree as an expression. */
export const lifted = (tree: unknown): unknown => replaceLeaves(tree, (leaf) => constant(leaf as AnyTensor))

/** The output of a network of which nothing is known. */
export const forward = (
  net: AnyNetwork,
  trees: { readonly params: unknown; readonly state: unknown },
  x: AnyTensor,
  mode: Mode = evaluate
): Tensor<Shape> =>
  compute(applyUntyped(net)(lifted(trees.params), lifted(trees.state), constant(x) as Expr<Shape>, mode)[0])

/** Standard normal examples for a network. */
export const examples = <F extends FloatDType = 'f32'>(
  net: AnyNetwork,
  batch: number,
  seed = 7,
  dtype?: F
): Tensor<Shape, F> =>
  compute(normal({ shape: [batch, ...net.input.map(Number)], dtype: dtype ?? ('f32' as F) })(key(seed)))
