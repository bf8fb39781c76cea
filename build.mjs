/**
 * The JavaScript of the package: into an empty dist, the modules that package.json exports, with what they share in chunks.
 * A process that imports a few files starts sooner than one that imports hundreds of them.
 */
import { readFileSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('.', import.meta.url))
const { exports } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'))
const entryPoints = Object.values(exports).flatMap((target) =>
  target?.default === undefined ? [] : [target.default.replace(/^\.\/dist\/(.*)\.js$/, 'lib/$1.ts')]
)

rmSync(new URL('dist', import.meta.url), { recursive: true, force: true })
await build({
  absWorkingDir: root,
  entryPoints,
  outbase: 'lib',
  outdir: 'dist',
  chunkNames: 'chunks/[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  target: 'es2023',
  packages: 'external',
  legalComments: 'none',
  tsconfig: 'tsconfig.build.json',
  logLevel: 'warning'
})
