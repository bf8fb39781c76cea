/**
 * What the package exports, and the docstrings that it has.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { root } from './generate.ts'

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  readonly exports: Readonly<Record<string, unknown>>
}

export interface PublicName {
  /** where it is declared, as `lib/x.ts:1` */
  readonly place: string
  readonly module: string
  readonly name: string
  /** whether it can be called; types and data cannot */
  readonly isFunction: boolean
  readonly text: string
  /** the tags of its docstring, with their texts */
  readonly tags: ReadonlyMap<string, string>
}

/** The modules that can be imported (the root has namespaces of them only), and the one that `Tree` of gradfold/tensor is. */
const modules = [
  ...Object.keys(manifest.exports)
    .flatMap((name) => (name === '.' ? [] : [`lib/${name.slice(2)}/index.ts`]))
    .filter((file) => existsSync(join(root, file))),
  'lib/tensor/tree-operations.ts'
]

const textOf = (comment: string | ts.NodeArray<ts.JSDocComment> | undefined): string =>
  ts.getTextOfJSDocComment(comment)?.trim() ?? ''

/** Where docstrings of a declaration are: on the statement of a constant. */
const documented = (declaration: ts.Declaration): ts.Node =>
  ts.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration

const describe = (module: string, symbol: ts.Symbol, checker: ts.TypeChecker): PublicName => {
  const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol
  const declarations = target.declarations ?? []
  const docs = declarations.flatMap((declaration) => ts.getJSDocCommentsAndTags(documented(declaration)))
  const blocks = docs.filter((doc) => ts.isJSDoc(doc))
  const [first] = declarations
  const file = first?.getSourceFile()
  const line = first === undefined ? 0 : (file?.getLineAndCharacterOfPosition(first.getStart()).line ?? 0) + 1
  return {
    place: `${file === undefined ? module : file.fileName.slice(root.length)}:${line}`,
    module,
    name: symbol.name,
    isFunction:
      (target.flags & ts.SymbolFlags.Value) !== 0 && checker.getTypeOfSymbol(target).getCallSignatures().length > 0,
    text: blocks
      .map(({ comment }) => textOf(comment))
      .join('\n')
      .trim(),
    tags: new Map(
      blocks.flatMap(({ tags }) => [...(tags ?? [])].map((tag) => [tag.tagName.text, textOf(tag.comment)] as const))
    )
  }
}

/** The exports of a module; a namespace among them stands for its own. */
const exportsOf = (module: ts.Symbol, checker: ts.TypeChecker): readonly ts.Symbol[] =>
  checker.getExportsOfModule(module).flatMap((symbol) => {
    const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol
    return target.flags & ts.SymbolFlags.ValueModule ? exportsOf(target, checker) : [symbol]
  })

/** Every name that a module of the package exports. */
export const publicNames = (): readonly PublicName[] => {
  const program = ts.createProgram(
    modules.map((file) => join(root, file)),
    {
      target: ts.ScriptTarget.ES2023,
      module: ts.ModuleKind.NodeNext,
      allowImportingTsExtensions: true,
      // names and docstrings need neither the libraries nor their types
      noLib: true,
      types: [],
      noEmit: true
    }
  )
  const checker = program.getTypeChecker()
  return modules.flatMap((module) => {
    const source = program.getSourceFile(join(root, module))
    const symbol = source === undefined ? undefined : checker.getSymbolAtLocation(source)
    return symbol === undefined ? [] : exportsOf(symbol, checker).map((exported) => describe(module, exported, checker))
  })
}
