/**
 * The JavaScript of the package: into an empty dist, the modules that package.json exports, as lists of names; what is behind
 * them in as few files as there can be. A process that imports a few files starts sooner than one that imports hundreds.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import ts from 'typescript'

const root = fileURLToPath(new URL('..', import.meta.url))
const { exports } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
/** The folders of lib that are exported, with the root as the empty name. */
const folders = Object.values(exports).flatMap((target) =>
  target?.default === undefined ? [] : [target.default.replace(/^\.\/dist\/|\/?index\.js$/g, '')]
)

/** Those that load more than the rest needs: a parser of CSV, modules of Node. */
const apart = folders.filter((folder) => /^data/.test(folder))
const together = folders.filter((folder) => folder !== '' && !apart.includes(folder))

/** Small pure libraries are bundled: they are a dozen more files, most of them CommonJS. Of fp-ts, the modules a bundler can take apart. */
const functional = {
  name: 'functional',
  setup: ({ onResolve }) => {
    onResolve({ filter: /^fp-ts\/lib\// }, ({ path }) => ({
      path: join(root, 'node_modules', path.replace('/lib/', '/es6/')),
      sideEffects: false
    }))
  }
}

const bundle = (options) =>
  build({
    plugins: [functional],
    write: false,
    metafile: true,
    absWorkingDir: root,
    outbase: 'lib',
    outdir: 'dist',
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2023',
    external: ['csv-parse', 'node:*'],
    mainFields: ['module', 'main'],
    legalComments: 'none',
    minifyWhitespace: true,
    lineLimit: 160,
    tsconfig: 'tsconfig.build.json',
    logLevel: 'warning',
    ...options
  })

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

/** The variable that a statement completes, as `Object.defineProperty(variable.prototype, …)` does. */
const completed = (statement) => {
  const { expression } = statement
  if (!ts.isExpressionStatement(statement) || !ts.isCallExpression(expression)) return undefined
  const [first] = expression.arguments
  const owner = first !== undefined && ts.isPropertyAccessExpression(first) ? first.expression : first
  return owner !== undefined && ts.isIdentifier(owner) ? owner.text : undefined
}

/**
 * Marks what a script computes for its variables as pure. The package says of all of its modules that they have no side effects;
 * bundlers know it of a module that nobody imports, and have to be told of the parts of a file.
 */
const marked = (code) => {
  const { statements } = ts.createSourceFile('script.js', code, ts.ScriptTarget.Latest)
  const completing = statements.filter((statement) => completed(statement) !== undefined)
  const edits = statements
    .flatMap((statement) => (ts.isVariableStatement(statement) ? statement.declarationList.declarations : []))
    .flatMap(({ name, initializer }) => {
      if (initializer === undefined || !ts.isIdentifier(name)) return []
      const { pos, end } = initializer
      const value = code.slice(pos, end)
      const own = completing.filter((statement) => completed(statement) === name.text)
      if (own.length > 0) {
        const whole = own.map((statement) => code.slice(statement.pos, statement.end)).join('')
        return [
          { pos, end, text: `/* @__PURE__ */(()=>{var ${name.text}=${value};${whole}return ${name.text}})()` },
          ...own.map((statement) => ({ pos: statement.pos, end: statement.end, text: '' }))
        ]
      }
      return isDoubtful(initializer) ? [{ pos, end, text: `/* @__PURE__ */(()=>(${value}))()` }] : []
    })
  return edits
    .toSorted((a, b) => b.pos - a.pos)
    .reduce((changed, { pos, end, text }) => `${changed.slice(0, pos)}${text}${changed.slice(end)}`, code)
}

const write = (path, text) => {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}

/** What a name of a folder is called among those of all folders. */
const qualified = (folder, name) => `${folder}_${name}`

/** The names that each folder exports. */
const { metafile } = await bundle({ entryPoints: together.map((folder) => `lib/${folder}/index.ts`) })
const names = new Map(together.map((folder) => [folder, metafile.outputs[`dist/${folder}/index.js`].exports]))

/** Lists of names, from a module that has them all. */
const listed =
  (rename) =>
  ([folder, exported], from) =>
    `export { ${exported.map((name) => rename(folder, name)).join(', ')} } from '${from(folder)}'\n`
const gathered = listed((folder, name) => `${name} as ${qualified(folder, name)}`)
const handedOn = listed((folder, name) => `${qualified(folder, name)} as ${name}`)

/** The module that has all names of all folders. */
const everything = {
  name: 'everything',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^everything$/ }, () => ({ path: join(root, 'lib/everything.js') }))
    onLoad({ filter: /everything\.js$/ }, () => ({
      contents: [...names].map((entry) => gathered(entry, (folder) => `./${folder}/index.ts`)).join(''),
      resolveDir: join(root, 'lib')
    }))
  }
}

const {
  outputFiles,
  metafile: { inputs }
} = await bundle({
  plugins: [functional, everything],
  entryPoints: [
    { in: 'everything', out: 'gradfold' },
    ...apart.map((folder) => ({ in: `lib/${folder}/index.ts`, out: `${folder}/index` }))
  ]
})

rmSync(join(root, 'dist'), { recursive: true, force: true })
outputFiles.forEach(({ path, text }) => write(path, marked(text)))
names.forEach((exported, folder) =>
  write(
    join(root, `dist/${folder}/index.js`),
    handedOn([folder, exported], () => posix.relative(`dist/${folder}`, 'dist/gradfold.js'))
  )
)
/** The packages of which something is bundled, by the folders they are in. */
const libraries = new Set(
  Object.keys(inputs).flatMap((path) => /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? [])
)
write(
  join(root, 'dist/THIRD-PARTY-LICENSES.txt'),
  [...libraries]
    .map((name) => {
      const { version } = JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8'))
      return `${name} ${version}\n\n${readFileSync(join(root, 'node_modules', name, 'LICENSE'), 'utf8').trim()}\n`
    })
    .join(`\n${'-'.repeat(80)}\n\n`)
)
// the root stays a list of the others: as objects in one file its namespaces would hold on to all that there is
write(
  join(root, 'dist/index.js'),
  ts.transpileModule(readFileSync(join(root, 'lib/index.ts'), 'utf8').replaceAll(/\/index\.ts'/g, "/index.js'"), {
    compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2023, removeComments: true }
  }).outputText
)
