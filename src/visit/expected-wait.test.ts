import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type BranchLoad, expectedWait } from './expected-wait'

const at = (minutes: number) => new Date(Date.UTC(2026, 11, 29, 9, minutes))
const visit = { visitId: 'mine', topicId: 1, startsAt: at(0) }
const idle = { topicIds: [1], busyUntil: null }
const busy = (until: number) => ({ topicIds: [1], busyUntil: at(until) })
const load = (changes: Partial<BranchLoad> = {}): BranchLoad => ({
  officers: [idle],
  queue: [{ visitId: 'mine', topicId: 1 }],
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

  test('waits for those before, each with a visit of the usual length', () => {
    const queue = [
      { visitId: 'first', topicId: 1 },
      { visitId: 'mine', topicId: 1 },
    ]
    expect(expectedWait(load({ queue }), visit, at(0))).toEqual({ kind: 'minutes', minutes: 20 })
    expect(expectedWait(load({ queue, officers: [idle, idle] }), visit, at(0))).toBeNull()
  })

  test('does not wait for people and officers of other topics', () => {
    const queue = [
      { visitId: 'first', topicId: 2 },
      { visitId: 'mine', topicId: 1 },
    ]
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

test('nobody is ever told less than they have waited already, nor a number below two', () => {
  const officers = fc.array(
    fc.record({
      topicIds: fc.constantFrom([1], [2], [1, 2]),
      busyUntil: fc.option(fc.integer({ min: -30, max: 60 }).map(at)),
    }),
    { maxLength: 4 },
  )
  const queue = fc.array(
    fc.record({ visitId: fc.constantFrom('a', 'b', 'mine'), topicId: fc.constantFrom(1, 2) }),
    {
      maxLength: 6,
    },
  )
  fc.assert(
    fc.property(
      officers,
      queue,
      fc.option(fc.integer({ min: 0, max: 60 })),
      fc.integer({ min: -15, max: 60 }),
      (who, before, saidLateMinutes, minute) => {
        const wait = expectedWait({ officers: who, queue: before, saidLateMinutes }, visit, at(minute))
        if (wait?.kind === 'minutes') expect(wait.minutes).toBeGreaterThanOrEqual(Math.max(2, minute))
        if (minute >= 30) expect(wait).toEqual({ kind: 'long' })
      },
    ),
  )
})
