import { expect, it } from 'vitest'
import { preferredCodecs } from './codec-preferences'

it('puts VP8 before H.264, keeps loss repair, and leaves out what the recording does not know', () => {
  const codecs = [
    'video/VP9',
    'video/H264',
    'video/rtx',
    'video/VP8',
    'video/AV1',
    'video/ulpfec',
    'video/H264',
  ]
  expect(preferredCodecs(codecs.map((mimeType) => ({ mimeType }))).map(({ mimeType }) => mimeType)).toEqual([
    'video/VP8',
    'video/H264',
    'video/H264',
    'video/rtx',
    'video/ulpfec',
  ])
})
