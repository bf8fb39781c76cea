/**
 * Transposes of linear scans, branches and custom linear maps.
 *
 * @since 0.1.0
 */
import {
  applyPrimitive,
  inline,
  inputValue,
  programOf,
  type Parameters,
  type Program,
  type Value
} from '../../expr/internal.ts'
import { add, instantiate, zeros, type Tangent } from '../build.ts'
import { partsOf, place } from '../parts.ts'
import { because, type TransposeContext, type TransposeRule } from '../rule.ts'

const taken = <A>(values: readonly A[], where: readonly boolean[]): readonly A[] =>
  values.filter((_, i) => where[i] === true)
const left = <A>(values: readonly A[], where: readonly boolean[]): readonly A[] =>
  values.filter((_, i) => where[i] !== true)

/** The transpose of a program in some of its inputs: from the other inputs and cotangents to their cotangents. */
const transposed = (
  self: Program,
  linear: readonly boolean[],
  { transposeGraph }: Pick<TransposeContext<unknown>, 'transposeGraph'>,
  others: readonly Value[],
  cotangents: readonly Value[]
): readonly Value[] => {
  const inputs = taken(self.inputs, linear).map(inputValue)
  const fixed = place(
    linear.map((on) => !on),
    others
  )
  const placed = place(linear, inputs)
  const args = self.inputs.map((slot, i) => placed[i] ?? fixed[i] ?? zeros(slot))
  const back = transposeGraph(inputs, inline(self, args), cotangents)
  return inputs.map((input, i) => instantiate(back[i], input))
}

/**
 * The scan backwards: the cotangent of the carry is the carry, cotangents of the constants are added up from the last
 * step to the first, cotangents of what was scanned over are the outputs.
 */
const scan: TransposeRule<Parameters['scan']> = (context) => {
  const { operands, linear, parameters, cotangents, outputs } = context
  const { constants, carry } = parameters
  const isLinear = linear.map((on, i) => on || (i >= constants && i < constants + carry))
  const parts = partsOf(operands, parameters)
  const on = partsOf(isLinear, parameters)
  const given = outputs.map((slot, i) => instantiate(cotangents[i], slot))
  const sums = taken(parts.constants, on.constants).map(zeros)
  const fixed = { constants: left(parts.constants, on.constants), carry: [], xs: left(parts.xs, on.xs) }
  const carries = [...sums, ...given.slice(0, carry)]
  const all = [...fixed.constants, ...carries, ...given.slice(carry), ...fixed.xs]

  const inputs = {
    constants: fixed.constants.map(inputValue),
    sums: sums.map(inputValue),
    carry: outputs.slice(0, carry).map(inputValue),
    ys: outputs.slice(carry).map(({ shape, dtype }) => inputValue({ shape: shape.slice(1), dtype })),
    xs: fixed.xs.map(({ shape, dtype }) => inputValue({ shape: shape.slice(1), dtype }))
  }
  const back = transposed(
    parameters.body,
    isLinear,
    context,
    [...inputs.constants, ...inputs.xs],
    [...inputs.carry, ...inputs.ys]
  )
  const added = inputs.sums.map((total, i) => add(total, back[i] ?? total))
  const body = programOf(
    [...inputs.constants, ...inputs.sums, ...inputs.carry, ...inputs.ys, ...inputs.xs],
    [...added, ...back.slice(sums.length)]
  )
  const results = applyPrimitive('scan', all, {
    body,
    length: parameters.length,
    constants: fixed.constants.length,
    carry: carries.length,
    reverse: !parameters.reverse
  })
  return place(isLinear, results)
}

const cond: TransposeRule<Parameters['cond']> = (context) => {
  const { operands, linear, parameters, cotangents, outputs } = context
  const [predicate, ...rest] = operands
  if (predicate === undefined) return []
  const isLinear = linear.slice(1)
  const fixed = left(rest, isLinear)
  const given = outputs.map((slot, i) => instantiate(cotangents[i], slot))
  const branch = (self: Program): Program => {
    const others = fixed.map(inputValue)
    const cts = given.map(inputValue)
    return programOf([...others, ...cts], transposed(self, isLinear, context, others, cts))
  }
  const results = applyPrimitive('cond', [predicate, ...fixed, ...given], {
    whenTrue: branch(parameters.whenTrue),
    whenFalse: branch(parameters.whenFalse)
  })
  return [undefined, ...place(isLinear, results)]
}

const customLinear: TransposeRule<Parameters['customLinear']> = ({ operands, parameters, cotangents, outputs }) => {
  const residuals = operands.slice(0, parameters.residuals)
  const back = inline(parameters.backward, [
    ...residuals,
    ...outputs.map((slot, i) => instantiate(cotangents[i], slot))
  ])
  return [...residuals.map((): Tangent => undefined), ...back]
}

export const control = {
  scan,
  cond,
  customLinear,
  whileLoop: because(
    'grad: a whileLoop has no reverse-mode derivative, for the number of its steps is not known; use scan with a fixed length, or jvp'
  ),
  customJvp: because('grad: customJvp is replaced by its derivative before it could be transposed'),
  customVjp: because('grad: customVjp is replaced by its forward function before it could be transposed')
}
