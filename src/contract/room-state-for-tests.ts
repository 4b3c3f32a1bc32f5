import type { RoomState } from './signalling'

/** A room in which nothing happens yet. */
export const roomStateForTests = (changes: Partial<RoomState> = {}): RoomState => ({
  state: 'waiting',
  reason: null,
  startsAt: '2026-12-29T09:15:00.000Z',
  endsAt: '2026-12-29T09:35:00.000Z',
  startedAt: null,
  waitingSince: null,
  officerName: null,
  closingNote: null,
  extendedMinutes: 0,
  asked: null,
  recording: 'off',
  identity: null,
  warnings: [],
  wait: null,
  guests: { guardian: null, interpreter: null },
  ...changes,
})
