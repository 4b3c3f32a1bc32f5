import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type BranchLoad, expectedWait } from './expected-wait'

const at = (minutes: number) => new Date(Date.UTC(2026, 11, 29, 9, minutes))
const visit = { visitId: 'mine', topicId: 1, startsAt: at(0) }
const idle = { topicIds: [1], busyUntil: null }
const busy = (until: number) => ({ topicIds: [1], busyUntil: at(until) })
const waits = (visitId: string, topicId = 1, minutes = 20) => ({ visitId, topicId, minutes })
const load = (changes: Partial<BranchLoad> = {}): BranchLoad => ({
  officers: [idle],
  queue: [waits('mine')],
  saidLateMinutes: null,
  ...changes,
})

describe('somebody who waits', () => {
  test('is told nothing while an officer is free and the time has just come', () => {
    expect(expectedWait(load(), visit, at(0))).toBeNull()
    expect(expectedWait(load({ officers: [] }), visit, at(-5))).toBeNull()
  })

  test('is told when the officer who talks to somebody else will be free', () => {
    expect(expectedWait(load({ officers: [busy(7)] }), visit, at(-3))).toEqual({
      kind: 'minutes',
      minutes: 7,
    })
    expect(expectedWait(load({ officers: [busy(1)] }), visit, at(-3))).toBeNull()
  })

  test('waits for those before, each for as long as their visit was booked', () => {
    const queue = [waits('first'), waits('mine')]
    expect(expectedWait(load({ queue }), visit, at(0))).toEqual({ kind: 'minutes', minutes: 20 })
    expect(expectedWait(load({ queue, officers: [idle, idle] }), visit, at(0))).toBeNull()
    const short = [waits('first', 1, 10), waits('mine')]
    expect(expectedWait(load({ queue: short }), visit, at(0))).toEqual({ kind: 'minutes', minutes: 10 })
  })

  test('does not wait for people and officers of other topics', () => {
    const queue = [waits('first', 2), waits('mine')]
    const officers = [idle, { topicIds: [2], busyUntil: null }]
    expect(expectedWait(load({ queue, officers }), visit, at(0))).toBeNull()
    expect(expectedWait(load({ officers: [{ topicIds: [2], busyUntil: null }] }), visit, at(5))).toEqual({
      kind: 'noOfficer',
    })
  })

  test('is told what the officer said, if that is more', () => {
    expect(expectedWait(load({ saidLateMinutes: 13 }), visit, at(-10))).toEqual({
      kind: 'minutes',
      minutes: 15,
    })
    expect(expectedWait(load({ saidLateMinutes: 3, officers: [busy(9)] }), visit, at(0))).toEqual({
      kind: 'minutes',
      minutes: 9,
    })
  })

  test('gets an apology after half an hour, and no number that nobody can know', () => {
    expect(expectedWait(load(), visit, at(30))).toEqual({ kind: 'long' })
    expect(expectedWait(load({ officers: [busy(45)] }), visit, at(5))).toEqual({ kind: 'unknown' })
  })
})

const officers = fc.array(
  fc.record({
    topicIds: fc.constantFrom([1], [2], [1, 2]),
    busyUntil: fc.option(fc.integer({ min: -30, max: 60 }).map(at)),
  }),
  { maxLength: 4 },
)
const before = fc.array(
  fc.integer({ min: 1, max: 2 }).map((topicId) => waits('somebody', topicId)),
  { maxLength: 6 },
)
const branch: fc.Arbitrary<BranchLoad> = fc.record({
  officers,
  queue: before.map((ahead) => [...ahead, waits('mine')]),
  saidLateMinutes: fc.option(fc.integer({ min: 1, max: 60 })),
})
const minute = fc.integer({ min: -15, max: 60 })

/** The longer the wait that somebody is told of, the higher. */
const weight = (wait: ReturnType<typeof expectedWait>): number => {
  if (wait === null) return 0
  return wait.kind === 'minutes' ? wait.minutes : 1000
}

describe('whatever goes on at the branch', () => {
  test('nobody is ever told less than they have waited already, nor a number below two', () => {
    fc.assert(
      fc.property(branch, minute, (load, now) => {
        const wait = expectedWait(load, visit, at(now))
        if (wait?.kind === 'minutes') expect(wait.minutes).toBeGreaterThanOrEqual(Math.max(2, now))
        if (wait?.kind === 'minutes') expect(wait.minutes).toBeLessThanOrEqual(30)
        if (now >= 30) expect(wait).toEqual({ kind: 'long' })
      }),
    )
  })

  test('nobody is told a delay that no officer who serves the topic stands for, unless one said it', () => {
    fc.assert(
      fc.property(branch, minute, ({ officers: all, ...load }, now) => {
        const others = all.filter(({ topicIds }) => !topicIds.includes(1))
        const wait = expectedWait({ ...load, officers: others, saidLateMinutes: null }, visit, at(now))
        expect(['noOfficer', 'long', undefined]).toContain(wait?.kind)
      }),
    )
  })

  test('one more officer never makes the wait longer, one more person in front never shorter', () => {
    fc.assert(
      fc.property(branch, officers, before, minute, (load, more, ahead, now) => {
        fc.pre(load.officers.some(({ topicIds }) => topicIds.includes(1)))
        const wait = weight(expectedWait(load, visit, at(now)))
        const helped = { ...load, officers: [...load.officers, ...more] }
        expect(weight(expectedWait(helped, visit, at(now)))).toBeLessThanOrEqual(wait)
        const crowded = { ...load, queue: [...ahead, ...load.queue] }
        expect(weight(expectedWait(crowded, visit, at(now)))).toBeGreaterThanOrEqual(wait)
      }),
    )
  })

  test('who stands behind changes nothing', () => {
    fc.assert(
      fc.property(branch, before, minute, (load, behind, now) => {
        const wait = expectedWait(load, visit, at(now))
        expect(expectedWait({ ...load, queue: [...load.queue, ...behind] }, visit, at(now))).toEqual(wait)
      }),
    )
  })
})
