import { expect, test } from 'vitest'
import { nameMatches, searchWords } from './visit-search'

test.each([
  ['wiśniewska', true],
  ['WISNIEWSKA hal', true],
  ['halina wiś', true],
  ['żółć', true],
  ['zolc', true],
  ['niewska', false],
  ['halina nowak', false],
  ['', false],
  [' - ', false],
])('%s finds Halina Żółć-Wiśniewska: %s', (typed, found) => {
  expect(nameMatches(searchWords(typed), 'Halina Żółć-Wiśniewska')).toBe(found)
})

test('names in other letters are found by their letters', () => {
  expect(nameMatches(searchWords('шевч'), 'Тарас Шевченко')).toBe(true)
})
