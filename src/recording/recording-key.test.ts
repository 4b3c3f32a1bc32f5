import { expect, test } from 'vitest'
import { randomKeys } from '../platform/keys'
import { makeRecordingKey, openRecordingKey, rewrapRecordingKey } from './recording-key'

const keys = randomKeys()

test('what was sealed opens with the wrapped key, also after it was wrapped anew', () => {
  const { key, wrapped } = makeRecordingKey(keys, 'visit')
  const sealed = key.seal(Buffer.from('picture'), 'place')
  for (const form of [wrapped, rewrapRecordingKey(keys, 'visit', wrapped)])
    expect(openRecordingKey(keys, 'visit', form).unseal(sealed, 'place').toString()).toBe('picture')
})

test('a changed byte, another place, another recording or another institution opens nothing', () => {
  const { key, wrapped } = makeRecordingKey(keys, 'visit')
  const sealed = key.seal(Buffer.from('picture'), 'place')
  for (let at = 0; at < sealed.length; at++) {
    const bent = Buffer.from(sealed)
    bent[at] = (bent[at] ?? 0) ^ 1
    expect(() => key.unseal(bent, 'place')).toThrow()
  }
  expect(() => key.unseal(sealed.subarray(0, 20), 'place')).toThrow()
  expect(() => key.unseal(sealed, 'elsewhere')).toThrow()
  expect(() => makeRecordingKey(keys, 'visit').key.unseal(sealed, 'place')).toThrow()
  expect(() => openRecordingKey(keys, 'other', wrapped)).toThrow()
  expect(() => openRecordingKey(randomKeys(), 'visit', wrapped)).toThrow()
})

test('each session has a key of its own for what waits on the computer', () => {
  const { key } = makeRecordingKey(keys, 'visit')
  expect(key.spoolKey('a')).toHaveLength(32)
  expect(key.spoolKey('a')).toEqual(key.spoolKey('a'))
  expect(key.spoolKey('a')).not.toEqual(key.spoolKey('b'))
})
