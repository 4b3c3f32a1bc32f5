import { describe, expect, it } from 'vitest'
import type { RoomState } from '../../contract/signalling'
import { roomStateForTests } from '../../contract/room-state-for-tests'
import { meetingState } from './meeting-state'

const room = (
  state: RoomState['state'],
  part: { entered?: boolean; place?: 'here' | 'elsewhere' | 'replaced' } = {},
) => ({
  place: part.place ?? ('here' as const),
  entered: part.entered ?? false,
  state: roomStateForTests({ state }),
})
const joined = { joined: true, hungUp: false }

describe('what a client sees behind the meeting link', () => {
  it('asks for camera and microphone before the waiting room', () => {
    expect(meetingState(room('booked'), { joined: false, hungUp: false })).toBe('permission')
  })

  it('waits, is invited, talks', () => {
    expect(meetingState(room('waiting'), joined)).toBe('waiting')
    expect(meetingState(room('in_progress'), joined)).toBe('invited')
    expect(meetingState(room('in_progress', { entered: true }), joined)).toBe('call')
  })

  it('can come back after hanging up, and waits again when the officer gives the visit back', () => {
    expect(meetingState(room('in_progress'), { joined: true, hungUp: true })).toBe('left')
    expect(meetingState(room('waiting'), { joined: true, hungUp: true })).toBe('waiting')
  })

  it('is told when the call runs in another tab or on another device', () => {
    expect(meetingState(room('in_progress', { place: 'elsewhere' }), joined)).toBe('elsewhere')
    expect(meetingState(room('in_progress', { place: 'replaced' }), joined)).toBe('elsewhere')
  })

  it('sees the end wherever it is', () => {
    for (const state of ['completed', 'ended_early', 'cancelled', 'missed'] as const)
      expect(meetingState(room(state, { place: 'replaced' }), { joined: false, hungUp: false })).toBe('ended')
  })
})
