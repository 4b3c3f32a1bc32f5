import { expect, test } from 'vitest'
import { nextTalk, noTalk } from './talk-level'

const hear = (levels: readonly number[], start = 0, before = noTalk) =>
  levels.reduce((state, level, at) => nextTalk(state, { level, now: start + at * 100 }), before)
const word = [0.4, 0.5, 0.4, 0.3, 0.4, 0.5]

test('a few words are talk; a cough and a quiet room are not', () => {
  expect(hear(word).talks).toBe(true)
  expect(hear([0.9, 0.8, 0, 0, 0, 0]).talks).toBe(false)
  expect(hear(Array.from({ length: 600 }, () => 0.1)).talks).toBe(false)
})

test('single knocks far apart are no talk, however many', () => {
  const knocks = Array.from({ length: 20 }, () => [0.9, ...Array.from({ length: 9 }, () => 0)]).flat()
  expect(hear(knocks).talks).toBe(false)
})

test('the hint stays through a pause, and goes when it is quiet for long', () => {
  const talking = hear(word)
  expect(hear([0, 0, 0], 1000, talking).talks).toBe(true)
  expect(hear([0], 6000, talking).talks).toBe(false)
})
