/**
 * What the comments of an example claim.
 *
 * A comment at the end of a statement, or the comment lines directly below it, claims something of the statement's value:
 * of the constant it defines, or of the expression it is.
 *
 * - A value, `// [[2, 4], [6, 8]]`: literals, lists, records, `right(…)`, `left(…)`, `some(…)`, `none`, and names and calls
 *   of names of the example. Tensors and closed expressions are compared as nested lists. The numbers are exact; after
 *   `≈`, as in `// ≈ 0.6931`, they are right in the decimals that are written.
 * - A type, `// Tensor<[2, 2], 'f32'>` or `// { x: number }`: the type is this one, neither more nor less.
 * - After `console.log(a, b)`, the values `// 9, 6`, or else the printed text as it is.
 *
 * Anything else is prose; prose does not begin as a value does (a digit, sign, quote or bracket), so that no claim goes
 * unchecked for a slip of the pen.
 */
import ts from 'typescript'

export type Claim =
  | { readonly tag: 'value'; readonly code: string; readonly names: readonly string[] }
  | { readonly tag: 'type'; readonly code: string; readonly names: readonly string[] }
  | { readonly tag: 'prose' }
  | { readonly tag: 'unreadable'; readonly text: string }

// the names that claim.ts lends to comments

const constructors: ReadonlySet<string> = new Set(['right', 'left', 'some', 'none'])
const types: ReadonlySet<string> = new Set([
  'DataErrors',
  'Dataset',
  'Either',
  'Expr',
  'Network',
  'Option',
  'Program',
  'TaskEither',
  'Tensor',
  'TypedSlot'
])
const constants: ReadonlySet<string> = new Set(['undefined', 'NaN', 'Infinity'])

/** The names in a tree of syntax that `wanted` has. */
const namesIn = (node: ts.Node, wanted: ReadonlySet<string>): readonly string[] => {
  const own = ts.isIdentifier(node) && wanted.has(node.text) ? [node.text] : []
  return [...new Set([...own, ...childrenOf(node).flatMap((child) => namesIn(child, wanted))])]
}

export const childrenOf = (node: ts.Node): readonly ts.Node[] => {
  const children: ts.Node[] = []
  ts.forEachChild(node, (child) => {
    children.push(child)
  })
  return children
}

/** Whether an expression is a value in the sense above, given the names of the example. */
const isValue = (node: ts.Expression, scope: ReadonlySet<string>): boolean => {
  const ok = (inner: ts.Expression): boolean => isValue(inner, scope)
  if (ts.isNumericLiteral(node) || ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return true
  if ([ts.SyntaxKind.TrueKeyword, ts.SyntaxKind.FalseKeyword, ts.SyntaxKind.NullKeyword].includes(node.kind))
    return true
  if (ts.isIdentifier(node)) return scope.has(node.text) || constructors.has(node.text) || constants.has(node.text)
  if (ts.isPrefixUnaryExpression(node)) return node.operator === ts.SyntaxKind.MinusToken && ok(node.operand)
  if (ts.isArrayLiteralExpression(node)) return node.elements.every(ok)
  if (ts.isCallExpression(node)) return ok(node.expression) && node.arguments.every(ok)
  if (ts.isPropertyAccessExpression(node)) return ok(node.expression)
  if (ts.isObjectLiteralExpression(node)) {
    return node.properties.every((property) => ts.isPropertyAssignment(property) && ok(property.initializer))
  }
  return false
}

const literals = (node: ts.Node): readonly ts.NumericLiteral[] =>
  ts.isNumericLiteral(node) ? [node] : childrenOf(node).flatMap(literals)

/** The text of an expression with every number that has to agree in its decimals only marked so. */
const approximately = (file: ts.SourceFile, expression: ts.Expression): string =>
  literals(expression).reduceRight((code, literal) => {
    const text = literal.getText(file)
    const decimals = text.split('.')[1]?.length ?? 0
    return `${code.slice(0, literal.getStart(file))}$near(${text}, ${decimals})${code.slice(literal.end)}`
  }, file.text)

/** The one statement that a text is, if the parser had nothing to recover from. */
const parsed = (code: string): { readonly file: ts.SourceFile; readonly statement?: ts.Statement } => {
  const file = ts.createSourceFile('comment.ts', code, ts.ScriptTarget.Latest, true)
  const [statement, ...others] = file.statements
  // the errors of the parser are not in the public type
  const { parseDiagnostics } = file as unknown as { readonly parseDiagnostics: readonly unknown[] }
  return statement !== undefined && others.length === 0 && parseDiagnostics.length === 0
    ? { file, statement }
    : { file }
}

const valueClaim = (text: string, scope: ReadonlySet<string>, list: boolean): Claim | undefined => {
  const about = text.startsWith('≈')
  const body = about ? text.slice(1).trim() : text
  const { file, statement } = parsed(list ? `[${body}]` : `(${body})`)
  if (statement === undefined || !ts.isExpressionStatement(statement)) return undefined
  const { expression } = statement
  return isValue(ts.isParenthesizedExpression(expression) ? expression.expression : expression, scope)
    ? {
        tag: 'value',
        code: about ? approximately(file, expression) : file.text,
        names: namesIn(expression, constructors).filter((name) => !scope.has(name))
      }
    : undefined
}

/** The names of the types in a type. */
const referred = (node: ts.Node): readonly string[] => [
  ...(ts.isTypeReferenceNode(node) ? [node.typeName.getText().split('.')[0] ?? ''] : []),
  ...childrenOf(node).flatMap(referred)
]

const typeClaim = (text: string, scope: ReadonlySet<string>): Claim | undefined => {
  const { statement } = parsed(`type Claimed = ${text}`)
  if (statement === undefined || !ts.isTypeAliasDeclaration(statement)) return undefined
  const { type } = statement
  const names = [...new Set(referred(type))]
  // a name alone is a word of prose
  const isName = ts.isTypeReferenceNode(type) && type.typeArguments === undefined
  return isName || names.some((name) => !types.has(name) && !scope.has(name))
    ? undefined
    : {
        tag: 'type',
        code: text,
        names: names.flatMap((name) => (scope.has(name) ? [] : [`type ${name}`]))
      }
}

/** What the text of a comment claims. A list of values, as after `console.log`, is one value: a list. */
export const claimOf = (text: string, scope: ReadonlySet<string>, list = false): Claim =>
  valueClaim(text, scope, list) ??
  typeClaim(text, scope) ??
  (/^[-−≈\d'"`[{(]|^(right|left|some|none)\(/.test(text) ? { tag: 'unreadable', text } : { tag: 'prose' })
