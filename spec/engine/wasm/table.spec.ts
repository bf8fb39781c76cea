/**
 * The table of primitives, types and engines has no hole, and is the one that is written down.
 */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { primitives } from '../../../lib/expr/internal.ts'
import { cells, document, path } from '../table/table.ts'

describe('the table of primitives, element types and engines', () => {
  const all = cells()

  it('has no hole: what a definition takes is computed by all engines, to the same bits', () => {
    const holes = all.filter(({ isTaken, lacks }) => isTaken && Object.keys(lacks).length > 0)
    expect(holes).toEqual([])
  })

  it('has a type for every primitive that can be computed', () => {
    const computed = new Set(all.flatMap(({ primitive, isTaken }) => (isTaken ? [primitive] : [])))
    expect(primitives.filter((primitive) => !computed.has(primitive))).toEqual(['customLinear'])
  })

  it('is the one in lib/engine/SUPPORT.md', () => {
    expect(readFileSync(path, 'utf8')).toBe(document(all))
  })
})
