/**
 * Exact integer arithmetic on number literals: one decimal digit a step, by table.
 *
 * Operands are whole numbers, 0 ≤ n ≤ 2^53 − 1, written as literals; guards against other operands (unknown, negative,
 * fractional) are in `dimension.ts`. A result beyond 2^53 − 1 is `number`: not known, never wrong. Inside, strings of digits are little-endian
 * (lowest digit first) where a carry travels, and big-endian (as written) elsewhere. Every recursion consumes a string or
 * is bounded by a digit, so that it ends on generic arguments too.
 *
 * @since 0.1.0
 */

// operations

/**
 * A + B.
 *
 * @category arithmetic
 * @since 0.1.0
 */
export type AddN<A extends number, B extends number> = ToNumber<AddDigits<Reversed<`${A}`>, Reversed<`${B}`>, '0', ''>>

/**
 * A − B, and −1 where A < B.
 *
 * @category arithmetic
 * @since 0.1.0
 */
export type SubN<A extends number, B extends number> = B extends 0
  ? A
  : SubDigits<Reversed<`${A}`>, Reversed<`${B}`>, '0', ''> extends infer S extends string
    ? S extends 'negative'
      ? -1
      : ToNumber<Trimmed<S>>
    : never

/**
 * A · B.
 *
 * @category arithmetic
 * @since 0.1.0
 */
export type MulN<A extends number, B extends number> = A extends 0
  ? 0
  : B extends 0
    ? 0
    : A extends 1
      ? B
      : B extends 1
        ? A
        : ToNumber<Reversed<MulDigits<Reversed<`${A}`>, `${B}`, ''>>>

/**
 * ⌊A / B⌋; `never` where B is 0.
 *
 * @category arithmetic
 * @since 0.1.0
 */
export type DivN<A extends number, B extends number> = B extends 0
  ? never
  : B extends 1
    ? A
    : B extends 2
      ? ToNumber<Trimmed<Half<`${A}`, '0', ''>>>
      : B extends 4
        ? DivN<DivN<A, 2>, 2>
        : B extends 8
          ? DivN<DivN<A, 4>, 2>
          : B extends 16
            ? DivN<DivN<A, 4>, 4>
            : B extends 32
              ? DivN<DivN<A, 8>, 4>
              : DivMod<A, B>[0]

/**
 * A − B · ⌊A / B⌋; `never` where B is 0.
 *
 * @category arithmetic
 * @since 0.1.0
 */
export type ModN<A extends number, B extends number> = B extends 0 ? never : B extends 1 ? 0 : DivMod<A, B>[1]

// digit strings

type Digit = '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9'
type Bit = '0' | '1'
/** A number literal from its digits; `number` where the digits are no exact double. */
type ToNumber<S extends string> = S extends `${infer N extends number}` ? N : never
type Reversed<S extends string, Out extends string = ''> = S extends `${infer H}${infer T}`
  ? Reversed<T, `${H}${Out}`>
  : Out
type Trimmed<S extends string> = S extends `0${infer R}` ? (R extends '' ? '0' : Trimmed<R>) : S

/** little-endian + little-endian gives big-endian; C is the carry. */
type AddDigits<
  A extends string,
  B extends string,
  C extends Bit,
  Out extends string
> = A extends `${infer a extends Digit}${infer ar}`
  ? B extends `${infer b extends Digit}${infer br}`
    ? AddDigits<ar, br, Carry[C][a][b], `${Sum[C][a][b]}${Out}`>
    : C extends '0'
      ? `${Reversed<A>}${Out}`
      : AddDigits<ar, '', Carry[C][a]['0'], `${Sum[C][a]['0']}${Out}`>
  : B extends ''
    ? C extends '1'
      ? `1${Out}`
      : Out
    : AddDigits<B, '', C, Out>

/** little-endian − little-endian gives big-endian with leading zeros, or 'negative'; C is the borrow. */
type SubDigits<
  A extends string,
  B extends string,
  C extends Bit,
  Out extends string
> = A extends `${infer a extends Digit}${infer ar}`
  ? B extends `${infer b extends Digit}${infer br}`
    ? SubDigits<ar, br, Borrow[C][a][b], `${Difference[C][a][b]}${Out}`>
    : C extends '0'
      ? `${Reversed<A>}${Out}`
      : SubDigits<ar, '', Borrow[C][a]['0'], `${Difference[C][a]['0']}${Out}`>
  : B extends ''
    ? C extends '1'
      ? 'negative'
      : Out
    : 'negative'

/** little-endian · digit gives little-endian; C is the carry, which is at most 8, so the tens of a product never overflow. */
type MulDigit<
  A extends string,
  B extends Digit,
  C extends Digit,
  Out extends string
> = A extends `${infer a extends Digit}${infer ar}`
  ? Products[a][B] extends `${infer tens extends Digit}${infer ones extends Digit}`
    ? MulDigit<ar, B, Carry['0'][ones][C] extends '1' ? Next[tens] : tens, `${Out}${Sum['0'][ones][C]}`>
    : never
  : C extends '0'
    ? Out
    : `${Out}${C}`

