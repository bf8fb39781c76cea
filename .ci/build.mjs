/**
 * The JavaScript of the package: into an empty dist, the modules that package.json exports, with what they share in chunks.
 * A process that imports a few files starts sooner than one that imports hundreds of them.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import ts from 'typescript'

const root = fileURLToPath(new URL('..', import.meta.url))
const { exports } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
const entryPoints = Object.values(exports).flatMap((target) =>
  target?.default === undefined ? [] : [target.default.replace(/^\.\/dist\/(.*)\.js$/, 'lib/$1.ts')]
)

rmSync(new URL('../dist', import.meta.url), { recursive: true, force: true })
/** Whether an expression does something that a bundler cannot see to be pure. */
const isDoubtful = (node) =>
  ts.isCallExpression(node) ||
  ts.isNewExpression(node) ||
  ts.isPropertyAccessExpression(node) ||
  ts.isElementAccessExpression(node) ||
  ts.isSpreadElement(node) ||
  ts.isSpreadAssignment(node) ||
  ts.isBinaryExpression(node) ||
  ts.isTemplateExpression(node) ||
  (!ts.isFunctionLike(node) && ts.forEachChild(node, (child) => isDoubtful(child) || undefined) === true)

/**
 * Marks what a script computes for its variables as pure. The package says of all of its modules that they have no side effects;
 * bundlers know it of a module that nobody imports, and have to be told of the parts of a chunk.
 */
const marked = (code) => {
  const variables = ts
    .createSourceFile('script.js', code, ts.ScriptTarget.Latest)
    .statements.flatMap((statement) =>
      ts.isVariableStatement(statement) ? statement.declarationList.declarations : []
    )
  return variables.toReversed().reduce((changed, { name, initializer }) => {
    if (initializer === undefined || !ts.isIdentifier(name) || !isDoubtful(initializer)) return changed
    const { pos, end } = initializer
    return `${changed.slice(0, pos)} /* @__PURE__ */ (() => (${changed.slice(pos, end)}))()${changed.slice(end)}`
  }, code)
}

/** The root stays a list of the other entries: as objects in chunks its namespaces would hold on to all that there is. */
const listing = {
  name: 'listing',
  setup: ({ onResolve }) => {
    onResolve({ filter: /^\.\/\w+\/index\.ts$/ }, ({ importer, path }) =>
      importer === join(root, 'lib/index.ts')
        ? { path: path.replace(/ts$/, 'js'), external: true, sideEffects: false }
        : undefined
    )
  }
}

const { outputFiles } = await build({
  plugins: [listing],
  write: false,
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
outputFiles.forEach(({ path, text }) => {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, marked(text))
})
