import { expect, test } from 'vitest'
import { fromDayOptions, nextOpening, openDays } from './from-days'
import { testOffer, testPage, testWindows } from './page-for-tests'
import { instantFrom, instantValue, timesGridHtml } from './times-grid'
import { shownPhone } from './visit-words'

const open = { first: '2026-12-21', last: '2027-01-08', windows: testWindows(1, 2, 3, 4, 5) }

test('one can look from the days of the desks only: no weekends, no Christmas, no New Year, no Epiphany', () => {
  const days = openDays(open)
  expect(days).toContain('2026-12-23')
  for (const closed of ['2026-12-24', '2026-12-25', '2026-12-26', '2026-12-27', '2027-01-01', '2027-01-06'])
    expect(days).not.toContain(closed)
})

test('a desk round the clock, on holidays as well, has every day', () => {
  const windows = testWindows(1, 2, 3, 4, 5, 6, 7).map((window) => ({ ...window, onHolidays: true }))
  expect(openDays({ ...open, windows })).toHaveLength(19)
})

test('one can look from a Saturday where a desk is open on Saturdays, while it is', () => {
  const saturdays = testWindows(6).map((window) => ({ ...window, validTo: '2027-01-08' }))
  const days = openDays({ ...open, windows: saturdays, last: '2027-01-31' })
  // The Saturday between is the second day of Christmas
  expect(days).toEqual(['2027-01-02'])
  const fromJanuary = testWindows(6).map((window) => ({ ...window, validFrom: '2027-01-03' }))
  expect(openDays({ ...open, windows: fromJanuary, last: '2027-01-16' })).toEqual([
    '2027-01-09',
    '2027-01-16',
  ])
})

test('where nothing opens there is today to look from, and tomorrow to look again', () => {
  const never = { ...open, windows: [] }
  expect(fromDayOptions(testPage('pl'), never, open.first)).toContain('value="2026-12-21" selected')
  expect(nextOpening(never)).toBe('2026-12-22')
})

test('a day without times chooses the next one that may have some', () => {
  expect(fromDayOptions(testPage('pl'), open, '2026-12-26')).toContain('value="2026-12-28" selected')
})

test('new times come on the day on which the horizon reaches a working day', () => {
  expect(nextOpening({ ...open, last: '2027-01-07' })).toBe('2026-12-22')
  expect(nextOpening({ ...open, last: '2027-01-08' })).toBe('2026-12-24')
})

test('a free time can be chosen, a taken one is only told', () => {
  const html = timesGridHtml(testPage('pl'), testOffer.days.slice(0, 1))
  expect(html).toContain('<legend>Wtorek, 29 grudnia<span>7 wolnych terminów</span></legend>')
  expect(html).toContain('value="2026-12-29T08:00Z" id="czas"><label for="czas">09:00</label>')
  expect(html).toContain('<b>09:25</b><small>zajęte</small>')
  expect(html).not.toContain('value="2026-12-29T08:25Z"')
})

test('a day on which everything is taken says so', () => {
  const [day] = testOffer.days
  const full = { day: '2026-12-29', times: (day?.times ?? []).map((time) => ({ ...time, free: false })) }
  expect(timesGridHtml(testPage('pl'), [full])).toContain('Wszystkie terminy tego dnia są zajęte')
})

test('a time travels through a form unchanged, and nothing else is taken for one', () => {
  const instant = new Date('2026-12-29T08:25:00Z')
  expect(instantFrom(instantValue(instant))).toEqual(instant)
  for (const text of [undefined, '', '2026-12-29', '2026-13-29T08:25Z', '2026-12-29T08:25:00.000Z', 'now'])
    expect(instantFrom(text)).toBeUndefined()
})
test('a phone number is shown as people write it', () => {
  expect(shownPhone('+48601234567')).toBe('601\u00a0234\u00a0567')
  expect(shownPhone('+447700900123')).toBe('+44\u00a07700\u00a0900123')
})
