import type { Participant, RoomNotice } from '../contract/signalling'

/** What a participant is told: the officer's closing words belong to the client, the guardian learns only the end. */
export function noticeFor(participant: Participant, notice: RoomNotice): RoomNotice {
  if (participant !== 'guardian' || !('room' in notice)) return notice
  return { ...notice, room: { ...notice.room, closingNote: null } }
}