/** little-endian · big-endian gives little-endian, by Horner's rule over the digits of B. */
type MulDigits<A extends string, B extends string, Acc extends string> = B extends `${infer b extends Digit}${infer br}`
  ? MulDigits<
      A,
      br,
      b extends '0'
        ? Acc extends ''
          ? ''
          : `0${Acc}`
        : Acc extends ''
          ? MulDigit<A, b, '0', ''>
          : Reversed<AddDigits<MulDigit<A, b, '0', ''>, `0${Acc}`, '0', ''>>
    >
  : Acc

/** Halves a big-endian string; R is the remainder so far. */
type Half<A extends string, R extends Bit, Out extends string> = A extends `${infer a extends Digit}${infer ar}`
  ? Half<ar, HalfRemainder[a], `${Out}${HalfQuotient[R][a]}`>
  : Out

/** How often B goes into R (both little-endian), at most 9 times, and what is left; the bound ends it on generic arguments. */
type DigitQuotient<R extends string, B extends string, Q extends Digit> = Q extends '9'
  ? ['9', R]
  : SubDigits<R, B, '0', ''> extends infer S extends string
    ? S extends 'negative'
      ? [Q, R]
      : DigitQuotient<Reversed<Trimmed<S>>, B, Next[Q]>
    : never

/** Long division, a digit of A a step: A big-endian, B and the remainder R little-endian. */
type DivDigits<
  A extends string,
  B extends string,
  R extends string,
  Out extends string
> = A extends `${infer a extends Digit}${infer ar}`
  ? DigitQuotient<R extends '0' ? a : `${a}${R}`, B, '0'> extends [infer q extends Digit, infer r extends string]
    ? DivDigits<ar, B, r, `${Out}${q}`>
    : never
  : [Out, R]
type DivMod<A extends number, B extends number> =
  DivDigits<`${A}`, Reversed<`${B}`>, '0', ''> extends [infer Q extends string, infer R extends string]
    ? [ToNumber<Trimmed<Q>>, ToNumber<Reversed<R>>]
    : never

// digit tables: [carry or borrow][digit of A][digit of B]; flat, because tables indexed three deep cost the compiler seconds

