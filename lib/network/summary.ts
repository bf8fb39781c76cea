/**
 * A network as text: a table of its layers, and the program that makes it.
 *
 * @since 0.1.0
 */
import * as Either from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { show as showShape, type Shape } from '../shape/index.ts'
import { labelOf, labelsOf, planOf, shapesAlong } from './fold.ts'
import { countOf, countParameters, planFor } from './init.ts'
import { isNamed, namesOf } from './names.ts'
import { definitionsIn, outputShape, type AnyNetwork } from './model.ts'

// rows

/**
 * One layer of a network in numbers.
 *
 * @category model
 * @since 0.1.0
 */
export interface Row {
  readonly name: string
  /** as one would write it */
  readonly layer: string
  /** the shape it gives, without the batch */
  readonly output: Shape
  readonly parameters: number
}

/**
 * The layers of a network in numbers, in order: what `summary` prints.
 *
 * @example
 * import { dense, input, network, rows } from 'gradfold/network'
 * rows(network(input(2), dense(3))) // [{ name: 'dense_0', layer: 'dense(3)', output: [3], parameters: 9 }]
 * @category interpreters
 * @since 0.1.0
 */
export const rows = (net: AnyNetwork): readonly Row[] => {
  const within = definitionsIn(net)
  const shapes = pipe(
    shapesAlong(within, net.layers, net.input),
    Either.getOrElse((): readonly Shape[] => [])
  )
  const names = namesOf(net.layers)
  return net.layers.map((spec, i) => ({
    name: names[i] ?? spec.tag,
    layer: labelOf(within, isNamed(spec) ? spec.layer : spec),
    output: shapes[i + 1] ?? net.input,
    parameters: countOf(planOf('params', within, spec, shapes[i] ?? net.input))
  }))
}

// text

const grouped = (n: number): string => `${n}`.replace(/\B(?=(\d{3})+(?!\d))/g, ',')

const table = (lines: readonly (readonly [string, string, string, string])[]): readonly string[] => {
  const width = (column: 0 | 1 | 2 | 3): number =>
    lines.reduce((widest, line) => Math.max(widest, line[column].length), 0)
  return lines.map(([name, layer, output, parameters]) =>
    [name.padEnd(width(0)), layer.padEnd(width(1)), output.padEnd(width(2)), parameters.padStart(width(3))].join('  ')
  )
}

/**
 * A table of a network: for each layer its name, how it is written, the shape it gives and the number of its parameters;
 * then the totals.
 *
 *     name          layer       output   parameters
 *     -            input(784)  [784]             0
 *     dense_0       dense(128)  [128]       100,480
 *
 * @returns lines, without a line break at the end.
 * @example
 * import { dense, input, network, relu, summary } from 'gradfold/network'
 * console.log(summary(network(input(784), dense(128), relu, dense(10))))
 * @category interpreters
 * @since 0.1.0
 */
export const summary = (net: AnyNetwork): string => {
  const head = ['name', 'layer', 'output', 'parameters'] as const
  const begin = ['', inputText(net), showShape(net.input), '0'] as const
  const body = rows(net).map(
    ({ name, layer, output, parameters }) => [name, layer, showShape(output), grouped(parameters)] as const
  )
  const states = countOf(planFor('state', net))
  const total = [
    'total',
    `${net.layers.length} layers`,
    showShape(outputShape(net)),
    grouped(countParameters(net))
  ] as const
  const [first = '', ...lines] = table([head, begin, ...body, total])
  const rule = '-'.repeat(first.length)
  const last = lines[lines.length - 1] ?? ''
  return [
    first,
    rule,
    ...lines.slice(0, -1),
    rule,
    last,
    ...(states === 0 ? [] : [`state: ${grouped(states)} numbers`])
  ].join('\n')
}

const inputText = (net: AnyNetwork): string =>
  `input(${net.input.map((dim) => (typeof dim === 'string' ? `'${dim}'` : `${dim}`)).join(', ')})`

/**
 * A network as the program that makes it.
 *
 * @example
 * import { dense, input, network, relu, show } from 'gradfold/network'
 * show(network(input(784), dense(128), relu)) // 'network(input(784), dense(128), relu)'
 * @category interpreters
 * @since 0.1.0
 */
export const show = (net: AnyNetwork): string =>
  net.layers.length === 0 ? inputText(net) : `network(${inputText(net)}, ${labelsOf(definitionsIn(net), net.layers)})`
