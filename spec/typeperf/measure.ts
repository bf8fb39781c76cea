/**
 * What a program costs the compiler: one run of tsc with one checker, the library as source.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = join(root, 'spec/.generated/typeperf')

/** The cost of a program. Instantiations are exact and repeatable, memory is not. */
export interface Cost {
  readonly instantiations: number
  readonly megabytes: number
  /** the complaints about the program itself */
  readonly complaints: readonly string[]
}

const figure = (output: string, name: string): number =>
  Number(new RegExp(`^${name}:\\s+([\\d.]+)`, 'm').exec(output)?.[1] ?? NaN)

const compiler = join(root, 'node_modules/.bin/tsc')

/** The library as the declarations that its users see, beside the programs. */
export const emitDeclarations = (): void => {
  mkdirSync(folder, { recursive: true })
  const config = {
    extends: '../../../tsconfig.json',
    compilerOptions: {
      noEmit: false,
      declaration: true,
      emitDeclarationOnly: true,
      rootDir: '../../../lib',
      outDir: 'declarations'
    },
    include: ['../../../lib'],
    exclude: ['../../../lib/data/node']
  }
  writeFileSync(join(folder, 'declarations.json'), JSON.stringify(config))
  spawnSync(compiler, ['-p', join(folder, 'declarations.json')], { cwd: root })
}

/** A program that takes the library from its declarations. */
export const onDeclarations = (source: string): string =>
  source.replaceAll('../../../lib/network/index.ts', './declarations/network/index.ts')

/** Compiles one program and reads the compiler's figures. */
export const measure = (name: string, source: string): Cost => {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, `${name}.ts`), source)
  const config = {
    extends: '../../../tsconfig.json',
    compilerOptions: { pretty: false, noUnusedLocals: false },
    include: [],
    exclude: [],
    files: [`${name}.ts`]
  }
  writeFileSync(join(folder, `${name}.json`), JSON.stringify(config))
  const options = ['-p', join(folder, `${name}.json`), '--singleThreaded', '--extendedDiagnostics']
  const { stdout } = spawnSync(compiler, options, { cwd: root, encoding: 'utf8' })
  return {
    instantiations: figure(stdout, 'Instantiations'),
    megabytes: figure(stdout, 'Memory used') / 1024,
    complaints: stdout.split('\n').filter((line) => line.startsWith('spec/.generated'))
  }
}
