import { expect, test } from 'vitest'
import type { Branch } from '../institution/directory'
import { cursorText, readMessageFilter } from './messages-filter'

const branch = { id: 3, code: 'WAW3', name: 'III Oddział' } as Branch
const read = (query: Record<string, string>) =>
  readMessageFilter(query, {
    branches: [branch],
    timeZone: 'Europe/Warsaw',
    now: new Date('2026-12-21T08:00:00Z'),
  })

test('nothing asked for is today, in the institution’s time', () => {
  expect(read({})).toMatchObject({
    typed: { dzien: '2026-12-21' },
    filter: { from: new Date('2026-12-20T23:00:00Z'), until: new Date('2026-12-21T23:00:00Z') },
  })
})

test('a day that was emptied is every day, and a visit is looked for on every day', () => {
  expect(read({ dzien: '' })?.filter).toMatchObject({ from: null, until: null })
  expect(read({ dzien: '2026-12-21', numer: 'ew 7k3f 94qx' })?.filter).toMatchObject({
    from: null,
    visitNumber: 'EW-7K3F-94QX',
  })
})

test('what is no number of a visit is said', () => {
  expect(read({ numer: 'jutro' })?.error).toBe('number')
})

test.each([{ oddzial: 'WAW2' }, { rodzaj: 'x' }, { stan: 'x' }, { dzien: 'jutro' }])(
  '%o is nothing that can be chosen',
  (query) => {
    expect(read(query as unknown as Record<string, string>)).toBeUndefined()
  },
)

test('a place in the list survives its way through an address', () => {
  const place = { at: new Date('2026-12-21T08:00:00.123Z'), id: '0196f0a0-0000-7000-8000-000000000001' }
  expect(read({ dzien: '', po: cursorText(place) })?.cursor).toEqual({ ...place, towards: 'older' })
  expect(read({ dzien: '', przed: cursorText(place) })?.cursor).toEqual({ ...place, towards: 'newer' })
  expect(read({ dzien: '', po: 'x_y' })?.cursor).toBeNull()
})
