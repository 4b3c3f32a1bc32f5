import { readAgreed } from '../message/visit-summary'
import type { Keys } from '../platform/keys'

/** The officer's words to the client; `topicId` is the right topic of a visit that ended for a wrong one. */
export interface ClosingNote {
  words: string
  topicId: number | null
}

/** Of each note, in characters. */
export const longestNote = 1000

const closing = (visitId: string) => `visit.closing-note:${visitId}`
const internal = (visitId: string) => `visit.staff-note:${visitId}`

/** For the column visit.closing_note; null when there is nothing to tell. */
export function sealClosingNote(keys: Keys, visitId: string, note: ClosingNote): Buffer | null {
  if (note.words === '' && note.topicId === null) return null
  return keys.seal(JSON.stringify([note.words, note.topicId]), closing(visitId))
}

export const readClosingNote = (
  keys: Keys,
  visit: { id: string; closing_note: Buffer | null },
): ClosingNote => readAgreed(keys, { id: visit.id, closingNote: visit.closing_note })

/** For the column visit.staff_note, which the client never sees; null for an empty one. */
export const sealStaffNote = (keys: Keys, visitId: string, words: string): Buffer | null =>
  words === '' ? null : keys.seal(words, internal(visitId))

export const readStaffNote = (keys: Keys, visit: { id: string; staff_note: Buffer | null }): string =>
  visit.staff_note ? keys.unseal(visit.staff_note, internal(visit.id)) : ''
