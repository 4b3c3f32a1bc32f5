import { describe, expect, it } from 'vitest'
import { problemTexts } from './problem-texts'

const titles = (audio: Parameters<typeof problemTexts>[0]['audio'], video: typeof audio) =>
  problemTexts({ audio, video }).map(({ title }) => title)

describe('what is said about missing devices', () => {
  it('is one text when both fail for one reason', () => {
    expect(titles('denied', 'denied')).toEqual(['meet.both.denied.title'])
    expect(titles('notFound', 'notFound')).toEqual(['meet.both.notFound.title'])
    expect(titles('unsupported', 'unsupported')).toEqual(['meet.unsupported.title'])
    expect(titles('insecure', 'insecure')).toEqual(['meet.insecure.title'])
  })

  it('is one text each when the reasons differ, the camera first', () => {
    expect(titles('notFound', 'inUse')).toEqual(['meet.camera.inUse.title', 'meet.microphone.notFound.title'])
    expect(titles('inUse', 'inUse')).toEqual(['meet.camera.inUse.title', 'meet.microphone.inUse.title'])
    expect(titles('failed', null)).toEqual(['meet.microphone.failed.title'])
    expect(titles(null, 'dismissed')).toEqual(['meet.camera.denied.title'])
  })

  it('is nothing when both work', () => {
    expect(titles(null, null)).toEqual([])
  })
})
