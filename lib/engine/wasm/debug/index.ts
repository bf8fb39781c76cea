/**
 * Debugging: the plan of a program, the time of its kernels, and their bits.
 *
 * @since 0.1.0
 */
export { explain } from './explain.ts'
export { profile, showProfile, type KernelTime, type Profile, type ProfileOptions } from './profile.ts'
export { verify, verifying, type Difference, type Verified } from './verify.ts'
