import type { Participant, RoomNotice } from '../contract/signalling'

/** What a participant is told: closing words and warnings are between the officer and the client. */
export function noticeFor(participant: Participant, notice: RoomNotice): RoomNotice {
  const isGuest = participant === 'guardian' || participant === 'interpreter'
  if (!isGuest || !('room' in notice)) return notice
  return { ...notice, room: { ...notice.room, closingNote: null, warnings: [] } }
}
