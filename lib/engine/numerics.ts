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
export const numerics = { version: '1-draft', contractionBlock: 256, reductionLanes: 8 } as const
