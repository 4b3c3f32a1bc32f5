import { expect, test } from 'vitest'
import { maskedEmail, maskedPhone } from './masked-recipient'

test('an address is shown so that only its owner knows it', () => {
  expect(maskedEmail('halina@example.pl')).toBe('h•••a@example.pl')
  expect(maskedEmail('h@example.pl')).toBe('h•••@example.pl')
  expect(maskedEmail('ha@example.pl')).toBe('h•••@example.pl')
})

test('a phone shows its country and its end only', () => {
  expect(maskedPhone('+48601234567')).toBe('+48 ••• ••• 567')
})
