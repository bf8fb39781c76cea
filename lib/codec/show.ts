/**
 * What came, in a sentence.
 *
 * @since 0.1.0
 */

/** How many items of a list and fields of a record are written out, and how many levels of them. */
const widest = 6
const deepest = 2
/** How many characters of a text are written out. */
const longest = 60

/**
 * A word with its article.
 *
 * @internal
 */
export const withArticle = (word: string): string => `${/^[aeiou]/i.test(word) ? 'an' : 'a'} ${word}`

/**
 * Whether a value is a record: an object literal, or one without prototype, of any realm; no list, no instance of a class.
 *
 * @internal
 */
export const isRecord = (u: unknown): u is Readonly<Record<string, unknown>> => {
  if (typeof u !== 'object' || u === null || Array.isArray(u)) return false
  const prototype: unknown = Object.getPrototypeOf(u)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}

/**
 * A value as one would write it, for the end of a sentence: `'relu'`, `-0`, `[1, 2]`, `{ tag: 'adam' }`, `a function`;
 * `nothing` for undefined. What is long is cut, and says how much more there is.
 *
 * @example
 * import { showValue } from 'gradfold/codec'
 * showValue({ tag: 'dense', units: -0 }) // "{ tag: 'dense', units: -0 }"
 * showValue(undefined) // 'nothing'
 * @category sentences
 * @since 0.1.0
 */
export const showValue = (u: unknown): string => written(u, deepest)

const written = (u: unknown, depth: number): string => {
  switch (typeof u) {
    case 'undefined':
      return 'nothing'
    case 'string':
      return quoted(u)
    case 'number':
      return Object.is(u, -0) ? '-0' : `${u}`
    case 'bigint':
      return `${u}n`
    case 'boolean':
      return `${u}`
    case 'symbol':
      return u.toString()
    case 'function':
      return 'a function'
    case 'object':
      return u === null ? 'null' : writtenObject(u, depth)
  }
}

const quoted = (text: string): string => {
  const characters = Array.from(text)
  const shown = characters.length > longest ? `${characters.slice(0, longest).join('')}…` : text
  // JSON knows how to write what has no glyph
  return `'${JSON.stringify(shown).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`
}

const writtenObject = (object: object, depth: number): string => {
  if (Array.isArray(object)) {
    const list: readonly unknown[] = object
    return enclosed('[', ']', list.length, depth, (n) =>
      Array.from(list.slice(0, n), (item) => written(item, depth - 1))
    )
  }
  if (!isRecord(object)) return withArticle(className(object))
  const entries = Object.entries(object)
  return enclosed('{ ', ' }', entries.length, depth, (n) =>
    entries.slice(0, n).map(([key, value]) => `${keyText(key)}: ${written(value, depth - 1)}`)
  )
}

const enclosed = (
  open: string,
  close: string,
  count: number,
  depth: number,
  parts: (n: number) => readonly string[]
): string => {
  if (count === 0) return `${open}${close}`.replaceAll(' ', '')
  if (depth === 0) return `${open}…${close}`
  const more = count > widest ? [`… ${count - widest} more`] : []
  return `${open}${[...parts(widest), ...more].join(', ')}${close}`
}

const keyText = (key: string): string => (isIdentifier(key) ? key : quoted(key))

/**
 * Whether a key may be written without quotes.
 *
 * @internal
 */
export const isIdentifier = (key: string): boolean => /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(key)

/** The name that an instance of a class has in a sentence. */
const className = (object: object): string => {
  const { constructor: maker } = object as { readonly constructor?: unknown }
  const tag = Object.prototype.toString.call(object).slice('[object '.length, -1)
  return typeof maker === 'function' && maker.name !== '' ? maker.name : tag
}
