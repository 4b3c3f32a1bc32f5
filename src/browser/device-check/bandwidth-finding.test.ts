import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bandwidthFinding } from './bandwidth-finding'

const needed = { width: 1280, height: 720, megabits: 2 }
const codeOf = (down: number | null, up: number | null, upIsFloor = false) =>
  bandwidthFinding({ down, up, upIsFloor }, needed).code

test('a line of two megabits each way is enough, one of less is slow, one that carries no sound is too slow', () => {
  expect(bandwidthFinding({ down: 8.04, up: 2.06, upIsFloor: false }, needed)).toEqual({
    code: 'ok',
    down: 8,
    up: 2.1,
  })
  expect(codeOf(8, 1.4)).toBe('low')
  expect(codeOf(1.9, 9)).toBe('low')
  expect(codeOf(0.1, 9)).toBe('tooLow')
})

test('an upload that shows only a floor is judged only where the floor is sure', () => {
  expect(codeOf(8, 2.1, true)).toBe('ok')
  expect(codeOf(8, 1, true)).toBe('atLeast')
  expect(codeOf(8, 0.5, true)).toBe('low')
  expect(codeOf(8, 0.05, true)).toBe('tooLow')
})

test('what could not be measured is not judged', () => {
  expect(codeOf(null, 3)).toBe('unknown')
  expect(codeOf(3, null)).toBe('unknown')
})

test('a faster line is never judged worse', () => {
  const order = ['tooLow', 'low', 'atLeast', 'ok']
  const speed = fc.double({ min: 0, max: 20, noNaN: true })
  fc.assert(
    fc.property(speed, speed, speed, fc.boolean(), (down, up, more, floor) => {
      const before = order.indexOf(codeOf(down, up, floor))
      expect(order.indexOf(codeOf(down + more, up + more, floor))).toBeGreaterThanOrEqual(before)
    }),
  )
})
