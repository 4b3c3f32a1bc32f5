import { expect, test } from 'vitest'
import { roomStateForTests } from '../contract/room-state-for-tests'
import type { RoomNotice } from '../contract/signalling'
import { noticeFor } from './notice-for'

const room = roomStateForTests({
  state: 'completed',
  closingNote: 'Decyzja przyjdzie pocztą.',
  warnings: [{ id: '0', reason: 'noise', givenAt: '2026-12-29T08:10:00.000Z', seenAt: null }],
})
const now = '2026-12-29T08:19:00.000Z'
const changed: RoomNotice = { type: 'room', now, room }
const welcome: RoomNotice = {
  type: 'welcome',
  you: 'guardian',
  now,
  iceServers: [],
  relayOnly: false,
  room,
  present: [],
  chat: [],
}

test.each([changed, welcome])(
  'guests learn of the end without the words and warnings to the client',
  (notice) => {
    expect(noticeFor('interpreter', notice)).toEqual(noticeFor('guardian', notice))
    expect(noticeFor('guardian', notice)).toEqual({
      ...notice,
      room: { ...room, closingNote: null, warnings: [] },
    })
  },
)

test.each(['client', 'officer'] as const)('the %s reads them', (participant) => {
  expect(noticeFor(participant, changed)).toEqual(changed)
})

test('everything else is told to the guardian as it is', () => {
  expect(noticeFor('guardian', { type: 'pong' })).toEqual({ type: 'pong' })
})
