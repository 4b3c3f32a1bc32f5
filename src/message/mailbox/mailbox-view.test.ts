import { describe, expect, test } from 'vitest'
import { mailboxPath, readView, shortWhen, stateTag } from './mailbox-view'

describe('the address of the mailbox', () => {
  test('says what is shown, and the other way round', () => {
    const view = { channel: 'email', recipient: 'halina & co', page: 2, asText: true } as const
    const address = mailboxPath(view, 7)
    expect(address).toBe('/skrzynka/7?kanal=email&do=halina+%26+co&strona=2&widok=tekst')
    expect(readView(Object.fromEntries(new URL(address, 'http://x').searchParams))).toEqual(view)
    expect(mailboxPath({})).toBe('/skrzynka')
  })

  test.each([{}, { kanal: 'fax', strona: '0', widok: 'x' }, { strona: ['1', '2'], do: { x: 'y' } }])(
    'what makes no sense counts as not asked for: %j',
    (query) => {
      expect(readView(query)).toEqual({ channel: null, recipient: '', page: 1, asText: false })
    },
  )
})

describe('what the list says', () => {
  test('a message that failed and waits tells which try comes next', () => {
    expect(stateTag('queued', 1)).toEqual({ look: 'tag tag-wait', key: 'mailbox.state.retry', n: 2 })
    expect(stateTag('queued')).toEqual({ look: 'tag tag-wait', key: 'mailbox.state.queued' })
    expect(stateTag('dead', 3)).toEqual({ look: 'tag tag-bad', key: 'mailbox.state.dead' })
  })

  test('today shows the clock of the institution, other days the date', () => {
    const now = new Date('2026-12-28T22:30:00Z')
    expect(shortWhen(new Date('2026-12-28T08:40:00Z'), now, 'Europe/Warsaw')).toBe('09:40')
    expect(shortWhen(new Date('2026-12-27T23:30:00Z'), now, 'Europe/Warsaw')).toBe('00:30')
    expect(shortWhen(new Date('2026-12-21T08:40:00Z'), now, 'Europe/Warsaw')).toBe('21.12')
  })
})
