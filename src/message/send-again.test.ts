import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { visitStates } from '../contract/visit-state'
import { channelOf, type MessageKind } from './message-plan'
import { messageStates } from './find-messages'
import { type RepeatedMessage, sendAgain } from './send-again'

const now = new Date('2026-12-21T08:00:00Z')
const hours = (n: number) => new Date(now.getTime() + n * 3_600_000)

const message = (changes: Partial<RepeatedMessage> = {}): RepeatedMessage => ({
  kind: 'booked',
  state: 'dead',
  scheduleVersion: 1,
  uselessAfter: hours(48),
  createdAt: hours(-2),
  visit: { state: 'booked', scheduleVersion: 1 },
  copies: [{ state: 'dead', createdAt: hours(-2), byPerson: false }],
  ...changes,
})
const reason = (changes: Partial<RepeatedMessage>) => {
  const answer = sendAgain(message(changes), now)
  return answer.ok ? 'ok' : answer.reason
}
const copy = (age: number, state: 'dead' | 'queued' | 'sent' = 'sent') => ({
  state,
  createdAt: hours(-age),
  byPerson: true,
})

describe('a message is sent again', () => {
  test('while it helps, until the same moment as before', () => {
    expect(sendAgain(message(), now)).toEqual({ ok: true, uselessAfter: hours(48) })
  })

  test('when it is news: for weeks, and each copy is worth three days', () => {
    const ended = {
      kind: 'ended',
      uselessAfter: hours(-24),
      visit: { state: 'completed', scheduleVersion: 1 },
    } as const
    expect(sendAgain(message(ended), now)).toEqual({ ok: true, uselessAfter: hours(72) })
    expect(reason({ ...ended, createdAt: hours(-24 * 31) })).toBe('too_late')
  })

  test.each([
    ['a copy is on its way', { copies: [copy(10, 'queued')] }, 'on_its_way'],
    ['the visit was cancelled', { visit: { state: 'cancelled', scheduleVersion: 1 } }, 'not_needed'],
    ['a reminder of a time that was given up', { kind: 'reminder_sms', scheduleVersion: 0 }, 'not_needed'],
    ['the visit has begun', { kind: 'reminder_email', uselessAfter: hours(-1) }, 'too_late'],
    ['somebody did so a minute ago', { copies: [copy(1 / 60)] }, 'too_often'],
    ['it was done three times today', { copies: [copy(20), copy(10), copy(1)] }, 'too_often'],
  ] as const)('not when %s', (_why, changes, expected) => {
    expect(reason(changes as unknown as Partial<RepeatedMessage>)).toBe(expected)
  })

  test('again on the next day', () => {
    expect(reason({ copies: [copy(25), copy(10), copy(1)] })).toBe('ok')
  })
})

test('nothing is ever sent that the sending itself would drop', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...(Object.keys(channelOf) as MessageKind[])),
      fc.constantFrom(...visitStates),
      fc.constantFrom(...messageStates),
      fc.integer({ min: -100, max: 100 }),
      (kind, visitState, state, uselessIn) => {
        const uselessAfter = hours(uselessIn)
        const answer = sendAgain(
          message({ kind, state, uselessAfter, visit: { state: visitState, scheduleVersion: 1 } }),
          now,
        )
        if (answer.ok) expect(answer.uselessAfter.getTime()).toBeGreaterThan(now.getTime())
      },
    ),
  )
})
