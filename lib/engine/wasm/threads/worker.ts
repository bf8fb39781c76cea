/**
 * The script of a worker: it holds modules, and takes part in the steps of the one that the pool names.
 *
 * It spins for a while between steps, then sleeps. When there is mail it returns to its event loop, whose next message
 * brings it back.
 *
 * @since 0.1.0
 */

/** Where the words of a pool are, as indices into an Int32Array. */
export const signals = { round: 0, team: 1, mail: 2 } as const

/** What a pool tells its workers. */
export type Mail =
  | { readonly kind: 'begin'; readonly signals: Int32Array; readonly thread: number }
  | {
      readonly kind: 'join'
      readonly team: number
      readonly module: unknown
      readonly memory: unknown
      readonly pages: number
      /** the index of the word that counts the workers that have the module */
      readonly present: number
    }
  | { readonly kind: 'leave'; readonly team: number }

/** Looks for a next step before a worker sleeps: some 50 µs. */
const rounds = 20_000

/**
 * The text. The collector does not count shared memory, so a worker keeps untouched memory of its own of the same size
 * beside it: what it has dropped is freed in time.
 */
export const workerSource = `
const threads = globalThis.process?.getBuiltinModule?.('node:worker_threads')
const port = threads?.parentPort ?? self
const teams = new Map()
let signals, thread, handled = 0, seen = 0
const serve = () => {
  let left = 0
  for (;;) {
    if (Atomics.load(signals, ${signals.mail}) !== handled) return
    const round = Atomics.load(signals, ${signals.round})
    if (round !== seen) {
      seen = round
      left = ${rounds}
      teams.get(Atomics.load(signals, ${signals.team}))?.member(thread)
    } else if (left > 0) left -= 1
    else Atomics.wait(signals, ${signals.round}, round)
  }
}
const handle = (mail) => {
  if (mail.kind === 'begin') ({ signals, thread } = mail)
  else if (mail.kind === 'leave') teams.delete(mail.team)
  else {
    const { module, memory, pages } = mail
    const { member } = new WebAssembly.Instance(module, { environment: { memory } }).exports
    teams.set(mail.team, { member, ballast: new WebAssembly.Memory({ initial: pages, maximum: pages }) })
    Atomics.add(new Int32Array(memory.buffer), mail.present, 1)
  }
}
port.onmessage = ({ data }) => {
  handled += 1
  handle(data)
  serve()
}
`
