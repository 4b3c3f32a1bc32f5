import { expect, test } from 'vitest'
import type { Institution } from '../institution/directory'
import { remindersToCome } from './shown-visit'

const institution = {
  timeZone: 'Europe/Warsaw',
  settings: { reminderSms: { daysBefore: 1, at: '10:00' }, reminderEmailMinutesBefore: 60 },
} as Institution
const mobile = { startsAt: new Date('2026-12-29T09:15:00Z'), phone: '+48601234567' }

test('who books days ahead is promised both reminders', () => {
  const now = new Date('2026-12-21T08:00:00Z')
  expect(remindersToCome(institution, mobile, now)).toEqual({ sms: true, email: true })
})

test('nobody is promised an SMS to a landline', () => {
  const landline = { ...mobile, phone: '+48225601600' }
  expect(remindersToCome(institution, landline, new Date('2026-12-21T08:00:00Z')).sms).toBe(false)
})

test('nobody is promised a reminder whose time has passed', () => {
  expect(remindersToCome(institution, mobile, new Date('2026-12-28T09:00:01Z'))).toEqual({
    sms: false,
    email: true,
  })
  expect(remindersToCome(institution, mobile, new Date('2026-12-29T08:20:00Z'))).toEqual({
    sms: false,
    email: false,
  })
})
