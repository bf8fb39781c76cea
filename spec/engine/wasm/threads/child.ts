/**
 * A process of its own that runs a program on two threads, and tells how many threads it has.
 *
 *     node --expose-gc --import tsx spec/engine/wasm/threads/child.ts exit
 */
import { existsSync, readdirSync } from 'node:fs'
import { wasm } from '../../../../lib/engine/index.ts'
import { applyOne, inputValue, programOf } from '../../../../lib/expr/internal.ts'
import { fromArray } from '../../../../lib/tensor/index.ts'

const rows = 512

const program = () => {
  const inputs = [inputValue({ shape: [rows, rows], dtype: 'f32' })]
  const product = applyOne('matmul', [inputs[0]!, inputs[0]!], {})
  return programOf(inputs, [applyOne('tanh', [product], {})])
}

const tensor = fromArray(
  Array.from({ length: rows * rows }, (_, i) => ((i * 7919) % 1000) / 1e6),
  [rows, rows]
)

const tasks = (): number => (existsSync('/proc/self/task') ? readdirSync('/proc/self/task').length : 0)

/** Until something holds, forty seconds at most. */
const until = async (holds: () => boolean): Promise<void> => {
  for (let i = 0; i < 800 && !holds(); i += 1) await new Promise((resolve) => setTimeout(resolve, 50))
}

const collect = (): void => {
  ;(globalThis as { readonly gc?: () => void }).gc?.()
}

const [, , job] = process.argv
const before = tasks()
const engine = wasm({ threads: 2 })
const run = () => {
  const executable = engine.compile(program())
  for (let i = 0; i < 5; i += 1) executable.run([tensor])
  return executable
}

if (job === 'exit') {
  run()
  await until(() => tasks() > before)
  console.log(tasks() - before)
}

if (job === 'dispose') {
  const executables = [run(), run()]
  await until(() => tasks() > before)
  const during = tasks() - before
  executables[0]!.dispose?.()
  const one = tasks() - before
  executables[1]!.dispose?.()
  await until(() => tasks() === before)
  console.log(during, one, tasks() - before)
}

if (job === 'collect') {
  run()
  await until(() => tasks() > before)
  const during = tasks() - before
  await until(() => {
    collect()
    return tasks() === before
  })
  console.log(during, tasks() - before)
}

if (job === 'many') {
  const kept = run()
  for (let i = 0; i < 200; i += 1) {
    run()
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  kept.run([tensor])
  // of 200 executables with 5 MB each in memory that no collector counts
  console.log(Math.round(process.memoryUsage().rss / 1e6))
}
