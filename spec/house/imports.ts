/**
 * What the files of the library import, read from their syntax.
 */
import { readFileSync, readdirSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

export const root = fileURLToPath(new URL('../..', import.meta.url))

export interface Import {
  /** relative to the repository where it is a file of it, else as it is written */
  readonly target: string
  /** whether it is gone at run time */
  readonly typeOnly: boolean
}

export interface LibraryFile {
  readonly path: string
  readonly lines: number
  readonly imports: readonly Import[]
  readonly source: ts.SourceFile
}

const isTypeOnly = (statement: ts.ImportDeclaration | ts.ExportDeclaration): boolean => {
  if (ts.isExportDeclaration(statement)) {
    const { exportClause, isTypeOnly: whole } = statement
    return (
      whole ||
      (exportClause !== undefined &&
        ts.isNamedExports(exportClause) &&
        exportClause.elements.every((element) => element.isTypeOnly))
    )
  }
  const clause = statement.importClause
  if (clause === undefined) return false
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true
  const { name, namedBindings } = clause
  return (
    name === undefined &&
    namedBindings !== undefined &&
    ts.isNamedImports(namedBindings) &&
    namedBindings.elements.every((element) => element.isTypeOnly)
  )
}

/** The modules named anywhere in a file: in imports and exports, in import types, in dynamic imports. */
const importsIn = (node: ts.Node, path: string): readonly Import[] => {
  const targetOf = (literal: ts.StringLiteralLike): string =>
    literal.text.startsWith('.') ? join(dirname(path), literal.text).replaceAll('\\', '/') : literal.text
  const own = (): readonly Import[] => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) {
      const { moduleSpecifier } = node
      return moduleSpecifier !== undefined && ts.isStringLiteralLike(moduleSpecifier)
        ? [{ target: targetOf(moduleSpecifier), typeOnly: isTypeOnly(node) }]
        : []
    }
    if (ts.isImportTypeNode(node)) {
      const { argument } = node
      return ts.isLiteralTypeNode(argument) && ts.isStringLiteral(argument.literal)
        ? [{ target: targetOf(argument.literal), typeOnly: true }]
        : []
    }
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [argument] = node.arguments
      return argument !== undefined && ts.isStringLiteralLike(argument)
        ? [{ target: targetOf(argument), typeOnly: false }]
        : []
    }
    return []
  }
  const below: Import[] = []
  ts.forEachChild(node, (child) => {
    below.push(...importsIn(child, path))
  })
  return [...own(), ...below]
}

/** A file of the library that has a text. */
export const fileOf = (path: string, text: string): LibraryFile => {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, false)
  return { path, source, lines: text.trimEnd().split('\n').length, imports: importsIn(source, path) }
}

/** Every file of the library, in order. */
export const library: readonly LibraryFile[] = readdirSync(join(root, 'lib'), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
  .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
  .toSorted()
  .map((path) => fileOf(path, readFileSync(join(root, path), 'utf8')))

/** The folder of the house that a file is in; undefined for the root index. */
export const folderOf = (path: string): string | undefined => /^lib\/([^/]+)\//.exec(path)?.[1]

export type Graph = ReadonlyMap<string, readonly string[]>

/** A cycle of a graph, its nodes in order, if there is one. */
export const cycleOf = (graph: Graph): readonly string[] | undefined => {
  const done = new Set<string>()
  const visit = (node: string, path: readonly string[]): readonly string[] | undefined => {
    const at = path.indexOf(node)
    if (at >= 0) return [...path.slice(at), node]
    if (done.has(node)) return undefined
    for (const next of graph.get(node) ?? []) {
      const found = visit(next, [...path, node])
      if (found !== undefined) return found
    }
    done.add(node)
    return undefined
  }
  for (const node of graph.keys()) {
    const found = visit(node, [])
    if (found !== undefined) return found
  }
  return undefined
}
