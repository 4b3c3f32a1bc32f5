import { expect, test } from 'vitest'
import { lightGrid } from '../call/light'
import { createLightHint } from './light-hint'

const evenly = (brightness: number) =>
  Array.from({ length: lightGrid.width * lightGrid.height }, () => brightness)
const dark = evenly(30)
const good = evenly(130)

test('a face in the dark is told once it has been so for three seconds', () => {
  const hint = createLightHint()
  expect(hint(dark, 0)).toBe(null)
  expect(hint(dark, 2999)).toBe(null)
  expect(hint(dark, 3000)).toBe('wait.hint.light')
})

test('a hand before the camera is told to nobody', () => {
  const hint = createLightHint()
  hint(dark, 0)
  hint(good, 1000)
  expect(hint(dark, 3000)).toBe(null)
})

test('the hint stays until the light has been good for a while', () => {
  const hint = createLightHint()
  hint(dark, 0)
  hint(dark, 3000)
  expect(hint(good, 4000)).toBe('wait.hint.light')
  expect(hint(good, 7000)).toBe(null)
})

test('a camera that is off takes the hint away at once', () => {
  const hint = createLightHint()
  hint(dark, 0)
  hint(dark, 3000)
  expect(hint(null, 3100)).toBe(null)
})
