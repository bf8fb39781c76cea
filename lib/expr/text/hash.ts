/**
 * The identity of a program as 64 hexadecimal digits.
 *
 * @since 0.1.0
 */
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import type { Program } from '../program.ts'
import { print } from './print.ts'

/**
 * The SHA-256 of a program's canonical text (UTF-8), in lower-case hexadecimal.
 *
 * Programs that print the same have the same hash, in every process and on every machine.
 *
 * @param program any program
 * @returns 64 hexadecimal digits
 * @see FIPS 180-4
 * @example
 * import { hash } from 'gradfold/expr'
 * console.log(hash({ inputs: [], equations: [], outputs: [] }).length) // 64
 * @category text
 * @since 0.1.0
 */
export const hash = (program: Program): string => bytesToHex(sha256(utf8ToBytes(print(program))))
