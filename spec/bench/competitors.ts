/**
 * Who can be measured beside us, whether it is installed, and how its program is started.
 */
import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

// model

/** A program that measures one engine; arguments are added to its command. */
export interface Competitor {
  readonly name: string
  readonly command: readonly string[]
  /** the cases it can express */
  readonly cases: readonly string[]
}

/** A competitor, or why it is left out. */
export type Found =
  { readonly tag: 'found'; readonly competitor: Competitor } | { readonly tag: 'missing'; readonly why: string }

const steps = ['a', 'b32', 'b128', 'c', 'd', 'e', 'f']

/** Peers in JavaScript: the packages that each needs, and its cases. */
const packages = [
  { name: 'jax-js', file: 'jax-js.mjs', needs: ['@jax-js/jax'], cases: [...steps, 'gemm'] },
  { name: 'brain.js', file: 'brain.mjs', needs: ['brain.js'], cases: ['a', 'b32', 'b128'] },
  { name: 'ort', file: 'ort.mjs', needs: ['onnxruntime-node'], cases: [...steps, 'gemm'] },
  {
    name: 'tfjs',
    file: 'tfjs.mjs',
    needs: ['@tensorflow/tfjs', '@tensorflow/tfjs-backend-wasm'],
    cases: ['a', 'b32', 'b128', 'c', 'e', 'f', 'gemm']
  }
]

/** Peers in Python: the module that each needs, and its cases. */
const modules = [
  { name: 'torch', file: 'torch_bench.py', needs: 'torch', cases: [...steps, 'gemm'] },
  { name: 'numpy', file: 'numpy_bench.py', needs: 'numpy', cases: ['b32', 'b128', 'c', 'gemm'] }
]

export const peerNames = [...modules, ...packages].map(({ name }) => name)

const programOf = (file: string): string => fileURLToPath(new URL(`./peers/${file}`, import.meta.url))

// detection

const runs = (command: string, ...options: readonly string[]): boolean =>
  spawnSync(command, options, { stdio: 'ignore' }).status === 0

const isInstalled = (folder: string, name: string): boolean => {
  try {
    createRequire(join(resolve(folder), 'package.json')).resolve(name)
    return true
  } catch {
    return false
  }
}

const inJavaScript = (folder: string): readonly Found[] =>
  packages.map(({ name, file, needs, cases }) => {
    const missing = folder === '' ? needs : needs.filter((one) => !isInstalled(folder, one))
    if (missing.length === 0)
      return { tag: 'found', competitor: { name, command: [process.execPath, programOf(file)], cases } }
    const place = folder === '' ? 'no folder is given by --peers or GRADFOLD_PEERS' : `not in ${folder}`
    return { tag: 'missing', why: `${name} is left out: ${missing.join(', ')}: ${place}` }
  })

const inPython = (pythons: readonly string[]): readonly Found[] =>
  modules.map(({ name, file, needs, cases }) => {
    const python = pythons.find((one) => runs(one, '-c', `import ${needs}`))
    return python === undefined
      ? { tag: 'missing', why: `${name} is left out: ${pythons.join(', ')} cannot import ${needs}` }
      : { tag: 'found', competitor: { name, command: [python, programOf(file)], cases } }
  })

/** All peers, installed in a folder ('' for none) or not; the Pythons are tried one after the other. */
export const findPeers = (folder: string, pythons: readonly string[]): readonly Found[] => [
  ...inPython(pythons),
  ...inJavaScript(folder)
]

/** The beginning of a command that keeps a process on processors; nothing where none are given, or it is not possible. */
export const pinning = (processors: readonly number[]): readonly string[] =>
  processors.length > 0 && runs('taskset', '--version') ? ['taskset', '-c', processors.join(',')] : []
