import { describe, expect, test } from 'vitest'
import { Secret } from '../config/secret'
import { staffTranslator } from '../platform/i18n/translator'
import { testWords } from '../ui/site-for-tests'
import { agoWords, bytesWords } from './ages'
import { certificateTargets, smtpTarget } from './certificate-targets'
import { daysLeft } from './check-certificate'
import { cronPeriod, isLate } from './cron-period'
import { measuredPart } from './operations-part'
import { isFull } from './read-machine'

const texts = staffTranslator(testWords)
const now = new Date('2026-12-21T10:00:00Z')
const before = (minutes: number) => new Date(now.getTime() - minutes * 60_000)

test('ages and sizes are told as people do', () => {
  const words = [0.5, 5, 90, 60 * 47, 60 * 24 * 12].map((minutes) => agoWords(texts, before(minutes), now))
  expect(words).toEqual(['przed chwilą', '5 min temu', '1 godz. temu', '47 godz. temu', '12 dni temu'])
  expect([0, 999, 1500, 25_000_000, 271e9].map(bytesWords)).toEqual([
    '0 B',
    '999 B',
    '1,5 kB',
    '25 MB',
    '271 GB',
  ])
})

describe('a job by the clock', () => {
  test.each([
    ['* * * * *', 1],
    ['20 * * * *', 60],
    ['15 1 * * *', 1440],
  ])('of %s runs every %d minutes at the most', (cron, minutes) => {
    expect(cronPeriod(cron)).toBe(minutes * 60_000)
  })
  test('is late when it was missed twice', () => {
    expect(isLate('* * * * *', before(6), now)).toBe(false)
    expect(isLate('* * * * *', before(8), now)).toBe(true)
    expect(isLate('20 * * * *', before(120), now)).toBe(false)
    expect(isLate('20 * * * *', before(130), now)).toBe(true)
    expect(isLate('20 * * * *', null, now)).toBe(false)
  })
})

test('certificates are looked at where browsers, mail, relays, the store and the SMS gateway are reached', () => {
  const secret = new Secret('x')
  const targets = certificateTargets('https://wizyta.example.org', {
    smtpUrl: new Secret('smtp://user:password@mail.example.org'),
    turn: {
      urls: ['turn:turn.example.org:3478?transport=udp', 'turns:turn.example.org:443?transport=tcp'],
      ...{ secret, credentialSeconds: 60, officerRelayOnly: false },
    },
    recordings: {
      ...{ kind: 's3', bucket: 'b', region: 'r', accessKey: 'a', secretKey: secret },
      endpoint: 'https://s3.example.org:9000',
    },
    sms: { provider: 'smsapi' },
  })
  expect(targets).toEqual([
    { use: 'public', host: 'wizyta.example.org', port: 443 },
    { use: 'smtp', host: 'mail.example.org', port: 587, startTls: true },
    { use: 'turn', host: 'turn.example.org', port: 443 },
    { use: 's3', host: 's3.example.org', port: 9000 },
    { use: 'sms', host: 'api.smsapi.pl', port: 443 },
  ])
  expect(smtpTarget('smtps://mail.example.org')).toMatchObject({ port: 465, startTls: false })
})

test('days left are whole ones, and negative once they are over', () => {
  expect(daysLeft(new Date('2026-12-31T09:00:00Z'), now)).toBe(9)
  expect(daysLeft(new Date('2026-12-21T09:00:00Z'), now)).toBe(-1)
})

test('a disk is full with little left of it, or little left at all', () => {
  expect(isFull({ folder: '/', free: 50e9, size: 200e9 })).toBe(false)
  expect(isFull({ folder: '/', free: 9e9, size: 200e9 })).toBe(true)
  expect(isFull({ folder: '/', free: 1e9, size: 5e9 })).toBe(true)
})

test('what cannot be measured says so, and the others are shown', async () => {
  const part = await measuredPart(texts, { id: 'a', title: 'A' }, () => Promise.reject(new Error('refused')))
  expect(part).toMatchObject({
    id: 'a',
    title: 'A',
    notices: [{ tone: 'bad', text: 'Nie udało się sprawdzić: refused' }],
  })
})
