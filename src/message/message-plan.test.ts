import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { instantAt, timeOf } from '../platform/zone'
import {
  canReceiveSms,
  defaultMessagePolicy,
  messagePolicy,
  nextSmsInstant,
  planBooked,
  planCancelled,
  planMissed,
  planMoved,
  type PlannedMessage,
} from './message-plan'

const timeZone = 'Europe/Warsaw'
const policy = defaultMessagePolicy
const mobile = '+48601234567'
const landline = '+48225601600'

const at = (day: string, time: string) => instantAt(day, time, timeZone)
const booked = (bookedAt: Date, startsAt: Date, phone = mobile) =>
  planBooked({ startsAt, phone }, { now: bookedAt, timeZone, policy })
const due = (plan: PlannedMessage[]) => plan.map(({ kind, dueAt }) => [kind, dueAt] as const)

describe('reminders of a booked visit', () => {
  test('confirmation at once, SMS the day before at 10:00, e-mail one hour before', () => {
    const now = at('2026-12-21', '18:31')
    const start = at('2026-12-29', '10:15')
    expect(due(booked(now, start))).toEqual([
      ['booked', now],
      ['reminder_sms', at('2026-12-28', '10:00')],
      ['reminder_email', at('2026-12-29', '09:15')],
    ])
  })

  test('booked after 10:00 the day before: the SMS goes out at once', () => {
    const now = at('2026-12-28', '11:00')
    expect(due(booked(now, at('2026-12-29', '10:15')))[1]).toEqual(['reminder_sms', now])
  })

  test('booked on the day, more than an hour ahead: the SMS of today goes out at once', () => {
    const now = at('2026-12-29', '08:30')
    expect(due(booked(now, at('2026-12-29', '10:15')))).toEqual([
      ['booked', now],
      ['reminder_sms', now],
      ['reminder_email', at('2026-12-29', '09:15')],
    ])
  })

  test('booked less than an hour ahead: the confirmation carries the link, reminders would only repeat it', () => {
    const now = at('2026-12-29', '09:15')
    expect(due(booked(now, at('2026-12-29', '10:15')))).toEqual([['booked', now]])
  })

  test('booked at night: the SMS waits for eight in the morning, while that still helps', () => {
    const night = at('2026-12-28', '21:30')
    expect(due(booked(night, at('2026-12-29', '10:15')))[1]).toEqual([
      'reminder_sms',
      at('2026-12-29', '08:00'),
    ])
    expect(booked(night, at('2026-12-29', '09:00')).map(({ kind }) => kind)).toEqual([
      'booked',
      'reminder_email',
    ])
  })

  test('a landline gets no SMS', () => {
    const plan = booked(at('2026-12-21', '12:00'), at('2026-12-29', '10:15'), landline)
    expect(plan.map(({ channel }) => channel)).toEqual(['email', 'email'])
  })

  test.each([
    ['spring: 02:00 becomes 03:00', '2027-03-28', '2027-03-27T09:00:00Z', '2027-03-28T07:00:00Z'],
    ['autumn: 03:00 becomes 02:00', '2026-10-25', '2026-10-24T08:00:00Z', '2026-10-25T08:00:00Z'],
  ])('over the clock change in %s reminders keep to the clock on the wall', (_when, day, sms, email) => {
    const plan = booked(at('2026-10-01', '12:00'), at(day, '10:00'))
    expect(due(plan).slice(1)).toEqual([
      ['reminder_sms', new Date(sms)],
      ['reminder_email', new Date(email)],
    ])
  })
})

describe('a visit that changes', () => {
  const now = at('2026-12-28', '14:00')
  const visit = { startsAt: at('2026-12-29', '10:15'), phone: mobile }
  const time = { now, timeZone, policy }

  test('moved by the client: the new time by e-mail and both reminders anew', () => {
    expect(planMoved(visit, 'client', time).map(({ kind }) => kind)).toEqual([
      'moved',
      'reminder_sms',
      'reminder_email',
    ])
  })

  test('moved by the institution: also by SMS, which then stands for the reminder due at the same time', () => {
    expect(planMoved(visit, 'institution', time).map(({ kind }) => kind)).toEqual([
      'moved',
      'moved_sms',
      'reminder_email',
    ])
    const later = { ...visit, startsAt: at('2027-01-05', '10:15') }
    expect(planMoved(later, 'institution', time).map(({ kind }) => kind)).toContain('reminder_sms')
  })

  test('cancelled by the client: an e-mail; by the institution: also an SMS, unless the time has come', () => {
    expect(planCancelled(visit, 'client', time).map(({ kind }) => kind)).toEqual(['cancelled_by_client'])
    expect(planCancelled(visit, 'institution', time).map(({ kind }) => kind)).toEqual([
      'cancelled_by_institution',
      'cancelled_by_institution_sms',
    ])
    const started = { ...visit, startsAt: now }
    expect(planCancelled(started, 'institution', time).map(({ channel }) => channel)).toEqual(['email'])
  })

  test('missed: one e-mail', () => {
    expect(planMissed(time).map(({ kind, dueAt }) => [kind, dueAt])).toEqual([['missed', now]])
  })
})

