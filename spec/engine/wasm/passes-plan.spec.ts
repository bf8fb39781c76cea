/**
 * The memory plan: what lives at the same time is never in the same place, and places are used again.
 */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { planMemory, type Plan, type Use } from '../../../lib/engine/wasm/passes/plan.ts'

/** Bytes as the plan counts them at most: whole cache lines, and some between long buffers. */
const most = (bytes: number): number => 64 * Math.ceil(bytes / 64) + (bytes < 4096 ? 0 : 512)

interface Case {
  readonly uses: readonly Use[]
  /** bytes of the buffers that are planned; the others are elsewhere */
  readonly sizes: ReadonlyMap<number, number>
}

/** Calls that write new buffers and read older ones; the first ten buffers are inputs. */
const arbitraryCase: fc.Arbitrary<Case> = fc
  .array(
    fc.record({
      reads: fc.array(fc.nat(999), { maxLength: 4 }),
      writes: fc.array(
        fc.record({ bytes: fc.oneof(fc.nat(40), fc.constantFrom(64, 100, 128, 4000, 5000)), isOutput: fc.nat(5) }),
        {
          minLength: 1,
          maxLength: 3
        }
      ),
      scratch: fc.oneof(fc.constant(0), fc.nat(500)),
      isReusing: fc.boolean()
    }),
    { maxLength: 40 }
  )
  .map((calls) => {
    const inputs = 10
    let next = inputs
    const sizes = new Map<number, number>()
    const uses = calls.map(({ reads, writes, scratch, isReusing }) => {
      const before = next
      const read = [...new Set(reads.map((place) => place % before))]
      const written = writes.map(({ bytes, isOutput }) => {
        if (isOutput > 0) sizes.set(next, bytes)
        next += 1
        return next - 1
      })
      return { reads: read, writes: written, scratch, reusable: isReusing ? written.map(() => read) : [] }
    })
    return { uses, sizes }
  })

const planOf = ({ uses, sizes }: Case): Plan => planMemory(uses, (buffer) => sizes.get(buffer))

interface Living {
  readonly buffer: number
  readonly from: number
  readonly to: number
  readonly begin: number
  readonly end: number
}

/** When each planned buffer lives and where. */
const livesOf = ({ uses, sizes }: Case, { offsets }: Plan): readonly Living[] =>
  uses.flatMap(({ writes }, from) =>
    writes.flatMap((buffer) => {
      const begin = offsets.get(buffer)
      if (begin === undefined) return []
      const to = uses.reduce((last, { reads }, call) => (reads.includes(buffer) ? call : last), from)
      return [{ buffer, from, to, begin, end: begin + sizes.get(buffer)! }]
    })
  )

const overlap = (a: Pick<Living, 'begin' | 'end'>, b: Pick<Living, 'begin' | 'end'>): boolean =>
  Math.max(a.begin, b.begin) < Math.min(a.end, b.end)

describe('the memory plan', () => {
  it('places every buffer that is here, aligned, within the frame', () => {
    fc.assert(
      fc.property(arbitraryCase, (given) => {
        const plan = planOf(given)
        expect(new Set(plan.offsets.keys())).toEqual(new Set(given.sizes.keys()))
        for (const { begin, end } of livesOf(given, plan)) {
          expect(begin % 64).toBe(0)
          expect(end).toBeLessThanOrEqual(plan.bytes)
        }
        given.uses.forEach(({ scratch }, call) => {
          expect(plan.scratch[call]! % 64).toBe(0)
          if (scratch > 0) expect(plan.scratch[call]! + scratch).toBeLessThanOrEqual(plan.bytes)
        })
      })
    )
  })

  it('never puts two buffers that live at once into one place, but where a write may take an operand that ends', () => {
    fc.assert(
      fc.property(arbitraryCase, (given) => {
        const plan = planOf(given)
        const lives = livesOf(given, plan)
        for (const a of lives)
          for (const b of lives) {
            if (a.buffer >= b.buffer || a.to < b.from || b.to < a.from || !overlap(a, b)) continue
            const { writes, reusable } = given.uses[b.from]!
            expect(a.to).toBe(b.from)
            expect(reusable[writes.indexOf(b.buffer)]).toContain(a.buffer)
            expect([b.begin, b.end]).toEqual([a.begin, a.end])
            // and it takes it alone
            const others = lives.filter(
              ({ from, begin, end, buffer }) => from === b.from && buffer !== b.buffer && overlap({ begin, end }, b)
            )
            expect(others).toEqual([])
          }
      }),
      { numRuns: 300 }
    )
  })

  it('keeps the scratch memory of a call apart from all that lives during it', () => {
    fc.assert(
      fc.property(arbitraryCase, (given) => {
        const plan = planOf(given)
        const lives = livesOf(given, plan)
        given.uses.forEach(({ scratch }, call) => {
          const place = { begin: plan.scratch[call]!, end: plan.scratch[call]! + scratch }
          expect(lives.filter(({ from, to, ...rest }) => from <= call && call <= to && overlap(rest, place))).toEqual(
            []
          )
        })
      })
    )
  })

  it('has a frame of at most the sum of everything, and at least what lives at once', () => {
    fc.assert(
      fc.property(arbitraryCase, (given) => {
        const plan = planOf(given)
        const sum = [...given.sizes.values(), ...given.uses.map(({ scratch }) => scratch)].reduce(
          (all, bytes) => all + most(bytes),
          0
        )
        expect(plan.bytes).toBeLessThanOrEqual(sum)
        const lives = livesOf(given, plan)
        given.uses.forEach((_, call) => {
          const places = new Map(
            lives.filter(({ from, to }) => from <= call && call <= to).map(({ begin, end }) => [begin, end - begin])
          )
          expect(plan.bytes).toBeGreaterThanOrEqual([...places.values()].reduce((all, bytes) => all + bytes, 0))
        })
      })
    )
  })

  const chain = (length: number, isReusing: boolean): Case => ({
    uses: Array.from({ length }, (_, i) => ({
      reads: i === 0 ? [] : [i - 1],
      writes: [i],
      scratch: 0,
      reusable: isReusing && i > 0 ? [[i - 1]] : []
    })),
    sizes: new Map(Array.from({ length }, (_, i) => [i, 1000]))
  })

  it('uses places again: a chain of any length needs two buffers, and one where it may be computed in place', () => {
    expect(planOf(chain(50, false)).bytes).toBe(2 * 1024)
    expect(planOf(chain(50, true)).bytes).toBe(1024)
  })

  it('joins free places: two small buffers make room for a large one', () => {
    const uses: readonly Use[] = [
      { reads: [], writes: [0, 1], scratch: 0, reusable: [] },
      { reads: [0, 1], writes: [2], scratch: 0, reusable: [] },
      { reads: [2], writes: [3], scratch: 0, reusable: [] }
    ]
    const sizes = new Map([
      [0, 64],
      [1, 64],
      [2, 64],
      [3, 128]
    ])
    expect(planOf({ uses, sizes })).toMatchObject({
      bytes: 192,
      offsets: new Map([
        [0, 0],
        [1, 64],
        [2, 128],
        [3, 0]
      ])
    })
  })
})
