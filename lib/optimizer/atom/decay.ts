/**
 * Weight decay on some of the parameters.
 *
 * @since 0.1.0
 */
import { pipe } from 'fp-ts/lib/function.js'
import { multiply, subtract } from '../../expr/index.ts'
import { chooses, type PathFilter } from '../path-filter.ts'
import { zipTreesWithPath, type Leaf, type ParameterTree, type Scalar } from '../tree.ts'

/** u − λ θ where the filter chooses the parameter; the other updates are not touched. */
export const decayed = (
  only: PathFilter,
  weightDecay: Scalar,
  updates: ParameterTree,
  params: ParameterTree
): ParameterTree => {
  const decays = chooses(only)
  return zipTreesWithPath(
    (path, u, theta): Leaf => (decays(path) ? pipe(u, subtract(pipe(theta, multiply(weightDecay)))) : u),
    updates,
    params
  )
}
