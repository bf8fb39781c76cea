/**
 * The factors of a named product: `'batch*time*64'` is `batch`, `time` and `64`, in any order.
 *
 * @since 0.1.0
 */

/** The factors in the order of writing. */
type Factors<A extends string, Out extends readonly string[] = []> = A extends `${infer H}*${infer T}`
  ? Factors<T, [...Out, H]>
  : [...Out, A]

/**
 * The list A less the members of B; `never` where B has one that A lacks.
 *
 * @internal
 */
export type Cancel<A extends readonly string[], B extends readonly string[]> = B extends readonly [
  infer H extends string,
  ...infer T extends readonly string[]
]
  ? Without<A, H> extends infer Rest extends readonly string[]
    ? [Rest] extends [never]
      ? never
      : Cancel<Rest, T>
    : never
  : A
type Without<A extends readonly string[], X extends string, Kept extends readonly string[] = []> = A extends readonly [
  infer H extends string,
  ...infer T extends readonly string[]
]
  ? H extends X
    ? [...Kept, ...T]
    : Without<T, X, [...Kept, H]>
  : never

/**
 * Whether two named products have the same factors; false for what is no product.
 *
 * @internal
 */
export type SameFactors<A, B> = A extends `${string}*${string}`
  ? B extends `${string}*${string}`
    ? Cancel<Factors<A>, Factors<B>> extends infer Rest
      ? [Rest] extends [never]
        ? false
        : Rest extends readonly []
          ? true
          : false
      : never
    : false
  : false

/**
 * The run-time twin of `Factors`.
 *
 * @internal
 */
export const factors = (name: string): readonly string[] => name.split('*')

/**
 * The run-time twin of `Cancel`; `undefined` where `taken` has a member that `names` lacks.
 *
 * @internal
 */
export const cancel = (names: readonly string[], taken: readonly string[]): readonly string[] | undefined =>
  taken.reduce<readonly string[] | undefined>((rest, name) => {
    const at = rest === undefined ? -1 : rest.indexOf(name)
    return rest === undefined || at < 0 ? undefined : [...rest.slice(0, at), ...rest.slice(at + 1)]
  }, names)

/**
 * The run-time twin of `SameFactors`.
 *
 * @internal
 */
export const sameFactors = (a: string, b: string): boolean =>
  a.includes('*') && b.includes('*') && cancel(factors(a), factors(b))?.length === 0
