/**
 * Executables with workers that come and go without being disposed of: shared memory, which no collector counts, is freed.
 */
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const child = fileURLToPath(new URL('./threads/child.ts', import.meta.url))

test('two hundred executables of 5 MB never stand in memory all at once', () => {
  const printed = execFileSync(process.execPath, ['--expose-gc', '--import', 'tsx', child, 'many'], {
    encoding: 'utf8'
  })
  expect(Number(printed)).toBeLessThan(500)
})
