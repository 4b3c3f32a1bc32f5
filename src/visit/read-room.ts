import type { PresentPage, RoomState } from '../contract/signalling'
import { readVisit } from '../booking/read-visit'
import type { VisitRow } from '../booking/visit-links'
import type { DbOrTx } from '../platform/db'
import type { Keys } from '../platform/keys'
import { staffName } from '../staff/staff-name'
import { type Presence, presentIn } from './presence-store'
import { readClosingNote } from './visit-notes'

/** A visit's room as it stands: what its pages are told, and who is in it. */
export interface RoomView {
  state: RoomState
  present: readonly Presence[]
}

/** Undefined when there is no such visit. */
export async function readRoom(
  db: DbOrTx,
  { visitId, keys, now }: { visitId: string; keys: Keys; now: Date },
): Promise<RoomView | undefined> {
  const visit = await readVisit(db, visitId)
  if (!visit) return undefined
  const officer = await staffName(db, visit.officer_id)
  return { state: roomState(keys, visit, officer), present: await presentIn(db, visitId, now) }
}

/** What a page is told of its visit. The staff's own note is not among it. */
export function roomState(keys: Keys, visit: VisitRow, officerName: string | null): RoomState {
  const { words } = readClosingNote(keys, visit)
  return {
    state: visit.state,
    reason: visit.state_reason,
    startsAt: visit.starts_at.toISOString(),
    endsAt: visit.ends_at.toISOString(),
    startedAt: visit.started_at?.toISOString() ?? null,
    waitingSince: visit.waiting_since?.toISOString() ?? null,
    officerName,
    closingNote: words === '' ? null : words,
  }
}

export const presentPages = (present: readonly Presence[]): PresentPage[] =>
  present.map(({ pageId, participant, ready }) => ({ pageId, participant, ready }))
