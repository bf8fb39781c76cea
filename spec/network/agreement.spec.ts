/**
 * What the compiler computes and what is computed at run time: random networks are written as programs, with the shapes,
 * parameters and sentences of the run-time rules as the types they have to have, and compiled once.
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { labelsOf } from '../../lib/network/fold.ts'
import {
  builtInLayers,
  countParameters,
  input,
  network,
  outputShape,
  show,
  slots,
  type AnyLayer
} from '../../lib/network/index.ts'
import type { Shape } from '../../lib/shape/index.ts'
import { isLeaf } from '../../lib/tensor/index.ts'
import { arbitraryAttempt, arbitraryNetwork } from '../arbitrary/network.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = join(root, 'spec/.generated/network-agreement')
const seed = 20260101

const head = `import {
  activation, averagePool2d, conv2d, dense, dropout, elu, flatten, gelu, geluTanh, hardTanh, identity, input, leakyRelu, logSoftmax,
  maxPool2d, named, network, overAxes, relu, reshape, residual, selu, sequential, sigmoid, silu, softmax, softplus, step, tanh,
  type FirstMessage, type OutputOf, type ParamCount, type ParamsOf, type Specs, type StateOf
} from '../../../lib/network/index.ts'
import type { TypedSlot } from '../../../lib/tensor/index.ts'
type Is<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
export const all = [activation, averagePool2d, conv2d, dense, dropout, elu, flatten, gelu, geluTanh, hardTanh, identity, input, leakyRelu,
  logSoftmax, maxPool2d, named, network, overAxes, relu, reshape, residual, selu, sequential, sigmoid, silu, softmax, softplus, step, tanh]
`

const shapeType = (shape: Shape): string => `[${shape.join(', ')}]`
const treeType = (tree: unknown): string =>
  isLeaf(tree)
    ? `TypedSlot<${shapeType(tree.shape)}>`
    : `{ ${Object.entries(tree as object)
        .map(([name, child]) => `readonly ${name}: ${treeType(child)}`)
        .join('; ')} }`

const networks = fc.sample(arbitraryNetwork(), { numRuns: 60, seed })
const networkChecks = networks.map((net, i) =>
  [
    `const n${i} = ${show(net)}`,
    `export const output${i}: Is<OutputOf<typeof n${i}>, ${shapeType(outputShape(net))}> = true`,
    `export const count${i}: Is<ParamCount<typeof n${i}>, ${countParameters(net)}> = true`,
    `export const params${i}: Is<ParamsOf<typeof n${i}>, ${treeType(slots(net).params)}> = true`,
    `export const state${i}: Is<StateOf<typeof n${i}>, {}> = true`
  ].join('\n')
)

const definitions = new Map(builtInLayers.map((definition) => [definition.tag, definition]))
const sentenceOf = (shape: readonly number[], layers: readonly AnyLayer[]): string | undefined => {
  try {
    network(input(...shape), ...layers)
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
const attempts = fc.sample(arbitraryAttempt, { numRuns: 150, seed }).map(({ shape, layers }) => ({
  shape,
  text: labelsOf(
    definitions,
    layers.map(({ spec }) => spec)
  ),
  sentence: sentenceOf(shape, layers)
}))
const attemptChecks = attempts.map(({ shape, text, sentence }, i) =>
  [
    `const l${i} = [${text}] as const`,
    `export const sentence${i}: Is<FirstMessage<${shapeType(shape)}, Specs<typeof l${i}>>, ${sentence === undefined ? 'never' : JSON.stringify(sentence)}> = true`
  ].join('\n')
)

const sources: Readonly<Record<string, string>> = {
  networks: networkChecks.join('\n'),
  sentences: attemptChecks.join('\n'),
  wrong: 'const n = network(input(3), dense(4))\nexport const no: Is<OutputOf<typeof n>, [5]> = true'
}

/** What the compiler has against the programs. */
const compile = (): string => {
  mkdirSync(folder, { recursive: true })
  Object.entries(sources).forEach(([name, source]) => writeFileSync(join(folder, `${name}.ts`), `${head}${source}\n`))
  const config = {
    extends: '../../../tsconfig.json',
    compilerOptions: { noUnusedLocals: false, pretty: false },
    include: ['*.ts'],
    exclude: []
  }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config))
  try {
    return execFileSync(join(root, 'node_modules/.bin/tsc'), ['-p', folder], { cwd: root, encoding: 'utf8' })
  } catch (error) {
    return error !== null && typeof error === 'object' && 'stdout' in error ? String(error.stdout) : String(error)
  }
}

describe('types and run time agree', () => {
  const output = compile().split('\n')
  const complaintsAbout = (name: string): readonly string[] =>
    output.filter((line) => line.startsWith(`spec/.generated/network-agreement/${name}.ts`))

  it('on the output, the parameters, their number and the state of random networks', () => {
    expect(networks.filter((net) => net.layers.length > 1).length).toBeGreaterThan(30)
    expect(complaintsAbout('networks')).toEqual([])
  })

  it('on whether random layers fit, and on the sentence where they do not', () => {
    const sentences = attempts.flatMap(({ sentence }) => (sentence === undefined ? [] : [sentence]))
    expect(new Set(sentences.map((sentence) => sentence.replace(/[0-9]+/g, 'n'))).size).toBeGreaterThan(20)
    expect(attempts.length - sentences.length).toBeGreaterThan(8)
    expect(complaintsAbout('sentences')).toEqual([])
  })

  it('and a wrong claim would be found', () => {
    expect(complaintsAbout('wrong').length).toBe(1)
  })
})
