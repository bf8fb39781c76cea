/**
 * The passes, each by itself, on random programs.
 */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { reference } from '../../../lib/engine/index.ts'
import { attach, type Attached } from '../../../lib/engine/wasm/passes/attach.ts'
import { flatten } from '../../../lib/engine/wasm/passes/flatten.ts'
import { fuse, type Group } from '../../../lib/engine/wasm/passes/fuse.ts'
import { graphOf, type Graph } from '../../../lib/engine/wasm/passes/graph.ts'
import { regionOf } from '../../../lib/engine/wasm/passes/region-of.ts'
import type { View } from '../../../lib/engine/wasm/passes/view.ts'
import { applyOne, traceValues, type Program, type Value } from '../../../lib/expr/internal.ts'
import type { AnyTensor } from '../../../lib/tensor/index.ts'
import { slot } from '../../../lib/tensor/index.ts'
import { bufferOf, fromBuffer, scalarOf } from '../../../lib/tensor/internal.ts'
import { arbitraryProgram, arbitraryRun } from '../../arbitrary/program.ts'
import { difference, expectSame } from './same.ts'

/** The values of all variables of a program. */
const allValues = (program: Program, inputs: readonly AnyTensor[]): readonly AnyTensor[] => {
  const count = program.inputs.length + program.equations.reduce((sum, { outputs }) => sum + outputs.length, 0)
  return reference.compile({ ...program, outputs: Array.from({ length: count }, (_, i) => i) }).run(inputs)
}

describe('flatten', () => {
  it('leaves no custom function and changes no result', () => {
    fc.assert(
      fc.property(
        arbitraryRun({ primitives: ['customJvp', 'customVjp', 'add', 'sin', 'scan'], length: 8 }),
        ([program, inputs]) => {
          const flat = flatten(program)
          expect(flat.equations.filter(({ primitive }) => primitive.startsWith('custom'))).toEqual([])
          expect(flat.inputs).toEqual(program.inputs)
          expect(
            difference(reference.compile(program).run(inputs), reference.compile(flat).run(inputs))
          ).toBeUndefined()
        }
      ),
      { numRuns: 100 }
    )
  })

  it('gives a program without custom functions back as it is', () => {
    const program = traceValues([slot([2], 'f32')], ([x]) => [applyOne('sin', [x!], {})])
    expect(flatten(program)).toBe(program)
  })

  it('refuses what has no value in a sentence', () => {
    fc.assert(
      fc.property(arbitraryProgram({ primitives: ['customLinear'], dtypes: ['f32'], length: 1 }), (program) => {
        if (program.equations.some(({ primitive }) => primitive === 'customLinear'))
          expect(() => flatten(program)).toThrow('the forward-mode derivative of a customVjp function is not defined')
      })
    )
  })
})

describe('views', () => {
  /** The elements that a view finds in a buffer. */
  const through = ({ offset, strides }: View, shape: readonly number[], root: ArrayLike<number>): readonly number[] =>
    shape
      .reduce<readonly number[]>(
        (places, length, axis) =>
          places.flatMap((place) => Array.from({ length }, (_, i) => place + i * strides[axis]!)),
        [offset]
      )
      .map((place) => root[place]!)

  const moving = ['broadcast', 'transpose', 'slice', 'reverse', 'reshape', 'stopGradient', 'iota', 'constant'] as const

  it('find in the buffer of another variable what a chain of movements gives', () => {
    let moved = 0
    fc.assert(
      fc.property(
        arbitraryRun({ primitives: moving, length: 10, axis: 5, limit: 600, empty: true }),
        ([program, inputs]) => {
          const { views, slots, constants } = graphOf(program)
          const values = allValues(program, inputs)
          views.forEach((view, variable) => {
            const { shape } = slots[variable]!
            const root = constants.get(view.root) ?? values[view.root]!
            const found = through(view, shape, bufferOf(root))
            // −0 is not +0, and a NaN is a NaN
            expect(found.every((x, i) => Object.is(x, bufferOf(values[variable]!)[i]))).toBe(true)
            expect(found).toHaveLength(bufferOf(values[variable]!).length)
            if (view.root !== variable) moved += 1
          })
        }
      ),
      { numRuns: 400 }
    )
    // most of them need no buffer
    expect(moved).toBeGreaterThan(1000)
  })

  it('need a copy only where a shape has no strides', () => {
    const shaped = (f: (x: Value) => Value): boolean => {
      const program = traceValues([slot([4, 6], 'f32')], ([x]) => [f(x!)])
      const { views } = graphOf(program)
      return views[program.outputs[0]!]!.root === 0
    }
    const reshape = (shape: readonly number[]) => (x: Value) => applyOne('reshape', [x], { shape })
    const transposed = (x: Value): Value => applyOne('transpose', [x], { permutation: [1, 0] })
    expect(shaped(reshape([24]))).toBe(true)
    expect(shaped(reshape([2, 2, 3, 2]))).toBe(true)
    expect(shaped((x) => reshape([3, 2, 4])(transposed(x)))).toBe(true)
    expect(shaped((x) => reshape([24])(transposed(x)))).toBe(false)
  })
})

