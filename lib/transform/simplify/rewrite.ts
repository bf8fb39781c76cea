/**
 * Rewriting rules that keep every bit: the value a node is equal to, where there is a simpler one.
 *
 * `x + 0` is not among them (−0 + 0 is +0), nor anything that reorders or contracts arithmetic.
 *
 * @since 0.1.0
 */
import { applyOne, inline, type ApplyNode, type Parameters, type Primitive, type Value } from '../../expr/internal.ts'
import { sameShape } from '../../shape/index.ts'
import { bufferOf } from '../../tensor/internal.ts'
import { inverse } from '../build.ts'

/** The rewritten outputs, or undefined where no rule applies. */
type Rewrite = readonly Value[] | undefined

/** The node of a value, if it applies a primitive. */
const nodeOf = <P extends Primitive>(primitive: P, value: Value | undefined): ApplyNode<P> | undefined =>
  value?.node.kind === 'apply' && value.node.primitive === primitive
    ? // the primitive was compared on the line above
      (value.node as unknown as ApplyNode<P>)
    : undefined

/** The one number that all elements of a value are, if it is a constant of that kind. */
const uniform = (value: Value | undefined): number | undefined => {
  const spread = nodeOf('broadcast', value)
  if (spread !== undefined) return uniform(spread.operands[0])
  const constant = nodeOf('constant', value)?.parameters.value
  if (constant === undefined) return undefined
  const buffer = bufferOf(constant)
  return buffer.length === 1 ? buffer[0] : undefined
}

const is = (value: Value | undefined, number: number): boolean => {
  const known = uniform(value)
  return known !== undefined && Object.is(known, number)
}

const keep = (value: Value | undefined): Rewrite => (value === undefined ? undefined : [value])

/** The operand of an operation that undoes itself. */
const undo = (primitive: 'negate' | 'not', x: Value | undefined): Rewrite => keep(nodeOf(primitive, x)?.operands[0])

const reshape = (x: Value, { shape }: Parameters['reshape']): Rewrite => {
  if (sameShape(x.shape, shape)) return [x]
  const inner = nodeOf('reshape', x)?.operands[0]
  return inner === undefined
    ? undefined
    : [sameShape(inner.shape, shape) ? inner : applyOne('reshape', [inner], { shape })]
}

const transpose = (x: Value, { permutation }: Parameters['transpose']): Rewrite => {
  if (permutation.every((axis, i) => axis === i)) return [x]
  const inner = nodeOf('transpose', x)
  const source = inner?.operands[0]
  if (inner === undefined || source === undefined) return undefined
  if (sameShape(inverse(inner.parameters.permutation), permutation)) return [source]
  return [
    applyOne('transpose', [source], { permutation: permutation.map((axis) => inner.parameters.permutation[axis] ?? 0) })
  ]
}

const broadcast = (x: Value, { shape, axes }: Parameters['broadcast']): Rewrite => {
  if (sameShape(x.shape, shape)) return [x]
  const inner = nodeOf('broadcast', x)
  const source = inner?.operands[0]
  return inner === undefined || source === undefined
    ? undefined
    : [applyOne('broadcast', [source], { shape, axes: inner.parameters.axes.map((axis) => axes[axis] ?? 0) })]
}

const cond = (operands: readonly Value[], parameters: Parameters['cond']): Rewrite => {
  const verdict = uniform(operands[0])
  return verdict === undefined
    ? undefined
    : inline(verdict === 1 ? parameters.whenTrue : parameters.whenFalse, operands.slice(1))
}

type Rule<Q> = (operands: readonly Value[], parameters: Q) => Rewrite
type Rules = { readonly [P in Primitive]?: Rule<Parameters[P]> }

const rules: Rules = {
  negate: ([x]) => undo('negate', x),
  not: ([x]) => undo('not', x),
  add: ([a, b]) => (is(b, -0) ? keep(a) : is(a, -0) ? keep(b) : undefined),
  subtract: ([a, b]) => (is(b, 0) ? keep(a) : undefined),
  multiply: ([a, b]) => (is(b, 1) ? keep(a) : is(a, 1) ? keep(b) : undefined),
  divide: ([a, b]) => (is(b, 1) ? keep(a) : undefined),
  select: ([condition, a, b]) => (is(condition, 1) ? keep(a) : is(condition, 0) || a === b ? keep(b) : undefined),
  convert: ([x], { dtype }) => (x?.dtype === dtype ? keep(x) : undefined),
  bitcast: ([x], { dtype }) => (x?.dtype === dtype ? keep(x) : undefined),
  reshape: ([x], parameters) => x && reshape(x, parameters),
  transpose: ([x], parameters) => x && transpose(x, parameters),
  broadcast: ([x], parameters) => x && broadcast(x, parameters),
  reverse: ([x], { axes }) => (axes.every((axis) => x?.shape[axis] === 1) ? keep(x) : undefined),
  slice: ([x], { start, stop, stride }) =>
    x?.shape.every((n, i) => start[i] === 0 && stop[i] === n && stride[i] === 1) === true ? keep(x) : undefined,
  pad: ([x], { low, high, interior }) =>
    x?.shape.every((n, i) => low[i] === 0 && high[i] === 0 && (interior[i] === 0 || n <= 1)) === true
      ? keep(x)
      : undefined,
  concat: ([x, ...more]) => (more.length === 0 ? keep(x) : undefined),
  cond
}

/** The outputs that a primitive applied to some values is equal to, in fewer or simpler steps. */
export const rewrite = <P extends Primitive>(
  primitive: P,
  operands: readonly Value[],
  parameters: Parameters[P]
): Rewrite =>
  // the rule and the parameters are those of one primitive
  rules[primitive]?.(operands, parameters)
