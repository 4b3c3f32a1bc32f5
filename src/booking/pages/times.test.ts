import { expect, test } from 'vitest'
import { fromDayOptions, nextOpening, openDays } from './from-days'
import { testOffer, testPage } from './page-for-tests'
import { instantFrom, instantValue, timesGridHtml } from './times-grid'
import { shownPhone } from './visit-words'

const open = { first: '2026-12-21', last: '2027-01-08', everyDay: false }

test('one can look from working days only: no weekends, no Christmas, no New Year, no Epiphany', () => {
  const days = openDays(open)
  expect(days).toContain('2026-12-23')
  for (const closed of ['2026-12-24', '2026-12-25', '2026-12-26', '2026-12-27', '2027-01-01', '2027-01-06'])
    expect(days).not.toContain(closed)
})

test('a branch that is open every day has every day', () => {
  expect(openDays({ ...open, everyDay: true })).toHaveLength(19)
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
