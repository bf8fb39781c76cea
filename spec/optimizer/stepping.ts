/** Running transforms step by step on trees of float64 or float32 vectors: what the specs of this folder share. */
import { run } from '../../lib/engine/index.ts'
import type { Expr } from '../../lib/expr/index.ts'
import { applyUpdates, init, update, type AnyTransform } from '../../lib/optimizer/index.ts'
import { fromArray, toFlatArray, type FloatDType, type Tensor } from '../../lib/tensor/index.ts'

/** Parameters by name: vectors of one float type. */
export type Vectors<T extends FloatDType = 'f64'> = Readonly<Record<string, Tensor<readonly [number], T>>>
type VectorExprs<T extends FloatDType> = Readonly<Record<string, Expr<readonly [number], T>>>

/** A state of any transform, as tensors. */
export type State = Readonly<Record<string, unknown>>

export const vector = <T extends FloatDType = 'f64'>(
  elements: readonly number[],
  dtype?: T
): Tensor<readonly [number], T> =>
  // without a type it is f64, the default of T
  fromArray(elements, [elements.length], dtype ?? 'f64') as unknown as Tensor<readonly [number], T>

export interface Stepper<T extends FloatDType = 'f64'> {
  readonly init: (params: Vectors<T>) => State
  /** parameters, state and updates after one step */
  readonly step: (
    params: Vectors<T>,
    gradients: Vectors<T>,
    state: State
  ) => { readonly params: Vectors<T>; readonly state: State; readonly updates: Vectors<T> }
}

/** Compiles a transform once for each structure of parameters. */
export const stepper = <T extends FloatDType = 'f64'>(transform: AnyTransform): Stepper<T> => {
  const start = run((params: VectorExprs<T>) => init(transform)(params))
  const next = run((params: VectorExprs<T>, gradients: VectorExprs<T>, state: never) => {
    const [updates, after] = update(transform)(gradients, state, { params })
    return { params: applyUpdates(params, updates), state: after, updates }
  })
  return {
    // any transform's state is a tree of tensors, whose structure is not known here
    init: (params) => start(params),
    step: (params, gradients, state) => next(params, gradients, state as never)
  }
}

/** The parameters after each of some steps with given gradients, or gradients that depend on the parameters. */
export const trajectory = (
  transform: AnyTransform,
  x0: readonly number[],
  gradients: readonly ((x: readonly number[]) => readonly number[])[]
): readonly (readonly number[])[] => {
  const { init: start, step } = stepper(transform)
  const params = { x: vector(x0) }
  return gradients.reduce<{
    readonly params: Vectors
    readonly state: State
    readonly points: readonly (readonly number[])[]
  }>(
    ({ params: before, state, points }, gradient) => {
      const x = before['x'] === undefined ? [] : toFlatArray(before['x'])
      const after = step(before, { x: vector(gradient(x)) }, state)
      return {
        params: after.params,
        state: after.state,
        points: [...points, toFlatArray(after.params['x'] ?? vector([]))]
      }
    },
    { params, state: start(params), points: [] }
  ).points
}
