/// <reference types="node" />
/**
 * Runs the compiler once over generated sources, so that what it says of them can be tested.
 */
import { execFile } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** What the compiler says: the file, the line counted from 1, and the text. */
export interface Complaint {
  readonly file: string
  readonly line: number
  readonly text: string
}

const root = new URL('../../', import.meta.url)
const compiler = fileURLToPath(new URL('node_modules/.bin/tsc', root))

const parse = (output: string): readonly Complaint[] =>
  [...output.matchAll(/^(?:.*\/)?([^/\n]+\.ts)\((\d+),\d+\): error (.*)$/gm)].map(
    ([, file = '', line = '', text = '']) => ({
      file,
      line: Number(line),
      text
    })
  )

/**
 * Writes the sources into an ignored folder and type-checks them under the options of the repository.
 *
 * @param folder the name of the folder below spec/.generated, one a caller.
 * @param sources the text of each file by its name.
 * @returns every complaint of the compiler; rejects where it says something that is no complaint about these files.
 */
export const compile = (folder: string, sources: Readonly<Record<string, string>>): Promise<readonly Complaint[]> => {
  const place = new URL(`spec/.generated/${folder}/`, root)
  rmSync(place, { recursive: true, force: true })
  mkdirSync(place, { recursive: true })
  Object.entries(sources).forEach(([name, text]) => writeFileSync(new URL(name, place), text))
  writeFileSync(
    new URL('tsconfig.json', place),
    JSON.stringify({ extends: '../../../tsconfig.json', files: Object.keys(sources), include: [], exclude: [] })
  )
  return new Promise((resolve, reject) => {
    execFile(
      compiler,
      ['--noEmit', '--singleThreaded', '--pretty', 'false', '-p', fileURLToPath(new URL('tsconfig.json', place))],
      { maxBuffer: 1 << 26 },
      (failure, output, errors) => {
        const complaints = parse(output)
        const lines = output.split('\n').filter((line) => line !== '' && !line.startsWith(' ')).length
        if (lines !== complaints.length || errors.trim() !== '' || (failure === null) !== (complaints.length === 0))
          reject(new Error(`the compiler said:\n${output}${errors}`))
        else resolve(complaints)
      }
    )
  })
}
