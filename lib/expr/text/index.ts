/**
 * The text form of programs.
 *
 * @since 0.1.0
 */
export { hash } from './hash.ts'
export { parse } from './parse.ts'
export { print } from './print.ts'
