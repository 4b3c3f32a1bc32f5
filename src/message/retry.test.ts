import { describe, expect, test } from 'vitest'
import {
  afterAnswer,
  allowedInFlight,
  type Breaker,
  closedBreaker,
  defaultBreakerPolicy,
} from './channel-breaker'
import { DeliveryError } from './delivery'
import { failed, standing } from './outcome'
import type { DueMessage } from './outgoing-store'
import { defaultRetryPolicy, retrySeconds } from './retry-policy'

const now = new Date('2026-12-28T09:00:00Z')
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000)

const message = (change: Partial<DueMessage> = {}, visit: Partial<DueMessage['visit']> = {}): DueMessage => ({
  id: '0196f0a0-0000-7000-8000-000000000001',
  kind: 'reminder_email',
  scheduleVersion: 1,
  details: {},
  uselessAfter: later(3600),
  attempt: 1,
  visit: {
    id: '0196f0a0-0000-7000-8000-000000000002',
    number: 'EW-7K3F-92QX',
    branchId: 1,
    topicId: 1,
    startsAt: later(3600),
    endsAt: later(4800),
    state: 'booked',
    language: 'pl',
    linkVersion: 1,
    scheduleVersion: 1,
    hasGuardian: false,
    smsAhead: true,
    emailAhead: true,
    recordingConsent: true,
    stateReason: null,
    closingNote: null,
    client: Buffer.alloc(0),
    emailHash: Buffer.alloc(0),
    ...visit,
  },
  ...change,
})

describe('the visit decides again when its message is due', () => {
  test.each(['cancelled', 'missed', 'waiting', 'in_progress', 'completed', 'ended_early'] as const)(
    'a visit that is %s is not reminded of',
    (state) => {
      expect(standing(message({}, { state }), now)).toBe('skipped')
    },
  )

  test('a reminder of a time that was moved is not sent', () => {
    expect(standing(message({}, { scheduleVersion: 2 }), now)).toBe('skipped')
  })

  test('a confirmation that comes late is sent although the visit was moved: it tells the new time', () => {
    expect(standing(message({ kind: 'booked' }, { scheduleVersion: 2 }), now)).toBe('send')
  })

  test('news of a cancellation need a cancelled visit', () => {
    expect(standing(message({ kind: 'cancelled_by_client' }, { state: 'cancelled' }), now)).toBe('send')
    expect(standing(message({ kind: 'cancelled_by_client' }), now)).toBe('skipped')
  })

  test('what helps nobody any more has expired', () => {
    expect(standing(message({ uselessAfter: now }), now)).toBe('expired')
    expect(standing(message({ uselessAfter: later(1) }), now)).toBe('send')
  })
})

describe('a message that was not taken', () => {
  test('waits twice as long after each failure, up to a limit, less a random share', () => {
    const seconds = [1, 2, 3, 4, 20].map((attempt) => retrySeconds(defaultRetryPolicy, attempt, false, 0))
    expect(seconds).toEqual([15, 30, 60, 120, 1800])
    expect(retrySeconds(defaultRetryPolicy, 1, false, 0.999)).toBeGreaterThan(7.5)
    expect(retrySeconds(defaultRetryPolicy, 20, true, 0)).toBe(60)
  })

  test('is due again later', () => {
    const outcome = failed(message({ attempt: 2 }), new DeliveryError('SMTP 451'), now, defaultRetryPolicy, 0)
    expect(outcome).toMatchObject({ state: 'queued', attempts: 2, dueAt: later(30), error: 'SMTP 451' })
  })

  test('is given up at once when its address is refused', () => {
    const refused = new DeliveryError('SMTP 550', { permanent: true })
    expect(failed(message(), refused, now, defaultRetryPolicy, 0).state).toBe('dead')
  })

  test('is given up after the last try', () => {
    const last = message({ attempt: defaultRetryPolicy.maxAttempts })
    expect(failed(last, new DeliveryError('SMTP 451'), now, defaultRetryPolicy, 0).state).toBe('dead')
  })

  test('is never given up because the provider is down, and that try does not count', () => {
    const last = message({ attempt: defaultRetryPolicy.maxAttempts })
    const down = new DeliveryError('SMTP ECONNREFUSED', { outage: true })
    expect(failed(last, down, now, defaultRetryPolicy, 0)).toMatchObject({
      state: 'queued',
      attempt: 12,
      attempts: 11,
    })
  })
})

describe('a provider that is down', () => {
  const failTimes = (times: number, from: Breaker = closedBreaker, when = now) =>
    Array.from({ length: times }).reduce<Breaker>(
      (breaker) => afterAnswer(breaker, true, when, defaultBreakerPolicy),
      from,
    )

  test('is left alone after five failures in a row', () => {
    expect(allowedInFlight(failTimes(4), 8, now)).toBe(8)
    expect(allowedInFlight(failTimes(5), 8, now)).toBe(0)
  })

  test('one answer, a refusal too, starts the count anew', () => {
    const answered = afterAnswer(failTimes(4), false, now, defaultBreakerPolicy)
    expect(allowedInFlight(failTimes(4, answered), 8, now)).toBe(8)
  })

  test('is tried with a single message after the pause; a failure doubles the pause, up to a limit', () => {
    let breaker = failTimes(5)
    const pauses: number[] = []
    let when = now
    for (let n = 0; n < 6; n++) {
      const until = breaker.pausedUntil ?? when
      pauses.push((until.getTime() - when.getTime()) / 1000)
      when = until
      expect(allowedInFlight(breaker, 8, when)).toBe(1)
      breaker = failTimes(1, breaker, when)
    }
    expect(pauses).toEqual([2, 4, 8, 16, 30, 30])
  })

  test('messages that were in the air together make one pause', () => {
    expect(failTimes(20)).toEqual(failTimes(5))
  })

  test('gets all its messages again once it answers', () => {
    expect(
      allowedInFlight(afterAnswer(failTimes(5), false, later(2), defaultBreakerPolicy), 8, later(2)),
    ).toBe(8)
  })
})
