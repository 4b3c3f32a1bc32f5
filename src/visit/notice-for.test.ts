import { expect, test } from 'vitest'
import type { RoomNotice, RoomState } from '../contract/signalling'
import { noticeFor } from './notice-for'

const room: RoomState = {
  state: 'completed',
  reason: null,
  startsAt: '2026-12-29T08:00:00.000Z',
  endsAt: '2026-12-29T08:20:00.000Z',
  startedAt: '2026-12-29T08:01:00.000Z',
  waitingSince: '2026-12-29T07:55:00.000Z',
  officerName: 'Ewa Maj',
  closingNote: 'Decyzja przyjdzie pocztą.',
}
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
}

test.each([changed, welcome])('the guardian learns of the end without the words to the client', (notice) => {
  expect(noticeFor('guardian', notice)).toEqual({ ...notice, room: { ...room, closingNote: null } })
})

test.each(['client', 'officer'] as const)('the %s reads them', (participant) => {
  expect(noticeFor(participant, changed)).toEqual(changed)
})

test('everything else is told to the guardian as it is', () => {
  expect(noticeFor('guardian', { type: 'pong' })).toEqual({ type: 'pong' })
})