type Next = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '9']
type Sum = {
  '0': [
    ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
    ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0'],
    ['2', '3', '4', '5', '6', '7', '8', '9', '0', '1'],
    ['3', '4', '5', '6', '7', '8', '9', '0', '1', '2'],
    ['4', '5', '6', '7', '8', '9', '0', '1', '2', '3'],
    ['5', '6', '7', '8', '9', '0', '1', '2', '3', '4'],
    ['6', '7', '8', '9', '0', '1', '2', '3', '4', '5'],
    ['7', '8', '9', '0', '1', '2', '3', '4', '5', '6'],
    ['8', '9', '0', '1', '2', '3', '4', '5', '6', '7'],
    ['9', '0', '1', '2', '3', '4', '5', '6', '7', '8']
  ]
  '1': [
    ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0'],
    ['2', '3', '4', '5', '6', '7', '8', '9', '0', '1'],
    ['3', '4', '5', '6', '7', '8', '9', '0', '1', '2'],
    ['4', '5', '6', '7', '8', '9', '0', '1', '2', '3'],
    ['5', '6', '7', '8', '9', '0', '1', '2', '3', '4'],
    ['6', '7', '8', '9', '0', '1', '2', '3', '4', '5'],
    ['7', '8', '9', '0', '1', '2', '3', '4', '5', '6'],
    ['8', '9', '0', '1', '2', '3', '4', '5', '6', '7'],
    ['9', '0', '1', '2', '3', '4', '5', '6', '7', '8'],
    ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']
  ]
}
type Carry = {
  '0': [
    ['0', '0', '0', '0', '0', '0', '0', '0', '0', '0'],
    ['0', '0', '0', '0', '0', '0', '0', '0', '0', '1'],
    ['0', '0', '0', '0', '0', '0', '0', '0', '1', '1'],
    ['0', '0', '0', '0', '0', '0', '0', '1', '1', '1'],
    ['0', '0', '0', '0', '0', '0', '1', '1', '1', '1'],
    ['0', '0', '0', '0', '0', '1', '1', '1', '1', '1'],
    ['0', '0', '0', '0', '1', '1', '1', '1', '1', '1'],
    ['0', '0', '0', '1', '1', '1', '1', '1', '1', '1'],
    ['0', '0', '1', '1', '1', '1', '1', '1', '1', '1'],
    ['0', '1', '1', '1', '1', '1', '1', '1', '1', '1']
  ]
  '1': [
    ['0', '0', '0', '0', '0', '0', '0', '0', '0', '1'],
    ['0', '0', '0', '0', '0', '0', '0', '0', '1', '1'],
    ['0', '0', '0', '0', '0', '0', '0', '1', '1', '1'],
    ['0', '0', '0', '0', '0', '0', '1', '1', '1', '1'],
    ['0', '0', '0', '0', '0', '1', '1', '1', '1', '1'],
    ['0', '0', '0', '0', '1', '1', '1', '1', '1', '1'],
    ['0', '0', '0', '1', '1', '1', '1', '1', '1', '1'],
    ['0', '0', '1', '1', '1', '1', '1', '1', '1', '1'],
    ['0', '1', '1', '1', '1', '1', '1', '1', '1', '1'],
    ['1', '1', '1', '1', '1', '1', '1', '1', '1', '1']
  ]
}
type Difference = {
  '0': [
    ['0', '9', '8', '7', '6', '5', '4', '3', '2', '1'],
    ['1', '0', '9', '8', '7', '6', '5', '4', '3', '2'],
    ['2', '1', '0', '9', '8', '7', '6', '5', '4', '3'],
    ['3', '2', '1', '0', '9', '8', '7', '6', '5', '4'],
    ['4', '3', '2', '1', '0', '9', '8', '7', '6', '5'],
    ['5', '4', '3', '2', '1', '0', '9', '8', '7', '6'],
    ['6', '5', '4', '3', '2', '1', '0', '9', '8', '7'],
    ['7', '6', '5', '4', '3', '2', '1', '0', '9', '8'],
    ['8', '7', '6', '5', '4', '3', '2', '1', '0', '9'],
    ['9', '8', '7', '6', '5', '4', '3', '2', '1', '0']
  ]
  '1': [
    ['9', '8', '7', '6', '5', '4', '3', '2', '1', '0'],
    ['0', '9', '8', '7', '6', '5', '4', '3', '2', '1'],
    ['1', '0', '9', '8', '7', '6', '5', '4', '3', '2'],
    ['2', '1', '0', '9', '8', '7', '6', '5', '4', '3'],
    ['3', '2', '1', '0', '9', '8', '7', '6', '5', '4'],
    ['4', '3', '2', '1', '0', '9', '8', '7', '6', '5'],
    ['5', '4', '3', '2', '1', '0', '9', '8', '7', '6'],
    ['6', '5', '4', '3', '2', '1', '0', '9', '8', '7'],
    ['7', '6', '5', '4', '3', '2', '1', '0', '9', '8'],
    ['8', '7', '6', '5', '4', '3', '2', '1', '0', '9']
  ]
}
type Borrow = {
  '0': [
    ['0', '1', '1', '1', '1', '1', '1', '1', '1', '1'],
    ['0', '0', '1', '1', '1', '1', '1', '1', '1', '1'],
    ['0', '0', '0', '1', '1', '1', '1', '1', '1', '1'],
    ['0', '0', '0', '0', '1', '1', '1', '1', '1', '1'],
    ['0', '0', '0', '0', '0', '1', '1', '1', '1', '1'],
    ['0', '0', '0', '0', '0', '0', '1', '1', '1', '1'],
    ['0', '0', '0', '0', '0', '0', '0', '1', '1', '1'],
    ['0', '0', '0', '0', '0', '0', '0', '0', '1', '1'],
    ['0', '0', '0', '0', '0', '0', '0', '0', '0', '1'],
    ['0', '0', '0', '0', '0', '0', '0', '0', '0', '0']
  ]
  '1': [
    ['1', '1', '1', '1', '1', '1', '1', '1', '1', '1'],
    ['0', '1', '1', '1', '1', '1', '1', '1', '1', '1'],
    ['0', '0', '1', '1', '1', '1', '1', '1', '1', '1'],
    ['0', '0', '0', '1', '1', '1', '1', '1', '1', '1'],
    ['0', '0', '0', '0', '1', '1', '1', '1', '1', '1'],
    ['0', '0', '0', '0', '0', '1', '1', '1', '1', '1'],
    ['0', '0', '0', '0', '0', '0', '1', '1', '1', '1'],
    ['0', '0', '0', '0', '0', '0', '0', '1', '1', '1'],
    ['0', '0', '0', '0', '0', '0', '0', '0', '1', '1'],
    ['0', '0', '0', '0', '0', '0', '0', '0', '0', '1']
  ]
}
type Products = [
  ['00', '00', '00', '00', '00', '00', '00', '00', '00', '00'],
  ['00', '01', '02', '03', '04', '05', '06', '07', '08', '09'],
  ['00', '02', '04', '06', '08', '10', '12', '14', '16', '18'],
  ['00', '03', '06', '09', '12', '15', '18', '21', '24', '27'],
  ['00', '04', '08', '12', '16', '20', '24', '28', '32', '36'],
  ['00', '05', '10', '15', '20', '25', '30', '35', '40', '45'],
  ['00', '06', '12', '18', '24', '30', '36', '42', '48', '54'],
  ['00', '07', '14', '21', '28', '35', '42', '49', '56', '63'],
  ['00', '08', '16', '24', '32', '40', '48', '56', '64', '72'],
  ['00', '09', '18', '27', '36', '45', '54', '63', '72', '81']
]
type HalfQuotient = {
  '0': ['0', '0', '1', '1', '2', '2', '3', '3', '4', '4']
  '1': ['5', '5', '6', '6', '7', '7', '8', '8', '9', '9']
}
type HalfRemainder = ['0', '1', '0', '1', '0', '1', '0', '1', '0', '1']
