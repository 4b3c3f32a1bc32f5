import { expect, test } from 'vitest'
import { clockTimeOf } from './typed'
import { breaksOf, readWindowForm } from './window-form'

test.each([
  ['9', '09:00'],
  ['9:05', '09:05'],
  ['09.30', '09:30'],
  ['24:00', '24:00'],
  ['24:30', undefined],
  ['25:00', undefined],
  ['9:60', undefined],
  ['', undefined],
])('the clock time %j is read as %j', (typed, time) => {
  expect(clockTimeOf(typed)).toBe(time)
})

test.each([
  ['', []],
  ['11:05–11:35', [['11:05', '11:35']]],
  [
    '13-13.30, 11:05 - 11:35',
    [
      ['11:05', '11:35'],
      ['13:00', '13:30'],
    ],
  ],
  ['11:05', undefined],
  ['11:05–11:35–12:00', undefined],
  ['przerwa', undefined],
])('the breaks %j are read as %j', (typed, breaks) => {
  expect(breaksOf(typed)).toEqual(breaks)
})

test('a form with several mistakes names each of them', () => {
  const read = readWindowForm({ od: 'x', do: '', wizyta: '1', odstep: '-1', przerwy: '?' }, '2026-12-21')
  expect(read.ok ? [] : read.mistakes.map(({ field }) => field)).toEqual([
    'od',
    'do',
    'przerwy',
    'wizyta',
    'odstep',
    'obowiazuje-od',
  ])
})
