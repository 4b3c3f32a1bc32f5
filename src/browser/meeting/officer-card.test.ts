import { expect, test } from 'vitest'
import { cardOf } from './officer-card'

const warning = (id: string, seenAt: string | null = null) => ({
  id,
  reason: 'noise' as const,
  givenAt: '2026-12-29T09:00:00.000Z',
  seenAt,
})

test('a warning goes before what is asked, until it was read', () => {
  expect(cardOf({ warnings: [warning('1')], asked: 'front' })).toEqual({
    kind: 'warning',
    id: '1',
    title: 'warning.title',
    body: ['warning.noise'],
  })
  expect(cardOf({ warnings: [warning('1', '2026-12-29T09:00:05.000Z')], asked: 'front' })).toMatchObject({
    kind: 'asked',
    body: ['identity.front', 'identity.notKept'],
  })
})

test('a second warning says that it is the second', () => {
  const warnings = [warning('1', '2026-12-29T09:00:05.000Z'), warning('2')]
  expect(cardOf({ warnings, asked: null })).toMatchObject({
    id: '2',
    body: ['warning.noise', 'warning.repeat'],
  })
})

test('nothing asked, nothing shown', () => {
  expect(cardOf({ warnings: [], asked: null })).toBeNull()
})
