import { expect, test } from 'vitest'
import { correctionFor, placeIn } from './drift'

test('a file that keeps up plays at the chosen speed', () => {
  expect(correctionFor(0.01, 1.5)).toEqual({ kind: 'rate', rate: 1.5 })
})

test('a file ahead is slowed down, one behind sped up, never by more than one hears', () => {
  expect(correctionFor(0.03, 1)).toEqual({ kind: 'rate', rate: 0.95 })
  expect(correctionFor(-0.03, 1)).toEqual({ kind: 'rate', rate: 1.05 })
  expect(correctionFor(-0.19, 2)).toEqual({ kind: 'rate', rate: 2 * 1.08 })
})

test('a file far off jumps', () => {
  expect(correctionFor(0.21, 1)).toEqual({ kind: 'jump' })
  expect(correctionFor(-3, 1)).toEqual({ kind: 'jump' })
})

test('a file that begins later or ends sooner has no part in the moments around it', () => {
  const file = { offsetMs: 2000, durationMs: 5000 }
  expect(placeIn(file, 1000)).toEqual({ inside: false, seconds: 0 })
  expect(placeIn(file, 2500)).toEqual({ inside: true, seconds: 0.5 })
  expect(placeIn(file, 7000)).toEqual({ inside: false, seconds: 5 })
})
