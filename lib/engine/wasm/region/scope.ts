/**
 * Scopes: the values that are known at a place of the code, and how others are computed from them.
 *
 * @since 0.1.0
 */
import { raise } from '../../../shape/index.ts'
import { constantQuad, type Count } from '../elements/index.ts'
import { kept, type Quad, type Writer } from '../quad.ts'
import type { Canonical } from './canonical.ts'
import { load, type Memory } from './memory.ts'
import type { Place } from './place.ts'
import { isElementwise, ruleOf } from './rules.ts'

// model

export interface Scope {
  /** the scope around it, whose values are known here too */
  readonly outer: Scope | undefined
  readonly writer: Writer
  readonly place: Place
  /** how many lanes count */
  readonly count: Count
  readonly values: Map<number, Quad>
}

/** What all scopes of a kernel share. */
export interface Scene {
  readonly region: Canonical
  readonly memory: Memory
}

// constructors

/** A scope inside of another. */
export const inside = (outer: Scope, writer: Writer, place: Place, count: Count = outer.count): Scope => ({
  outer,
  writer,
  place,
  count,
  values: new Map()
})

// destructors

const known = (scope: Scope | undefined, id: number): Quad | undefined =>
  scope === undefined ? undefined : (scope.values.get(id) ?? known(scope.outer, id))

/** Four elements of a value, computed here unless they are known; those `loaded` are in their buffers. */
export const valueOf = (scene: Scene, scope: Scope, id: number, loaded: ReadonlySet<number> = nothing): Quad => {
  const before = known(scope, id)
  if (before !== undefined) return before
  const { writer, place, count, values } = scope
  const keep = (number: number, quad: Quad): Quad => {
    values.set(number, quad)
    return quad
  }
  if (loaded.has(id)) return keep(id, load(writer, place, scene.memory.buffers.get(id)!, 4))
  const value = scene.region.values[id]!
  switch (value.kind) {
    case 'constant':
      return constantQuad(value.dtype, value.value)
    case 'read':
      return keep(id, load(writer, place, scene.memory.reads.get(id)!, count))
    case 'apply': {
      const { primitive, parameters, operands, operandTypes, outputs, output } = value
      if (!isElementwise(primitive)) return raise(`region: ${primitive} does not work element by element`)
      const quads = operands.map((operand) => valueOf(scene, scope, operand, loaded))
      const results = ruleOf(primitive)(writer, quads, { operands: operandTypes, outputs }, parameters)
      return results.map((quad, i) => keep(id - output + i, kept(writer, quad)))[output]!
    }
    case 'fold':
      return raise('region: a value stands before the fold that it needs')
  }
}

const nothing: ReadonlySet<number> = new Set()
