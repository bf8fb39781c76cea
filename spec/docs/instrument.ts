/**
 * From an example to a module that checks itself: the example's own text, line by line, and what its comments claim.
 */
import ts from 'typescript'
import { childrenOf, claimOf, type Claim } from './comment.ts'
import type { Example } from './example.ts'

export interface Instrumented {
  readonly code: string
  /** how many claims are checked */
  readonly claims: number
  /** comments that look like claims and are none, with their lines in the example, from 0 */
  readonly unreadable: readonly { readonly line: number; readonly text: string }[]
}

/** A text that takes the place of a part of the example. */
interface Edit {
  readonly from: number
  readonly to: number
  readonly text: string
}

interface Checked {
  readonly edits: readonly Edit[]
  readonly names: readonly string[]
}

const nothing: Checked = { edits: [], names: [] }

// the names of an example

const declared = (node: ts.Node): readonly string[] => {
  const own =
    (ts.isImportSpecifier(node) ||
      ts.isNamespaceImport(node) ||
      ts.isVariableDeclaration(node) ||
      ts.isBindingElement(node) ||
      ts.isFunctionDeclaration(node) ||
      ts.isTypeAliasDeclaration(node)) &&
    node.name !== undefined &&
    ts.isIdentifier(node.name)
      ? [node.name.text]
      : []
  return [...own, ...childrenOf(node).flatMap(declared)]
}

// comments

/** The comment that belongs to a statement: at its end, or else the lines of comment directly below it. */
const commentOf = (file: ts.SourceFile, statement: ts.Statement): { readonly text: string; readonly line: number } => {
  const { text } = file
  const { line } = file.getLineAndCharacterOfPosition(statement.end)
  const lines = text.split('\n')
  const rest = text.slice(statement.end).split('\n')[0] ?? ''
  const trailing = /^;?\s*\/\/ ?(.*)$/.exec(rest)?.[1]
  if (trailing !== undefined) return { text: trailing.trim(), line }
  const below = lines.slice(line + 1)
  const end = below.findIndex((candidate) => !candidate.startsWith('//'))
  const comments = end < 0 ? below : below.slice(0, end)
  return { text: comments.map((comment) => comment.replace(/^\/\/ ?/, '')).join('\n'), line: line + 1 }
}

// statements

/** The arguments of `console.log(…)`. */
const loggedBy = (statement: ts.Statement): ts.NodeArray<ts.Expression> | undefined =>
  ts.isExpressionStatement(statement) &&
  ts.isCallExpression(statement.expression) &&
  statement.expression.expression.getText() === 'console.log'
    ? statement.expression.arguments
    : undefined

/** The one name that a statement defines. */
const definedBy = (statement: ts.Statement): ts.Identifier | undefined => {
  if (ts.isTypeAliasDeclaration(statement)) return statement.name
  if (!ts.isVariableStatement(statement)) return undefined
  const [only, ...others] = statement.declarationList.declarations
  return only !== undefined && others.length === 0 && ts.isIdentifier(only.name) ? only.name : undefined
}

const checksOf = (file: ts.SourceFile, statement: ts.Statement, claim: Claim, text: string): Checked => {
  const start = statement.getStart(file)
  const insert = (at: number, code: string): Edit => ({ from: at, to: at, text: code })
  const logged = loggedBy(statement)
  if (logged !== undefined) {
    if (claim.tag === 'unreadable' || claim.tag === 'type') return nothing
    const breaks = file.text.slice(logged.end, statement.end).replaceAll(/[^\n]/g, '')
    const [check, expected] = claim.tag === 'value' ? ['$claim', claim.code] : ['$printed', JSON.stringify(text)]
    return {
      edits: [
        { from: start, to: logged.pos, text: `${check}([` },
        { from: logged.end, to: statement.end, text: `], ${expected})${breaks}` }
      ],
      names: claim.tag === 'value' ? claim.names : []
    }
  }
  if (claim.tag !== 'value' && claim.tag !== 'type') return nothing
  const expression = ts.isExpressionStatement(statement) ? `$value${start}` : undefined
  const name = expression ?? definedBy(statement)?.text
  const isType = ts.isTypeAliasDeclaration(statement)
  if (name === undefined || (isType && claim.tag === 'value')) return nothing
  const check =
    claim.tag === 'value'
      ? `;$claim(${name}, ${claim.code});`
      : `;const $type${start}: $Same<${isType ? name : `typeof ${name}`}, ${claim.code}> = true;`
  return {
    edits: [
      ...(expression === undefined ? [] : [insert(start, `const ${expression} = `)]),
      insert(statement.end, check)
    ],
    names: claim.names
  }
}

/** An example as a module that checks what its comments claim; a line of the example is the next line of the module. */
export const instrument = ({ code, file: source, line, symbol, treatment }: Example, helpers: string): Instrumented => {
  const file = ts.createSourceFile('example.ts', code, ts.ScriptTarget.Latest, true)
  const scope = new Set(declared(file))
  const checks = file.statements
    .filter((statement) => !ts.isImportDeclaration(statement))
    .flatMap((statement) => {
      const comment = commentOf(file, statement)
      if (comment.text === '' || treatment === 'refuse') return []
      const log = loggedBy(statement) !== undefined
      const claim = claimOf(comment.text, scope, log)
      const checked = checksOf(file, statement, claim, comment.text)
      const idle = checked.edits.length === 0 && claim.tag !== 'prose'
      return [{ checked, unreadable: idle ? [{ line: comment.line, text: comment.text }] : [] }]
    })
  const edits = checks.flatMap(({ checked }) => checked.edits).toSorted((a, b) => b.from - a.from)
  const body = edits.reduce((text, { from, to, text: added }) => text.slice(0, from) + added + text.slice(to), code)
  const names = [...new Set(checks.flatMap(({ checked }) => checked.names))]
  const imports = ['claim as $claim', 'near as $near', 'printed as $printed', 'type Same as $Same', ...names]
  return {
    code: `/* ${source}:${line} ${symbol} */ import { ${imports.join(', ')} } from '${helpers}'\n${body}\nexport {}\n`,
    claims: checks.filter(({ checked }) => checked.edits.length > 0).length,
    unreadable: checks.flatMap(({ unreadable }) => unreadable)
  }
}