/** The equations that results depend on and that are computed at all. */
const neededIn = ({ program, firsts, kindOf }: Graph): ReadonlySet<number> => {
  const wanted = new Set(program.outputs)
  const needed = new Set<number>()
  for (let e = program.equations.length - 1; e >= 0; e -= 1) {
    const { operands, outputs } = program.equations[e]!
    if (!outputs.some((_, i) => wanted.has(firsts[e]! + i))) continue
    operands.forEach((operand) => wanted.add(operand))
    if (!['view', 'constant'].includes(kindOf(e))) needed.add(e)
  }
  return needed
}

/** Runs groups in order: every root that is read has to be there. */
const expectOrdered = ({ program, views, firsts, constants }: Graph, groups: readonly Attached[]): void => {
  const ready = new Set([...program.inputs.keys(), ...constants.keys()])
  for (const { product, equations } of groups)
    for (const e of product === undefined ? equations : [product, ...equations]) {
      const { operands, outputs } = program.equations[e]!
      for (const operand of operands) expect(ready).toContain(views[operand]!.root)
      outputs.forEach((_, i) => ready.add(firsts[e]! + i))
    }
  for (const output of program.outputs) expect(ready).toContain(views[output]!.root)
}

const equationsOf = (groups: readonly Attached[]): readonly number[] =>
  groups.flatMap(({ product, equations }) => (product === undefined ? equations : [product, ...equations]))

const graphs = (): fc.Arbitrary<Graph> =>
  fc
    .oneof(
      arbitraryProgram({ length: 25, depth: 1 }),
      // many that fuse: one shape, few kernels
      arbitraryProgram({
        primitives: ['add', 'multiply', 'tanh', 'reduceSum', 'broadcast', 'transpose', 'matmul', 'reshape', 'select'],
        dtypes: ['f32'],
        length: 30,
        axis: 3
      })
    )
    .map((program) => graphOf(flatten(program)))

describe('fuse', () => {
  it('puts every needed equation into exactly one group, and no other', () => {
    fc.assert(
      fc.property(graphs(), (graph) => {
        const equations = equationsOf(fuse(graph))
        expect(equations.toSorted((a, b) => a - b)).toEqual([...neededIn(graph)].toSorted((a, b) => a - b))
      }),
      { numRuns: 200 }
    )
  })

  it('orders groups so that everything is computed before it is read', () => {
    fc.assert(
      fc.property(graphs(), (graph) => {
        expectOrdered(graph, fuse(graph))
      }),
      { numRuns: 200 }
    )
  })

  it('makes kernels of one equation, and regions of elements and folds over one space', () => {
    fc.assert(
      fc.property(graphs(), (graph) => {
        for (const { kind, equations } of fuse(graph)) {
          const kinds = equations.map(graph.kindOf)
          if (kind === 'kernel') expect(kinds).toEqual(['kernel'])
          else expect(kinds.filter((each) => each !== 'element' && each !== 'fold')).toEqual([])
        }
      }),
      { numRuns: 100 }
    )
  })

  it('makes one group of a chain with broadcasts and a sum at its end', () => {
    const program = traceValues([slot([8, 4], 'f32'), slot([4], 'f32')], ([x, bias]) => {
      const wide = applyOne('broadcast', [bias!], { shape: [8, 4], axes: [1] })
      const moved = applyOne('tanh', [applyOne('add', [x!, wide], {})], {})
      return [applyOne('reduceSum', [applyOne('multiply', [moved, moved], {})], { axes: [1] })]
    })
    const groups = fuse(graphOf(program))
    expect(groups).toHaveLength(1)
    expect(groups[0]).toMatchObject({ kind: 'region', space: [8, 4], folded: [1] })
    expect(groups[0]!.equations.map((e) => program.equations[e]!.primitive)).toEqual([
      'add',
      'tanh',
      'multiply',
      'reduceSum'
    ])
  })
})

