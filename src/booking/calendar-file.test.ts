import { expect, test } from 'vitest'
import { calendarFile } from './calendar-file'

const file = calendarFile(
  {
    id: '01a297d4-4280-75e9-9390-5f08ee48f1c7',
    startsAt: new Date('2026-12-29T08:25:00Z'),
    endsAt: new Date('2026-12-29T08:45:00Z'),
    scheduleVersion: 2,
    summary: 'E-wizyta w ZUS',
    description: 'Numer wizyty: EW-7K3F-94QX. Link jest w e-mailu.',
  },
  { host: 'ewizyta.example.pl', now: new Date('2026-12-21T08:00:00Z') },
)

test('a calendar shows the visit at its instant, whatever zone it is in', () => {
  expect(file).toContain('DTSTART:20261229T082500Z\r\n')
  expect(file).toContain('DTEND:20261229T084500Z\r\n')
  expect(file).toContain('SUMMARY:E-wizyta w ZUS\r\n')
})

test('a moved visit replaces its entry: the same name, a higher sequence', () => {
  expect(file).toContain('UID:01a297d4-4280-75e9-9390-5f08ee48f1c7@ewizyta.example.pl\r\n')
  expect(file).toContain('SEQUENCE:2\r\n')
})

test('no line is longer than calendars take', () => {
  for (const line of file.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
})