describe('whatever is booked, moved or cancelled whenever', () => {
  const instant = fc.date({
    min: new Date('2026-01-01T00:00:00Z'),
    max: new Date('2028-01-01T00:00:00Z'),
    noInvalidDate: true,
  })
  const case_ = fc.record({
    now: instant,
    minutesAhead: fc.oneof(fc.integer({ min: 1, max: 180 }), fc.integer({ min: 1, max: 90_000 })),
    phone: fc.constantFrom(mobile, landline, '+380501234567'),
    zone: fc.constantFrom('Europe/Warsaw', 'Pacific/Chatham', 'America/St_Johns', 'UTC'),
    event: fc.constantFrom('booked', 'moved', 'moved_by_us', 'cancelled_by_us'),
  })

  test('nothing is due too late to help, before now, or at night; reminders come before the visit', () => {
    fc.assert(
      fc.property(case_, ({ now, minutesAhead, phone, zone, event }) => {
        const startsAt = new Date(now.getTime() + minutesAhead * 60_000)
        const time = { now, timeZone: zone, policy }
        const visit = { startsAt, phone }
        const plan =
          event === 'booked'
            ? planBooked(visit, time)
            : event === 'cancelled_by_us'
              ? planCancelled(visit, 'institution', time)
              : planMoved(visit, event === 'moved' ? 'client' : 'institution', time)
        const kinds = plan.map(({ kind }) => kind)
        expect(new Set(kinds).size).toBe(kinds.length)
        for (const message of plan) {
          expect(message.dueAt < message.uselessAfter).toBe(true)
          expect(message.dueAt >= now).toBe(true)
          if (message.kind.startsWith('reminder')) {
            expect(message.dueAt < startsAt).toBe(true)
            expect(message.uselessAfter <= startsAt).toBe(true)
          }
          if (message.channel === 'sms') {
            expect(timeOf(message.dueAt, zone) >= '08:00').toBe(true)
            expect(timeOf(message.dueAt, zone) < '20:00').toBe(true)
          }
        }
        // The SMS promises the e-mail
        if (kinds.includes('reminder_sms')) expect(kinds).toContain('reminder_email')
      }),
      { numRuns: 2000 },
    )
  })

  test('the next moment for an SMS is never earlier than asked for and never at night', () => {
    fc.assert(
      fc.property(instant, (from) => {
        const next = nextSmsInstant(from, { timeZone, policy })
        expect(next >= from).toBe(true)
        expect(nextSmsInstant(next, { timeZone, policy })).toEqual(next)
        expect(next.getTime() - from.getTime()).toBeLessThanOrEqual(13 * 3_600_000)
      }),
    )
  })
})

describe('numbers that receive SMS', () => {
  test.each([
    ['a Polish mobile', '+48601234567', true],
    ['a Ukrainian mobile', '+380501234567', true],
    ['an American number, of which nobody can tell', '+12015550123', true],
    ['a Warsaw landline', '+48225601600', false],
    ['a premium number', '+48701234567', false],
    ['something else', 'no number', false],
  ])('%s', (_what, phone, receives) => {
    expect(canReceiveSms(phone)).toBe(receives)
  })
})

describe('an institution with times of its own', () => {
  test('moves both reminders', () => {
    const own = messagePolicy({ reminderSms: { daysBefore: 1, at: '09:00' }, reminderEmailMinutesBefore: 90 })
    const start = at('2026-12-29', '10:15')
    const time = { now: at('2026-12-21', '12:00'), timeZone, policy: own }
    expect(due(planBooked({ startsAt: start, phone: mobile }, time)).slice(1)).toEqual([
      ['reminder_sms', at('2026-12-28', '09:00')],
      ['reminder_email', at('2026-12-29', '08:45')],
    ])
  })

  test('cannot ask for an SMS two days before, whose text would say "tomorrow"', () => {
    expect(() =>
      messagePolicy({ reminderSms: { daysBefore: 2, at: '10:00' }, reminderEmailMinutesBefore: 60 }),
    ).toThrow('day before')
  })
})
