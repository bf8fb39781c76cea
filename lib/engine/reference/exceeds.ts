/**
 * The order in which argMax and pooling choose.
 *
 * @since 0.1.0
 */

/** Whether a is chosen over an earlier b: a greater number, or the first NaN. */
export const exceeds = (a: number, b: number): boolean => a > b || (a !== a && b === b)
