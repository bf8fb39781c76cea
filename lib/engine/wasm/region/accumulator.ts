/**
 * Accumulators: folds at work in registers.
 *
 * A sum has eight lanes, element i going to lane i mod 8. In rows two quads are the eight lanes, in columns eight quads
 * are eight lanes of four columns; in the end they are folded pairwise: 4 apart, 2 apart, 1 apart. Extremes, bools and
 * integers may be folded in any order.
 *
 * @since 0.1.0
 */
import type { DType } from '../../../tensor/index.ts'
import { set, v128, type Local } from '../assembler/index.ts'
import { constantQuad, type Count } from '../elements/index.ts'
import { kept, vectorsOf, type Quad, type Writer } from '../quad.ts'
import { identityOf } from './canonical.ts'
import type { Fold } from './region.ts'
import { ruleOf, type ElementwisePrimitive } from './rules.ts'

// model

export interface Accumulator {
  readonly fold: Fold
  readonly dtype: DType
  readonly quads: readonly (readonly Local<'v128'>[])[]
}

const names: Readonly<Record<Fold, ElementwisePrimitive>> = {
  reduceSum: 'add',
  reduceProduct: 'multiply',
  reduceMax: 'maximum',
  reduceMin: 'minimum'
}

/** Two quads folded into one; both are variables or constants. */
export const folded = (writer: Writer, fold: Fold, dtype: DType, a: Quad, b: Quad): Quad => {
  const name = dtype === 'bool' ? (fold === 'reduceMax' ? 'or' : 'and') : names[fold]
  return ruleOf(name)(writer, [a, b], { operands: [dtype, dtype], outputs: [dtype] }, {})[0]!
}

// constructors

/** An accumulator of so many quads, which begin as the fold of nothing. */
export const accumulator = (writer: Writer, fold: Fold, dtype: DType, count: number): Accumulator => {
  const identity = constantQuad(dtype, identityOf(fold, dtype))
  const quads = Array.from({ length: count }, () =>
    Array.from({ length: vectorsOf(dtype) }, (_, i) => {
      const local = writer.local('v128')
      writer.write(set(local, identity[i]!))
      return local
    })
  )
  return { fold, dtype, quads }
}

// combinators

/** The first `count` lanes of a quad, the others being the fold of nothing. */
const masked = (quad: Quad, fold: Fold, dtype: DType, count: Count): Quad => {
  if (count === 4) return quad
  const identity = constantQuad(dtype, identityOf(fold, dtype))
  return quad.map((vector, i) => {
    const ones = [0, 1, 2, 3].map((lane) => (dtype === 'f64' ? 2 * i + (lane >> 1) : lane) < count)
    return v128.bitselect(vector, identity[i]!, v128.constantI32(...ones.map((one) => (one ? -1 : 0))))
  })
}

/** Folds the first `count` lanes of a quad into quad `lane`. */
export const accumulate = (
  writer: Writer,
  { fold, dtype, quads }: Accumulator,
  lane: number,
  quad: Quad,
  count: Count = 4
): void => {
  const into = quads[lane]!
  const part = count === 4 ? quad : kept(writer, masked(quad, fold, dtype, count))
  folded(writer, fold, dtype, into, part).forEach((vector, i) => {
    writer.write(set(into[i]!, vector))
  })
}

/** The first quad takes the place of the last, so that the next one comes first. */
export const rotate = ({ local, write }: Writer, { quads: [first, second] }: Accumulator): void => {
  if (first === undefined || second === undefined) return
  first.forEach((vector, i) => {
    const held = local('v128')
    write(set(held, vector))
    write(set(vector, second[i]!))
    write(set(second[i]!, held))
  })
}

// destructors

/** All quads as one, those 4 apart first; which of two comes first does not matter. */
export const total = (
  writer: Writer,
  { fold, dtype, quads }: Pick<Accumulator, 'fold' | 'dtype'> & { readonly quads: readonly Quad[] }
): Quad => {
  const lanes: Quad[] = [...quads]
  for (let half = 4; half >= 1; half /= 2)
    for (let lane = 0; lane < half && lane + half < lanes.length; lane += 1)
      lanes[lane] = kept(writer, folded(writer, fold, dtype, lanes[lane]!, lanes[lane + half]!))
  return lanes[0]!
}

/** The four lanes of a quad as one, which then is in all lanes: 2 apart, then 1 apart. */
export const across = (writer: Writer, fold: Fold, dtype: DType, quad: Quad): Quad => {
  const join = (a: Quad, b: Quad): Quad => kept(writer, folded(writer, fold, dtype, a, kept(writer, b)))
  const shuffled = (x: Quad, lanes: readonly number[]): Quad => x.map((vector) => v128.shuffle32(vector, vector, lanes))
  if (dtype !== 'f64') {
    const pairs = join(quad, shuffled(quad, [2, 3, 0, 1]))
    return join(pairs, shuffled(pairs, [1, 0, 3, 2]))
  }
  const [low, high] = quad
  const pairs = kept(writer, folded(writer, fold, dtype, [low!], [high!]))
  const [one] = join(pairs, shuffled(pairs, [2, 3, 0, 1]))
  return [one!, one!]
}
