/**
 * Measures us and every installed peer by turns, and says how many times as fast as they we are.
 *
 *     npm run bench:peers -- --peers <folder> --rounds 3 --cpu 1
 *
 * README.md beside this file has the options, peers/README.md how the peers are installed.
 */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { count, flag, list, natural, nonNegative, oneOf, optional, positive, record, text } from 'gradfold/codec'
import { caseNames } from './cases.ts'
import { failures, findingsIn, ours, table, verdicts, type Finding } from './comparison.ts'
import { findPeers, peerNames, pinning, type Competitor } from './competitors.ts'
import { defaultEngine, engineNames } from './engines.ts'
import { listOf, numeral, orExit, readOptions, same } from './options.ts'

const names = [...caseNames, 'gemm'] as const

const codec = record('bench:peers', {
  case: optional(list(oneOf(...names)), names),
  only: optional(list(oneOf(...peerNames)), peerNames),
  engine: optional(oneOf(...engineNames), defaultEngine),
  peers: optional(text, process.env['GRADFOLD_PEERS'] ?? ''),
  python: optional(list(text), ['python3', '/usr/bin/python3']),
  rounds: optional(count, 3),
  cpu: optional(list(natural), []),
  threads: optional(count, 1),
  sizes: optional(list(count), [64, 128, 256, 512, 1024]),
  seconds: optional(positive, 0.8),
  warmup: optional(nonNegative, 0.6),
  json: optional(flag, false)
})

const readers = {
  case: listOf(same),
  only: listOf(same),
  python: listOf(same),
  rounds: numeral,
  cpu: listOf(numeral),
  threads: numeral,
  sizes: listOf(numeral),
  seconds: numeral,
  warmup: numeral
}

const options = orExit(readOptions('bench:peers', codec, readers)(process.argv.slice(2)))
const { threads, rounds } = options

/** What goes on; the results go to the other stream. */
const say = (line: string): void => {
  console.error(line)
}

const found = findPeers(options.peers, options.python)
for (const one of found) if (one.tag === 'missing') say(one.why)
const peers = found.flatMap((one) =>
  one.tag === 'found' && options.only.includes(one.competitor.name) ? [one.competitor] : []
)

const us: Competitor = {
  name: ours,
  // the loader of TypeScript that this process was started with
  command: [
    process.execPath,
    ...process.execArgv,
    fileURLToPath(new URL('./bench.ts', import.meta.url)),
    '--json',
    '--engine',
    options.engine
  ],
  cases: names
}

const pinned = pinning(options.cpu)
if (options.cpu.length > 0 && pinned.length === 0) say('taskset is not there: processes are not kept on processors')

const environment = {
  ...process.env,
  GRADFOLD_PEERS: options.peers,
  OMP_NUM_THREADS: `${threads}`,
  OPENBLAS_NUM_THREADS: `${threads}`,
  MKL_NUM_THREADS: `${threads}`,
  PYTHONDONTWRITEBYTECODE: '1'
}

const settings = [
  ...['--threads', `${threads}`, '--sizes', options.sizes.join(',')],
  ...['--seconds', `${options.seconds}`, '--warmup', `${options.warmup}`]
]

const minutes = 10

/** What a competitor finds of a case, in a process of its own. */
const measure = ({ name: who, command }: Competitor, name: string): readonly Finding[] => {
  const [program = '', ...rest] = [...pinned, ...command, '--case', name, ...settings]
  const { stdout, stderr, status, error } = spawnSync(program, rest, {
    encoding: 'utf8',
    env: environment,
    timeout: minutes * 60_000
  })
  const findings = findingsIn(who, stdout)
  if (status === 0 && findings.length > 0) return findings
  const said = stderr.split('\n').filter((line) => line.trim() !== '')
  const reason = error?.message ?? said.find((line) => /^\w*Error\b/.test(line)) ?? said.at(-1) ?? 'it printed nothing'
  return [...findings, { tag: 'failed', who, case: name, reason: reason.trim() }]
}

const findings: Finding[] = []
for (let round = 1; round <= rounds; round++)
  for (const name of options.case)
    for (const competitor of [us, ...peers]) {
      if (!competitor.cases.includes(name)) continue
      const fresh = measure(competitor, name)
      findings.push(...fresh)
      const times = fresh.map((one) => (one.tag === 'measured' ? `${one.best} ms` : one.reason))
      say(`round ${round} of ${rounds}, case ${name}, ${competitor.name}: ${times.join(', ')}`)
    }

if (options.json) for (const finding of findings) console.log(JSON.stringify(finding))
else {
  console.log(
    `\nbest block of ${rounds} rounds, engine ${options.engine}, threads: ${threads}; (times as fast as they)\n`
  )
  const lines = [
    ...table(
      findings,
      peers.map(({ name }) => name)
    ),
    '',
    ...verdicts(findings),
    ...failures(findings).map((line) => `not measured: ${line}`)
  ]
  for (const line of lines) console.log(line)
}
