import { expect, test } from 'vitest'
import { choiceValue, decisionsIn, fieldOf } from './decision-fields'

const [one, other, third] = [1, 2, 3].map((n) => `0196f0a0-0000-7000-8000-00000000000${n}`) as [
  string,
  string,
  string,
]
const sent = {
  oddzial: 'WAW3',
  [fieldOf(one)]: choiceValue.move(17),
  [fieldOf(other)]: choiceValue.offer,
  [fieldOf(third)]: choiceValue.none,
}

test('a form decides about the visits for which something was chosen', () => {
  expect(decisionsIn(sent)).toEqual([
    { visitId: one, kind: 'move', seatId: 17 },
    { visitId: other, kind: 'offer' },
  ])
  expect(decisionsIn({ [fieldOf(third)]: choiceValue.cancel })).toEqual([{ visitId: third, kind: 'cancel' }])
})

test('the button of a row decides about that visit only', () => {
  expect(decisionsIn({ ...sent, tylko: other })).toEqual([{ visitId: other, kind: 'offer' }])
})

test('what is not ours decides nothing', () => {
  const strange = {
    [`wizyta-1`]: 'klient',
    [fieldOf(one)]: ['klient', 'anuluj'],
    [fieldOf(other)]: 'termin-1e9',
  }
  expect(decisionsIn(strange)).toEqual([])
})
