/**
 * Networks as programs, to measure what they cost the compiler. Each uses the output, the parameters and their names.
 */

/** The text of a program around a network. */
const around = (net: string, output: string, more = ''): string =>
  `import {
  conv2d, dense, flatten, input, maxPool2d, network, relu, residual, sequential,
  type OutputOf, type ParamCount, type ParamsOf
} from '../../../lib/network/index.ts'
import { pipe } from 'fp-ts/lib/function.js'
export const net = ${net}
type P = ParamsOf<typeof net>
export const out = (o: OutputOf<typeof net>): ${output} => o
export const names = (name: keyof P): keyof P => name
export const touch = (params: P): P => params
${more}`

const list = (shape: string, layers: readonly string[]): string =>
  `network(\n  input(${shape}),\n  ${layers.join(',\n  ')}\n)`

/** fp-ts's pipe takes 20 arguments, so it is nested. */
const piped = (shape: string, layers: readonly string[]): string =>
  layers.length <= 18
    ? `pipe(input(${shape}), ${layers.join(', ')})`
    : Array.from({ length: Math.ceil(layers.length / 18) }, (_, i) => layers.slice(18 * i, 18 * (i + 1))).reduce(
        (net, part) => `pipe(\n  ${net},\n  ${part.join(',\n  ')}\n)`,
        `input(${shape})`
      )

/** Convolutions whose shapes are all different: the worst case, for nothing is computed once for two layers. */
export const tower = (length: number): readonly string[] => [
  ...Array.from({ length: length - 2 }, (_, i) => (i % 2 === 1 ? 'relu' : `conv2d({ filters: ${8 + i}, kernel: 3 })`)),
  'flatten',
  'dense(10)'
]

const vgg16 = [64, 64, 0, 128, 128, 0, 256, 256, 256, 0, 512, 512, 512, 0, 512, 512, 512, 0]
  .flatMap((filters) =>
    filters === 0 ? ['maxPool2d(2)'] : [`conv2d({ filters: ${filters}, kernel: 3, padding: 'same' })`, 'relu']
  )
  .concat('flatten', 'dense(4096)', 'relu', 'dense(4096)', 'relu', 'dense(1000)')

/** Residual blocks of convolutions, four sizes of image, as in a residual network; 5 layers a block. */
const residualBlocks = (blocks: number): readonly string[] => [
  "conv2d({ filters: 64, kernel: 7, stride: 2, padding: 'same' })",
  'relu',
  "maxPool2d(3, { stride: 2, padding: 'same' })",
  ...Array.from({ length: blocks }, (_, i) => {
    const filters = 64 * 2 ** Math.floor((4 * i) / blocks)
    const down = i > 0 && (4 * i) % blocks < 4
    const conv = (stride: number): string =>
      `conv2d({ filters: ${filters}, kernel: 3, stride: ${stride}, padding: 'same' })`
    return down
      ? [`sequential(${conv(2)}, relu, ${conv(1)}, relu)`, 'relu']
      : [`residual(${conv(1)}, relu, ${conv(1)}, relu)`, 'relu']
  }).flat(),
  'flatten',
  'dense(1000)'
]

/** Residual blocks over a sequence, as in a transformer without its attention; 6 layers a block. */
const sequenceBlocks = (blocks: number): readonly string[] => [
  ...Array.from({ length: blocks }, () => [
    'residual(dense(768), relu)',
    'residual(dense(3072), relu, dense(768), relu)'
  ]).flat(),
  'dense(50257)'
]

/** The programs by name. */
export const fixtures: Readonly<Record<string, string>> = {
  base: around(list('8', ['dense(10)']), '[10]'),
  vgg16: around(list('224, 224, 3', vgg16), '[1000]', 'export const count: ParamCount<typeof net> = 138357544\n'),
  'tower-20': around(list('400, 400, 3', tower(20)), '[10]'),
  'tower-150': around(list('400, 400, 3', tower(150)), '[10]'),
  'residual-4': around(list('224, 224, 3', residualBlocks(4)), '[1000]'),
  'residual-16': around(list('224, 224, 3', residualBlocks(16)), '[1000]'),
  'sequence-12': around(list("'time', 768", sequenceBlocks(12)), "['time', 50257]")
}

/** The worst case through fp-ts's pipe. */
export const pipedTower: string = around(piped('400, 400, 3', tower(150)), '[10]')

/** Flat networks at the limit of the compiler's recursion. */
export const limits: Readonly<Record<string, string>> = {
  'flat-900': around(
    list(
      '8',
      Array.from({ length: 900 }, (_, i) => (i % 2 === 0 ? `dense(${8 + i})` : 'relu'))
    ),
    '[906]'
  ),
  'flat-1010': around(
    list(
      '8',
      Array.from({ length: 1010 }, (_, i) => (i % 2 === 0 ? `dense(${8 + i})` : 'relu'))
    ),
    '[1016]'
  )
}
