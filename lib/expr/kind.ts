/**
 * Which element types an operator takes: as a type, and as a check at run time, with one sentence for both.
 *
 * @since 0.1.0
 */
import { raise } from '../shape/index.ts'
import type { DType, FloatDType, Slot } from '../tensor/index.ts'

// model

/** The groups of element types that operators take. */
interface Kinds {
  readonly float: FloatDType
  readonly number: Exclude<DType, 'bool'>
  readonly integer: 'i32' | 'u32'
  readonly bits: 'i32' | 'u32' | 'bool'
  readonly bool: 'bool'
  readonly any: DType
}
export type Kind = keyof Kinds

const words = {
  float: 'f32 or f64',
  number: 'a number type',
  integer: 'i32 or u32',
  bits: 'i32, u32 or bool',
  bool: 'bool',
  any: 'any type'
} as const satisfies Readonly<Record<Kind, string>>
type Words = typeof words

const members: { readonly [K in Kind]: readonly DType[] } = {
  float: ['f32', 'f64'],
  number: ['f32', 'f64', 'i32', 'u32'],
  integer: ['i32', 'u32'],
  bits: ['i32', 'u32', 'bool'],
  bool: ['bool'],
  any: ['f32', 'f64', 'i32', 'u32', 'bool']
}

// sentences

type TakesMessage<
  What extends string,
  Wanted extends string,
  T extends string
> = `${What}: takes ${Wanted}, got ${T}; convert it first`
const takesMessage = <What extends string, Wanted extends string, T extends string>(
  what: What,
  wanted: Wanted,
  got: T
): TakesMessage<What, Wanted, T> => `${what}: takes ${wanted}, got ${got}; convert it first`

type MixMessage<
  What extends string,
  T extends string,
  U extends string
> = `${What}: ${T} and ${U} do not mix; convert one`
const mixMessage = <What extends string, T extends string, U extends string>(
  what: What,
  t: T,
  u: U
): MixMessage<What, T, U> => `${what}: ${t} and ${u} do not mix; convert one`

// types

/**
 * What a parameter also has to be, by its element type: nothing more (`unknown`), or the sentence that refuses it. It is
 * looked up by element type, `Accepts<'exp', 'float'>[T]`, so that it holds in functions generic over T too.
 */
export type Accepts<What extends string, K extends Kind> = {
  readonly [T in DType]: T extends Kinds[K] ? unknown : TakesMessage<What, Words[K], T>
}

/** A type in a box: comparing boxes is decided for generic types too, where comparing the types would be put off. */
export interface Box<X> {
  readonly content: X
}

/** The element type of values of two element types that may be the same one; never where they cannot be. */
export type MeetDType<T extends DType, U extends DType> =
  Box<T> extends Box<U> ? T : Box<U> extends Box<T> ? U : Extract<T, U>

/** The complaint that two element types cannot be the same one, or `never`. */
export type DTypeMessage<T extends DType, U extends DType, What extends string> =
  Box<T> extends Box<U>
    ? never
    : Box<U> extends Box<T>
      ? never
      : [Extract<T, U>] extends [never]
        ? MixMessage<What, T, U>
        : never

// values

/** Whether an element type is of a kind. */
export const isOfKind = (kind: Kind, dtype: DType): boolean => members[kind].includes(dtype)

/** The sentence that another kind was expected. */
export const kindMessage = (what: string, kind: Kind, got: string): string => takesMessage(what, words[kind], got)

/** Throws unless a value's element type is of the kind. */
export const checkKind = (what: string, kind: Kind, self: Slot): void => {
  if (!isOfKind(kind, self.dtype)) raise(kindMessage(what, kind, self.dtype))
}

/** Throws unless two values have one element type. */
export const checkSame = (what: string, a: Slot, b: Slot): void => {
  if (a.dtype !== b.dtype) raise(mixMessage(what, a.dtype, b.dtype))
}
