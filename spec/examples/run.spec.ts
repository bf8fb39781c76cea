/**
 * Examples are programs: run, they print; imported, they do not.
 */
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { main, show } from '../../examples/expression-graph.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const tsx = fileURLToPath(new URL('../../node_modules/tsx/dist/cli.mjs', import.meta.url))
const run = promisify(execFile)

describe('an example', () => {
  it('prints its numbers where it is the program', async () => {
    const { stdout } = await run(process.execPath, [tsx, 'examples/expression-graph.ts'], { cwd: root })
    expect(stdout).toBe(`${show(main())}\n`)
  })

  it('says why there are none, and ends with an error', async () => {
    const failing = run(process.execPath, [tsx, 'examples/digits.ts', '1', '70000'], { cwd: root })
    await expect(failing).rejects.toMatchObject({
      stdout: '',
      stderr: expect.stringContaining('take: count has to be a whole number from 0 to 60000, got 70000') as string
    })
  })
})
