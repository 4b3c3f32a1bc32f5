import { describe, expect, it } from 'vitest'
import { callNotice, type CallStanding } from './call-notice'

const standing = (part: Partial<CallStanding>): CallStanding => ({
  now: 100_000,
  downSince: null,
  silentSince: null,
  officerPresent: true,
  connectedOnce: true,
  minutesLeft: 12,
  hasCamera: true,
  cameraOn: true,
  microphoneOn: true,
  talksMuted: false,
  officerMicrophone: true,
  officerCamera: true,
  ownWay: 'good',
  officerSoundOnly: false,
  ...part,
})

describe('the notice in a call', () => {
  it('says nothing while all is well', () => {
    expect(callNotice(standing({}))).toBeNull()
  })

  it('says that the connection is being made, and when it cannot be made', () => {
    expect(callNotice(standing({ connectedOnce: false, silentSince: 99_000 }))).toBe('call.connecting')
    expect(callNotice(standing({ connectedOnce: false, silentSince: 60_000 }))).toBe('call.connectionLost')
  })

  it('keeps quiet about a break that repairs itself', () => {
    expect(callNotice(standing({ silentSince: 98_000 }))).toBeNull()
    expect(callNotice(standing({ downSince: 90_000 }))).toBeNull()
  })

  it('tells whose connection is broken', () => {
    expect(callNotice(standing({ silentSince: 95_000, officerPresent: false }))).toBe(
      'call.officerReconnecting',
    )
    expect(callNotice(standing({ silentSince: 95_000, downSince: 95_000 }))).toBe('call.reconnecting')
    expect(callNotice(standing({ silentSince: 95_000 }))).toBe('call.reconnecting')
  })

  it('waits for an officer who is gone, however long it takes', () => {
    expect(callNotice(standing({ silentSince: 10_000, officerPresent: false }))).toBe(
      'call.officerReconnecting',
    )
  })

  it('warns five minutes and one minute before the end', () => {
    expect(callNotice(standing({ minutesLeft: 5 }))).toBe('call.timeLeft.five')
    expect(callNotice(standing({ minutesLeft: 4 }))).toBeNull()
    expect(callNotice(standing({ minutesLeft: 1 }))).toBe('call.timeLeft.one')
    expect(callNotice(standing({ minutesLeft: 0 }))).toBeNull()
  })

  it('reminds of what is switched off, the own things first', () => {
    expect(callNotice(standing({ cameraOn: false, officerMicrophone: false }))).toBe('call.cameraIsOff')
    expect(callNotice(standing({ hasCamera: false, cameraOn: false }))).toBeNull()
    expect(callNotice(standing({ microphoneOn: false }))).toBe('call.muted')
    expect(callNotice(standing({ microphoneOn: false, talksMuted: true, minutesLeft: 5 }))).toBe(
      'call.mutedTalking',
    )
    expect(callNotice(standing({ talksMuted: true }))).toBeNull()
    expect(callNotice(standing({ officerMicrophone: false }))).toBe('call.officerMuted')
    expect(callNotice(standing({ officerCamera: false }))).toBe('call.officerCameraOff')
  })
})
