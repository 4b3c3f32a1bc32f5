import { expect, test } from 'vitest'
import { createBackgroundBlur } from './background-blur'

/** A camera whose system blurs what is behind the person; `offered`: what a page may set. */
function camera({
  blurred = true,
  offered = [true, false],
}: { blurred?: boolean; offered?: boolean[] } = {}) {
  const applied: unknown[] = []
  let isBlurred = blurred
  const track = {
    readyState: 'live',
    getCapabilities: () => ({ backgroundBlur: offered }),
    getSettings: () => ({ backgroundBlur: isBlurred }),
    getConstraints: () => ({ width: { ideal: 1280 } }),
    applyConstraints: (constraints: { backgroundBlur: boolean }) => {
      applied.push(constraints)
      isBlurred = constraints.backgroundBlur
      return Promise.resolve()
    },
  }
  return { track: track as unknown as MediaStreamTrack, applied, isBlurred: () => isBlurred }
}

test('it is off while a document is shown and on again afterwards, and other wishes stay', () => {
  const own = camera()
  const blur = createBackgroundBlur()
  blur.update(own.track, false)
  expect(own.applied).toEqual([])
  blur.update(own.track, true)
  blur.update(own.track, true)
  expect(own.applied).toEqual([{ width: { ideal: 1280 }, backgroundBlur: false }])
  blur.update(own.track, false)
  expect(own.isBlurred()).toBe(true)
})

test('a camera taken meanwhile is cleared too, and each gets back what it had', () => {
  const [first, second] = [camera(), camera()]
  const blur = createBackgroundBlur()
  blur.update(first.track, true)
  blur.update(second.track, true)
  expect([first.isBlurred(), second.isBlurred()]).toEqual([true, false])
  blur.update(null, false)
  expect(second.isBlurred()).toBe(true)
})

test.each([
  ['is off', camera({ blurred: false })],
  ['cannot be switched off by a page', camera({ offered: [true] })],
])('nothing is touched where it %s', (_, own) => {
  const blur = createBackgroundBlur()
  blur.update(own.track, true)
  blur.update(own.track, false)
  expect(own.applied).toEqual([])
})

test('a browser that knows nothing of it is left alone', () => {
  createBackgroundBlur().update({} as MediaStreamTrack, true)
})
