import { expect, test } from 'vitest'
import { shownRecording } from './shown-recording'

test('a server that is not reached for three seconds cannot say that the recording is interrupted', () => {
  expect(shownRecording('on', { waitingSeconds: 2.9 })).toBe('on')
  expect(shownRecording('on', { waitingSeconds: 3 })).toBe('interrupted')
  expect(shownRecording('paused', { waitingSeconds: 9 })).toBe('paused')
  expect(shownRecording('on', null)).toBe('on')
})
