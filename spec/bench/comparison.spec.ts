/**
 * The comparison reads what the programs print, and judges by the best blocks.
 */
import { describe, expect, it } from 'vitest'
import { caseNames } from './cases.ts'
import { bestOf, failures, findingsIn, ours, ratioTo, table, targets, verdicts } from './comparison.ts'
import { findPeers, peerNames } from './competitors.ts'

const line = (name: string, milliseconds: number, more: object = {}): string =>
  JSON.stringify({ case: name, ms_per_step: 2 * milliseconds, ms_min: milliseconds, ...more })

const findings = [
  ...findingsIn(ours, [line('b32', 0.4), line('b32', 0.3), line('gemm64', 1, { gflops_best: 43.21 })].join('\n')),
  ...findingsIn('torch', `a warning\n${line('b32', 0.75)}\n{ no JSON\n`),
  ...findingsIn('jax-js', line('b32', 0.9)),
  ...findingsIn('tfjs', JSON.stringify({ case: 'd', error: 'no such kernel' }))
]

describe('the comparison', () => {
  it('takes the best block of all rounds', () => {
    expect(bestOf(findings, ours, 'b32')).toBe(0.3)
    expect(bestOf(findings, 'torch', 'b32')).toBe(0.75)
    expect(bestOf(findings, 'torch', 'd')).toBeUndefined()
  })

  it('says how many times as fast as they we are', () => {
    expect(ratioTo(findings, 'torch', 'b32')).toBeCloseTo(2.5)
    expect(ratioTo(findings, 'brain.js', 'b32')).toBeUndefined()
    expect(table(findings, ['torch', 'tfjs'])).toEqual([
      'ms/step  gradfold        torch  tfjs',
      'b32           0.3  0.75 (2.5x)     –',
      'gemm64          1            –     –',
      'd               –            –     –'
    ])
  })

  it('judges what was measured by what was asked for', () => {
    expect(verdicts(findings)).toEqual([
      'b32: 2.5x torch, asked ≥ 2x: OK',
      'b32: 3x jax-js, asked ≥ 3.5x: below',
      'gemm: 43.2 GFLOP/s, asked ≥ 42: OK'
    ])
    expect(verdicts([])).toEqual([])
  })

  it('says what was not measured', () => {
    expect(failures([...findings, ...findings])).toEqual(['tfjs, case d: no such kernel'])
  })

  it('has targets of cases and peers that exist', () => {
    expect(targets.filter((target) => !caseNames.some((name) => name === target.case))).toEqual([])
    expect(targets.filter((target) => !peerNames.includes(target.peer))).toEqual([])
  })
})

describe('peers that are not installed', () => {
  it('are left out, with a line each', () => {
    const found = findPeers('', ['no-such-python'])
    expect(found.map((one) => (one.tag === 'missing' ? one.why : one.competitor.name))).toEqual([
      'torch is left out: no-such-python cannot import torch',
      'numpy is left out: no-such-python cannot import numpy',
      'jax-js is left out: @jax-js/jax: no folder is given by --peers or GRADFOLD_PEERS',
      'brain.js is left out: brain.js: no folder is given by --peers or GRADFOLD_PEERS',
      'ort is left out: onnxruntime-node: no folder is given by --peers or GRADFOLD_PEERS',
      'tfjs is left out: @tensorflow/tfjs, @tensorflow/tfjs-backend-wasm: no folder is given by --peers or GRADFOLD_PEERS'
    ])
  })
})
