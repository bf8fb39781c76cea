/**
 * The numerics: which bits every primitive gives. The reference engine is its definition, every other engine has to
 * give the same bytes.
 *
 * **Elementwise.** Each f32 or f64 operation is the exact result rounded once to nearest, ties to even; nothing is
 * contracted into a multiply-add, and subnormals are kept. i32 and u32 wrap modulo 2^32.
 * - `divide` of integers truncates; by 0 it gives 0, and `remainder` by 0 gives the dividend, so that
 *   `a = b · (a / b) + a % b` always holds. `remainder` has the sign of the dividend, floats included.
 * - `maximum` and `minimum` give NaN where either is NaN, and order −0 below +0.
 * - `round` takes ties to the even integer; `floor`, `ceil` and `round` keep the sign of zero. `sign` of ±0 is ±0, of
 *   NaN is NaN.
 * - A shift reads its amount as unsigned; by 32 or more `shiftLeft` gives 0 and `shiftRight` the fill: copies of the
 *   sign for i32, 0 for u32.
 * - `convert` from floats to integers truncates and saturates, NaN gives 0; between i32 and u32 it keeps the bits; to
 *   floats it rounds once; to bool anything but 0 is true, NaN included.
 * - `bitcast` from a float gives the canonical NaN (f32: 0x7fc00000) for every NaN.
 * - Comparisons are those of IEEE 754: NaN equals nothing, −0 equals +0.
 *
 * **Sums over axes** (`reduceSum`, and `reduceProduct` with 1 for 0). The reduced axes are one row-major index i.
 * There are 8 lanes, each starting at +0; element i is added to lane i mod 8, ascending. Then the lanes are added
 * pairwise: lane j with lane j + 4, then j + 2, then j + 1.
 *
 * **Contractions** (`matmul`, `convolution`, `convolutionInputGradient`). An element is the sum over k, ascending, of
 * products that are rounded before they are added, in blocks of 256 consecutive k: a block starts at +0, and its total
 * is added to the element, which starts at +0. For a convolution k counts (ky, kx, channel of the group), for its
 * gradient by the image (ky, kx, filter of the group). A tap that falls on padding, or between the strides, keeps its
 * k and is skipped. The gradient by the kernel sums (y, x) ascending, each image one block, images ascending.
 *
 * **Windows.** `windowSum` adds the taps (ky, kx) ascending from +0 and skips padding. `windowSpread` and
 * `windowScatter` start every element of the image at +0 and add the windows (y, x) that reach it, ascending.
 * `windowMax` is `maximum` over the taps, −∞ where a window sees padding only. `windowPick` and `windowScatter` choose
 * the first tap that no other exceeds, a NaN exceeding all numbers, −0 and +0 being equal; where a window sees padding
 * only, nothing is chosen: `windowPick` gives +0. `argMax` chooses in the same way.
 *
 * **Indexing.** Indices are clamped into range. `scatterAdd` adds to the target in ascending order of the places.
 * `sort` is stable and ascending, −0 before +0, every NaN last and equal to the others.
 *
 * **Elementary functions** are fixed sequences of exact operations, the same in every engine. In f32 they are correctly
 * rounded (the exact result rounded once): `sqrt`, `rsqrt`, `cbrt`, `exp`, `exp2`, `expm1`, `log`, `log1p`, `log2`,
 * `log10`, `tanh`, `sinh`, `cosh`, `sin`, `cos`, `tan`, `atan`, `atan2`, `erf`, `erfc` and `power` (for `power` and
 * `atan2`: of all pairs that were tried). Two are cheaper sequences that round to f32 after each step:
 * - `sigmoid` is `1 / (1 + exp(−x))`: within 2.5 ulp where the result is normal, and 0 below −88.72, where the exact result
 *   is subnormal;
 * - `erfInv` is Giles' pair of polynomials in `w = −log1p(−x²)`, the second in `√w − 3` from w = 5 on, by Horner's rule,
 *   each product and sum in f64 before it is rounded: within 5 ulp for |x| ≤ 0.99 and 65 ulp up to 1. Normal draws are
 *   made of it, so its bits are those of the draws.
 *
 * In f64 they are sequences of f64 operations too, within the errors of `elementaryErrors`.
 *
 * **Random bits** are those of Threefry-2x32 with 20 rounds.
 *
 * **Lanes and threads.** How many elements an engine computes at once, in which order it comes to them and on how many
 * threads changes nothing of this: every element has one definition.
 *
 * **Why these sizes.** They were measured before version 1 was fixed, on 128-bit SIMD. Blocks of 256 and 512 are the
 * fastest, equal within the noise (products of 1024: 43 GFLOP/s with either, 40 with 128, 36 with 1024), and the shorter
 * blocks round better. Eight lanes are two vectors of f32 or four of f64, enough to add at the speed of the first cache.
 * Correct rounding costs 2.1 ns for an `exp` where a sequence within 1 ulp costs 1.2, 2.2 for a `tanh` against 2.0. By the
 * number of calls that is 2 to 4 percent of a training step of an LSTM or a transformer block, so nothing cheaper was
 * chosen.
 *
 * NaN is one value: which bits stand for it inside a float is not defined, and whoever hashes or stores bytes writes
 * the canonical one.
 *
 * @since 0.1.0
 */

