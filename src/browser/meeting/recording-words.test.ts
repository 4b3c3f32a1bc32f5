import { expect, test } from 'vitest'
import { recordingNews } from './recording-words'

test('start, interruption, pause, end and coming back are each said in words of their own', () => {
  expect(recordingNews('starting', 'on')).toBe('call.recording.started')
  expect(recordingNews('on', 'interrupted')).toBe('call.recording.interrupted')
  expect(recordingNews('interrupted', 'on')).toBe('call.recording.resumed')
  expect(recordingNews('on', 'paused')).toBe('call.recording.paused')
  expect(recordingNews('interrupted', 'unrecorded')).toBe('call.recording.unrecorded')
  expect(recordingNews('unrecorded', 'on')).toBe('call.recording.resumed')
  expect(recordingNews(null, 'on')).toBe('call.recording.on')
  expect(recordingNews(null, 'starting')).toBeNull()
})
