import { expect, test } from 'vitest'
import { actOfKey, chapterFrom } from './shortcut'

test('keys of the player', () => {
  expect(actOfKey('K')).toEqual({ kind: 'toggle' })
  expect(actOfKey('7')).toEqual({ kind: 'to', share: 0.7 })
  expect(actOfKey('ArrowLeft')).toEqual({ kind: 'by', ms: -5000 })
  expect(actOfKey('x')).toBeUndefined()
})

test('chapters are stepped through, and past the last one lies the end', () => {
  const chapters = [0, 10_000, 20_000]
  expect(chapterFrom(chapters, 5000, 1, 30_000)).toBe(10_000)
  expect(chapterFrom(chapters, 10_000, 1, 30_000)).toBe(20_000)
  expect(chapterFrom(chapters, 25_000, 1, 30_000)).toBe(30_000)
  expect(chapterFrom(chapters, 15_000, -1, 30_000)).toBe(10_000)
  expect(chapterFrom(chapters, 10_500, -1, 30_000)).toBe(0)
})