/**
 * The version of the numerics and its two sizes, part of every run record.
 *
 * `contractionBlock` is the number of products in a block of a contraction, `reductionLanes` the number of lanes of a
 * sum over axes.
 *
 * @example
 * import { numerics } from 'gradfold/engine'
 * console.log(numerics.version)
 * @category model
 * @since 0.1.0
 */
export const numerics = { version: '1', contractionBlock: 256, reductionLanes: 8 } as const

/**
 * The greatest errors of the elementary functions in units in the last place of the exact result (ulp), by primitive:
 * `correct` says that the result is the exact one rounded once, to nearest, ties to even; that is half an ulp. Part of
 * the numerics: the bits themselves are fixed, and these numbers say how good they are.
 *
 * The f32 errors of `sigmoid` (where its result is normal) and `erfInv` were found by trying every argument; the f64
 * errors are bounds that hold for every argument tried, against exact integers.
 *
 * @example
 * import { elementaryErrors } from 'gradfold/engine'
 * console.log(elementaryErrors.exp.f32) // 'correct'
 * @category model
 * @since 0.1.0
 */
export const elementaryErrors = {
  sqrt: { f32: 'correct', f64: 'correct' },
  rsqrt: { f32: 'correct', f64: 1.5 },
  cbrt: { f32: 'correct', f64: 0.6 },
  exp: { f32: 'correct', f64: 0.6 },
  exp2: { f32: 'correct', f64: 0.6 },
  expm1: { f32: 'correct', f64: 1.2 },
  log: { f32: 'correct', f64: 0.6 },
  log1p: { f32: 'correct', f64: 1 },
  log2: { f32: 'correct', f64: 0.6 },
  log10: { f32: 'correct', f64: 0.6 },
  tanh: { f32: 'correct', f64: 2.5 },
  sinh: { f32: 'correct', f64: 2 },
  cosh: { f32: 'correct', f64: 1.5 },
  sin: { f32: 'correct', f64: 1 },
  cos: { f32: 'correct', f64: 1 },
  tan: { f32: 'correct', f64: 1 },
  atan: { f32: 'correct', f64: 1 },
  atan2: { f32: 'correct', f64: 1.5 },
  erf: { f32: 'correct', f64: 1.2 },
  erfc: { f32: 'correct', f64: 3 },
  power: { f32: 'correct', f64: 0.6 },
  sigmoid: { f32: 2.5, f64: 2.5 },
  erfInv: { f32: 65, f64: 4 }
} as const
