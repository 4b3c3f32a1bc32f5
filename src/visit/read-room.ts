import type { PresentPage, RoomState } from '../contract/signalling'
import type { AskedThing, RecordingState } from '../contract/visit-matters'
import { isActive } from '../contract/visit-state'
import { readVisit } from '../booking/read-visit'
import { readClient, type VisitRow } from '../booking/visit-links'
import type { DbOrTx } from '../platform/db'
import type { Keys } from '../platform/keys'
import { type BranchLoad, expectedWait } from './expected-wait'
import { readInterpreter } from './interpreter'
import { type Presence, presentIn } from './presence-store'
import { readVisitExtras, type VisitExtras } from './visit-extras-store'
import { readClosingNote } from './visit-notes'

/** A visit's room as it stands: what its pages are told, and who is in it. */
export interface RoomView {
  visit: VisitRow
  state: RoomState
  present: readonly Presence[]
}

interface Reading {
  keys: Keys
  now: Date
  /** What goes on at the visit's branch; decides what a waiting client is told. */
  load: (branchId: number) => Promise<BranchLoad>
}

/** Undefined when there is no such visit. */
export async function readRoom(
  db: DbOrTx,
  { visitId, ...reading }: Reading & { visitId: string },
): Promise<RoomView | undefined> {
  const visit = await readVisit(db, visitId)
  if (!visit) return undefined
  const [state, present] = await Promise.all([
    readRoomState(db, visit, reading),
    presentIn(db, visitId, reading.now),
  ])
  return { visit, state, present }
}

/** What the pages of a visit are told of it. */
export async function readRoomState(
  db: DbOrTx,
  visit: VisitRow,
  { keys, now, load }: Reading,
): Promise<RoomState> {
  const extras = await readVisitExtras(db, visit)
  const state = roomState(keys, visit, extras)
  return visit.state === 'waiting'
    ? { ...state, wait: waitOf(visit, await load(visit.branch_id), now) }
    : state
}

/** What a waiting client is told of the delay. */
export const waitOf = (visit: VisitRow, load: BranchLoad, now: Date): RoomState['wait'] =>
  expectedWait(
    load,
    {
      visitId: visit.id,
      topicId: visit.topic_id,
      // Who came late is not kept waiting by us
      startsAt: new Date(Math.max(visit.starts_at.getTime(), visit.waiting_since?.getTime() ?? 0)),
    },
    now,
  )

/** The staff's own note is not among it. */
function roomState(keys: Keys, visit: VisitRow, { officerName, warnings, identity }: VisitExtras): RoomState {
  const { words } = readClosingNote(keys, visit)
  const { guardian } = readClient(keys, visit)
  return {
    state: visit.state,
    reason: visit.state_reason,
    startsAt: visit.starts_at.toISOString(),
    endsAt: visit.ends_at.toISOString(),
    startedAt: visit.started_at?.toISOString() ?? null,
    waitingSince: visit.waiting_since?.toISOString() ?? null,
    officerName,
    // Until the end they are only being written
    closingNote: words === '' || isActive(visit.state) ? null : words,
    extendedMinutes: visit.extended_minutes,
    asked: visit.asked as AskedThing | null,
    recording: visit.recording_state as RecordingState,
    identity,
    warnings,
    wait: null,
    guests: {
      guardian: guardian ? `${guardian.firstName} ${guardian.lastName}` : null,
      interpreter: readInterpreter(keys, visit),
    },
  }
}

export const presentPages = (present: readonly Presence[]): PresentPage[] =>
  present.map(({ pageId, participant, ready }) => ({ pageId, participant, ready }))
