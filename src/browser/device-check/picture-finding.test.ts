import { expect, test } from 'vitest'
import { cameraFinding, type PictureReading } from './picture-finding'

const needed = { width: 1280, height: 720, megabits: 2 }
const good: PictureReading = { width: 1280, height: 720, brightest: 120, moved: true }
const codeOf = (changes: Partial<PictureReading>) => cameraFinding({ ...good, ...changes }, needed).code

test('a camera of the required size is right, also held upright, also larger', () => {
  expect(cameraFinding(good, needed)).toEqual({ code: 'ok', width: 1280, height: 720 })
  expect(codeOf({ width: 720, height: 1280 })).toBe('ok')
  expect(codeOf({ width: 1920, height: 1080 })).toBe('ok')
})

test('one that gives less is told how much it gives', () => {
  expect(cameraFinding({ ...good, width: 640, height: 480 }, needed)).toEqual({
    code: 'resolutionLow',
    width: 640,
    height: 480,
  })
  expect(codeOf({ width: 1280, height: 600 })).toBe('resolutionLow')
})

test('a covered lens and a picture that stands still are told apart', () => {
  expect(codeOf({ brightest: 2, moved: false })).toBe('black')
  expect(codeOf({ moved: false })).toBe('frozen')
})

test('a picture that never came is not judged', () => {
  expect(cameraFinding(null, needed).code).toBe('unknown')
  expect(codeOf({ width: 0, height: 0 })).toBe('unknown')
})
