import { describe, expect, test } from 'vitest'
import { randomKeys } from '../platform/keys'
import { readReason, reasonDetails } from './message-details'
import { emailHash, sealClient, unsealClient } from './sealed-client'
import { visitUrls } from './visit-urls'

const keys = randomKeys()
const visitId = '0196f0a0-0000-7000-8000-000000000002'
const client = {
  firstName: 'Halina',
  lastName: 'Wiśniewska',
  phone: '+48601234567',
  email: 'halina@example.pl',
  guardian: { firstName: 'Tomasz', lastName: 'Wiśniewski' },
}

describe("a client's data", () => {
  test('come back as they were sealed', () => {
    expect(unsealClient(keys, visitId, sealClient(keys, visitId, client))).toEqual(client)
  })

  test('cannot be read under another visit or with other keys', () => {
    const sealed = sealClient(keys, visitId, client)
    expect(() => unsealClient(keys, '0196f0a0-0000-7000-8000-000000000003', sealed)).toThrow()
    expect(() => unsealClient(randomKeys(), visitId, sealed)).toThrow()
  })

  test('an e-mail address is found however it is typed', () => {
    expect(emailHash(keys, ' Halina@Example.PL ')).toEqual(emailHash(keys, 'halina@example.pl'))
    expect(emailHash(keys, 'halina@example.pl')).not.toEqual(emailHash(keys, 'helena@example.pl'))
  })
})

describe('the reason of a cancellation in the outbox', () => {
  test('a known one is a code with a text in every language', () => {
    const details = reasonDetails(keys, visitId, 'closure')
    expect(details).toEqual({ reason: 'closure' })
    expect(readReason(keys, visitId, details)).toEqual({ key: 'reason.institution.closure' })
  })

  test("an officer's own words are kept sealed", () => {
    const details = reasonDetails(keys, visitId, ' Pani Halina ma grypę ')
    expect(JSON.stringify(details)).not.toContain('Halina')
    expect(readReason(keys, visitId, details)).toEqual({ words: 'Pani Halina ma grypę' })
  })

  test.each([undefined, ' '])('none is none', (reason) => {
    expect(readReason(keys, visitId, reasonDetails(keys, visitId, reason))).toBeUndefined()
  })
})

describe('links of a visit', () => {
  const urls = (language: 'pl' | 'en', linkVersion = 1) =>
    visitUrls('https://wizyta.example.org', keys, { id: visitId, linkVersion, language })

  test('are absolute and in the language of the visit', () => {
    expect(urls('pl').rules).toBe('https://wizyta.example.org/zasady')
    expect(urls('en').rules).toBe('https://wizyta.example.org/en/zasady')
    expect(urls('en').meeting).toMatch(/^https:\/\/wizyta\.example\.org\/en\/spotkanie\/[\w-]{46}$/)
  })

  test('each purpose has a token of its own, and revoking changes them all', () => {
    const tokens = ({ meeting, guardian, cancel, manage }: ReturnType<typeof urls>) =>
      [meeting, guardian, cancel, manage].map((url) => url.split('/').at(-1))
    const all = [...tokens(urls('pl')), ...tokens(urls('pl', 2))]
    expect(new Set(all).size).toBe(8)
  })
})
