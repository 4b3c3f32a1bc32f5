import { expect, test } from 'vitest'
import { addDays, type Day } from '../platform/zone'
import { isPublicHoliday } from './holidays'

const holidaysOf = (year: number): Day[] => {
  const days: Day[] = []
  for (let day = `${year}-01-01`; day.startsWith(`${year}`); day = addDays(day, 1)) {
    if (isPublicHoliday(day)) days.push(day)
  }
  return days
}

test('2026 has the fourteen public holidays of Polish law, Christmas Eve among them', () => {
  expect(holidaysOf(2026)).toEqual([
    '2026-01-01',
    '2026-01-06',
    '2026-04-05',
    '2026-04-06',
    '2026-05-01',
    '2026-05-03',
    '2026-05-24',
    '2026-06-04',
    '2026-08-15',
    '2026-11-01',
    '2026-11-11',
    '2026-12-24',
    '2026-12-25',
    '2026-12-26',
  ])
})

test('Christmas Eve is a working day until 2024 and a holiday from 2025', () => {
  expect([2023, 2024, 2025, 2026].map((year) => isPublicHoliday(`${year}-12-24`))).toEqual([
    false,
    false,
    true,
    true,
  ])
})

test.each([
  ['Easter Sunday', '2026-04-05'],
  ['Easter Monday', '2026-04-06'],
  ['Corpus Christi', '2026-06-04'],
  ['Easter Sunday', '2027-03-28'],
  ['Easter Monday', '2027-03-29'],
  ['Corpus Christi', '2027-05-27'],
])('the movable feast %s is found on %s', (_, day) => {
  expect(isPublicHoliday(day)).toBe(true)
})

test('an ordinary Sunday and a bridge day are no public holidays', () => {
  expect(isPublicHoliday('2026-06-07')).toBe(false)
  expect(isPublicHoliday('2026-06-05')).toBe(false)
})
