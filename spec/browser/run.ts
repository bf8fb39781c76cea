/**
 * The packaged build in Chromium, in the main thread and in a worker, with the bits of Node.
 *
 *     npm run build && npx tsx spec/browser/run.ts
 *
 * The exit code is 0 where every check held, 1 where one did not, and 77 where this machine has no Chromium.
 */
import { EventEmitter, once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { findChromium, open } from './chromium.ts'
import { serve } from './server.ts'
import { root, type StandIns } from './specifiers.ts'
import type { Message, Report, Tasks } from './task.ts'
import { tasksFor } from './tasks.ts'

const skipped = 77
const limitSeconds = 300

const standIn = join(root, 'spec/browser/page/stand-in.ts')
const standIns: StandIns = { 'gradfold/data/node': standIn, './run.ts': standIn }

const nameOf = (where: string, isolated: boolean): string => (isolated ? `${where}, isolated` : where)

const print = ({ where, what, complaint, remark, milliseconds }: Report): void => {
  const seconds = `${(milliseconds / 1000).toFixed(1)} s`
  console.log(
    complaint === undefined
      ? `ok    ${where}: ${what}: ${remark ?? ''} (${seconds})`
      : `FAIL  ${where}: ${what}: ${complaint.slice(0, 2000)} (${seconds})`
  )
}

/** What a page reports, from a browser and a server of its own. */
const reportsOf = async (program: string, tasks: Tasks, isolated: boolean): Promise<readonly Report[]> => {
  const reports: Report[] = []
  const report = (it: Report): void => {
    reports.push(it)
    print(it)
  }
  const begin = performance.now()
  const fail = (what: string, complaint: string): void => {
    report({ where: 'browser', what, complaint, milliseconds: performance.now() - begin })
  }
  let isDone = false
  const pages = new EventEmitter()
  const end = once(pages, 'end')
  const server = await serve({
    tasks,
    standIns,
    isolated,
    heard: (message: Message) => {
      if (message.kind === 'report') report({ ...message.report, where: nameOf(message.report.where, isolated) })
      else pages.emit('end')
    },
    complained: (sentence) => {
      fail('every file is there', sentence)
    }
  })
  const browser = open(program, `${server.origin}/`)
  const timer = setTimeout(() => {
    fail('the page comes to its end', `it did not within ${limitSeconds} s`)
    pages.emit('end')
  }, limitSeconds * 1000)
  await Promise.race([
    end,
    browser.ended.then((words) => {
      if (!isDone) fail('the page comes to its end', `the browser ended: ${words}`)
    })
  ])
  isDone = true
  clearTimeout(timer)
  await browser.close()
  server.close()
  return reports
}

/** Whether all checks held of both kinds of pages, and all four places reported. */
const checked = async (program: string): Promise<boolean> => {
  const tasks = tasksFor(60)
  const reports = [...(await reportsOf(program, tasks, false)), ...(await reportsOf(program, tasks, true))]
  const places = new Set(reports.map(({ where }) => where))
  const failed = reports.filter(({ complaint }) => complaint !== undefined).length
  console.log(`${reports.length - failed} passed, ${failed} failed`)
  return failed === 0 && places.size === 4
}

const program = findChromium()
if (program === undefined) {
  console.log('SKIPPED: there is no Chromium on this machine; install it (Debian: chromium) or name it in CHROMIUM')
  process.exitCode = skipped
} else if (!existsSync(join(root, 'dist/index.js'))) {
  console.error('browser: there is no build; run npm run build first')
  process.exitCode = 1
} else process.exitCode = (await checked(program)) ? 0 : 1
