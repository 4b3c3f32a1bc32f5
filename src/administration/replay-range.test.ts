import { expect, test } from 'vitest'
import { readReplay } from './replay-range'

const read = (fields: Record<string, string>) => readReplay(fields, 'Europe/Warsaw')

test('a range is read in the institution’s time', () => {
  const { range } = read({ od: '2026-12-29T09:00', do: '2026-12-29T10:30', co: 'wszystkie' })
  expect(range).toEqual({
    from: new Date('2026-12-29T08:00:00Z'),
    until: new Date('2026-12-29T09:30:00Z'),
    takenToo: true,
  })
})

test('nothing typed asks for nothing', () => {
  expect(read({})).toMatchObject({ error: null, range: null })
})

test.each([
  [{ od: '', do: '', co: 'wszystkie' }],
  [{ od: '2026-12-29T09:00', do: '' }],
  [{ od: '2026-12-29T10:00', do: '2026-12-29T09:00' }],
  [{ od: '2026-13-29T10:00', do: '2026-12-29T09:00' }],
  [{ od: 'wczoraj', do: 'dziś' }],
])('%o is no range', (fields) => {
  expect(read(fields)).toMatchObject({ error: 'range', range: null })
})
