import { describe, expect, test } from 'vitest'
import { lightGrid, readLight } from './light'

/** A scene with a face in the middle. */
const scene = (face: number, around: number) =>
  Array.from({ length: lightGrid.width * lightGrid.height }, (_, index) => {
    const x = (index % lightGrid.width) / lightGrid.width
    const y = Math.floor(index / lightGrid.width) / lightGrid.height
    return x > 0.33 && x < 0.67 && y > 0.1 && y < 0.85 ? face : around
  })

describe('the light on a face', () => {
  test.each([
    ['lit by a lamp', 145, 96, 'good'],
    ['before a white wall', 150, 205, 'good'],
    ['at night', 30, 25, 'dark'],
    ['before a window', 34, 233, 'backlight'],
    ['with a lamp into the lens', 245, 120, 'bright'],
    ['in an evenly lit office', 120, 120, 'good'],
  ] as const)('%s', (_, face, around, reading) => {
    expect(readLight(scene(face, around))).toBe(reading)
  })
})
