/**
 * Where a browser finds what a module imports: browsers know addresses only, and workers take no import maps.
 */
import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, posix, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

export const root = fileURLToPath(new URL('../..', import.meta.url))

interface Manifest {
  readonly name: string
  readonly module?: string
  readonly exports?: Readonly<Record<string, unknown>>
}

// the manifest of a package is trusted to have the form that npm gives it
const manifestIn = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest

const own = manifestIn(root)

/** What a browser takes of the targets of an export. */
const targetOf = (target: unknown): string | undefined => {
  if (typeof target === 'string') return target
  if (typeof target !== 'object' || target === null) return undefined
  const found = Object.entries(target).find(([condition]) => ['browser', 'import', 'default'].includes(condition))
  return found === undefined ? undefined : targetOf(found[1])
}

/** The file of a package that has no table of exports: its modules are beside its CommonJS files, in a folder `es6`. */
const moduleOf = (manifest: Manifest, path: string): string | undefined =>
  path === '' ? manifest.module : path.replace(/^lib\//, 'es6/')

const isFile = (path: string): boolean => existsSync(path) && statSync(path).isFile()

/** The file that a path names, which may lack its ending as modules written for bundlers do. */
const completed = (path: string): string | undefined =>
  [path, `${path}.js`, join(path, 'index.js')].find((candidate) => isFile(candidate))

/** The file that a module imports by this name; undefined where a browser has none. */
const fileOf = (from: string, specifier: string): string | undefined => {
  if (specifier.startsWith('.')) return completed(join(dirname(from), specifier))
  const name = /^(@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier
  const path = specifier.slice(name.length + 1)
  const folder = name === own.name ? root : join(root, 'node_modules', name)
  if (!existsSync(folder)) return undefined
  const manifest = name === own.name ? own : manifestIn(folder)
  const file =
    manifest.exports === undefined
      ? moduleOf(manifest, path)
      : targetOf(manifest.exports[path === '' ? '.' : `./${path}`])
  return file === undefined ? undefined : completed(join(folder, file))
}

/** The address of a file of the repository. */
export const addressOf = (file: string): string => posix.join('/', relative(root, file).split(sep).join('/'))

/** What Node has and a browser does not, and what stands in for it. */
export type StandIns = Readonly<Record<string, string>>

/** The names of modules in a script, from the last to the first: in imports and exports, and in calls of `import`. */
const namesIn = (code: string): readonly ts.StringLiteralLike[] => {
  const found: ts.StringLiteralLike[] = []
  const visit = (node: ts.Node): void => {
    const name =
      ts.isImportDeclaration(node) || ts.isExportDeclaration(node)
        ? node.moduleSpecifier
        : ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword
          ? node.arguments[0]
          : undefined
    if (name !== undefined && ts.isStringLiteralLike(name)) found.push(name)
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile('script.js', code, ts.ScriptTarget.Latest, false, ts.ScriptKind.JS))
  return found.toReversed()
}

/** A module as a browser loads it: JavaScript that imports addresses. Throws where it imports what no browser has. */
export const forBrowser = (file: string, standIns: StandIns): string => {
  const source = readFileSync(file, 'utf8')
  const options = { target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.ESNext, verbatimModuleSyntax: true }
  const code = file.endsWith('.ts') ? ts.transpileModule(source, { compilerOptions: options }).outputText : source
  return namesIn(code).reduce((changed, { text, end }) => {
    const target = standIns[text] ?? fileOf(file, text)
    if (target === undefined) throw new Error(`${addressOf(file)} imports ${text}, which no browser has`)
    // the end is after the quote
    return changed.slice(0, end - 1 - text.length) + addressOf(target) + changed.slice(end - 1)
  }, code)
}
