import { describe, expect, it } from 'vitest'
import { sessionId, withOpusCorrection } from './sdp'

const description = (opusParameters: string) =>
  [
    'v=0',
    'o=- 4611731400430051336 2 IN IP4 127.0.0.1',
    's=-',
    'm=audio 9 UDP/TLS/RTP/SAVPF 111 9',
    'a=rtpmap:111 opus/48000/2',
    ...(opusParameters ? [`a=fmtp:111 ${opusParameters}`] : []),
    'a=rtpmap:9 G722/8000',
    '',
  ].join('\r\n')

describe('reading a description', () => {
  it('finds the session that stays the same for the life of a connection', () => {
    expect(sessionId(description(''))).toBe('4611731400430051336')
    expect(sessionId('o=mozilla...THIS_IS_SDPARTA-99.0 7142 0 IN IP4 0.0.0.0')).toBe('7142')
    expect(sessionId('v=0')).toBeNull()
  })
})

describe('error correction for speech', () => {
  it('is asked for where the other side does not say it', () => {
    expect(withOpusCorrection(description('minptime=10'))).toContain(
      'a=fmtp:111 useinbandfec=1;minptime=10\r\n',
    )
    expect(withOpusCorrection(description(''))).toContain(
      'a=rtpmap:111 opus/48000/2\r\na=fmtp:111 useinbandfec=1\r\n',
    )
  })

  it('is left as the other side says it', () => {
    const said = description('minptime=10;useinbandfec=1')
    expect(withOpusCorrection(said)).toBe(said)
    const refused = description('useinbandfec=0')
    expect(withOpusCorrection(refused)).toBe(refused)
  })

  it('leaves a description without opus alone', () => {
    const other = 'm=audio 9 UDP/TLS/RTP/SAVPF 9\r\na=rtpmap:9 G722/8000\r\n'
    expect(withOpusCorrection(other)).toBe(other)
  })
})