describe('attach', () => {
  const attached = (graph: Graph): readonly [groups: readonly Group[], after: readonly Attached[]] => {
    const groups = fuse(graph)
    const { program, views, firsts } = graph
    const inGroup = new Map(groups.flatMap(({ equations }, i) => equations.map((e) => [e, i] as const)))
    const written = new Set(program.outputs.map((output) => views[output]!.root))
    program.equations.forEach(({ operands }, e) => {
      for (const operand of operands) {
        const { root } = views[operand]!
        const from = firsts.findIndex(
          (first, i) => root >= first && root < first + program.equations[i]!.outputs.length
        )
        if (from >= 0 && inGroup.get(from) !== inGroup.get(e)) written.add(root)
      }
    })
    return [groups, attach(graph, groups, written)]
  }

  it('keeps every equation in one group and everything computed before it is read', () => {
    fc.assert(
      fc.property(graphs(), (graph) => {
        const [groups, after] = attached(graph)
        expect(equationsOf(after).toSorted((a, b) => a - b)).toEqual(equationsOf(groups).toSorted((a, b) => a - b))
        expectOrdered(graph, after)
      }),
      { numRuns: 200 }
    )
  })

  const layer = (more: (product: Value, activated: Value) => readonly Value[]) => {
    const program = traceValues([slot([8, 3], 'f32'), slot([3, 4], 'f32'), slot([4], 'f32')], ([x, weights, bias]) => {
      const product = applyOne('matmul', [x!, weights!], {})
      const wide = applyOne('broadcast', [bias!], { shape: [8, 4], axes: [1] })
      return more(product, applyOne('tanh', [applyOne('add', [product, wide], {})], {}))
    })
    return attached(graphOf(program))[1].map(({ product, equations }) => ({
      product: product === undefined ? undefined : program.equations[product]!.primitive,
      equations: equations.map((e) => program.equations[e]!.primitive)
    }))
  }

  it('ends a matrix product with the bias and activation that alone read it', () => {
    expect(layer((_, activated) => [activated])).toEqual([{ product: 'matmul', equations: ['add', 'tanh'] }])
  })

  it('leaves a product alone that a sum reads, even one over no axis', () => {
    const program = traceValues([slot([8, 3], 'f32'), slot([3, 4], 'f32')], ([a, b]) => [
      applyOne('reduceSum', [applyOne('matmul', [a!, b!], {})], { axes: [] })
    ])
    expect(attached(graphOf(program))[1].map(({ product }) => product)).toEqual([undefined, undefined])
  })

  it('leaves a product alone that others read too', () => {
    expect(layer((product, activated) => [product, activated])).toEqual([
      { product: undefined, equations: ['matmul'] },
      { product: undefined, equations: ['add', 'tanh'] }
    ])
  })
})

describe('regions', () => {
  const relu = (turned: boolean) =>
    traceValues([slot([7], 'f32')], ([x]) => {
      const zero = applyOne('broadcast', [applyOne('constant', [], { value: scalarOf('f32', 0) })], {
        shape: [7],
        axes: []
      })
      const less = turned ? applyOne('less', [zero, x!], {}) : applyOne('less', [x!, zero], {})
      const inner = applyOne('stopGradient', [applyOne('select', [less, zero, x!], {})], {})
      return [applyOne('select', [applyOne('less', [zero, x!], {}), x!, inner], {})]
    })
  const selects = (program: Program): number => {
    const graph = graphOf(program)
    const [group] = fuse(graph)
    const { steps } = regionOf(graph, group!, () => true).region
    return steps.filter((step) => step.kind === 'apply' && step.primitive === 'select').length
  }

  it('choose once where relu is written with its derivative beside it', () => {
    const given = fromBuffer<[7], 'f32'>('f32', [7], Float32Array.of(-1, -0, 0, 2, NaN, -Infinity, 1e-45))
    for (const turned of [false, true]) expectSame(relu(turned), [given])
    // the second choice is no step any more, where it is the same
    expect(selects(relu(false))).toBe(selects(relu(true)) - 1)
  })
})
