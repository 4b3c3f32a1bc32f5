import { lockVisit } from '../booking/visit-store'
import { journalCloseCodes } from '../contract/close-codes'
import type { InstitutionSettings } from '../institution/institution-data'
import { type Db, inTransaction } from '../platform/db'
import type { Keys } from '../platform/keys'
import type { ObjectStore } from '../platform/object-store'
import type { Staff } from '../staff/staff'
import { durableEnd } from './durable-end'
import { makeRecordingKey, openRecordingKey, type RecordingKey } from './recording-key'
import {
  countSessions,
  insertPart,
  insertRecording,
  insertSession,
  readParts,
  readRecording,
  readSession,
} from './recording-store'
import { closedBy, readStandings } from './session-standing'

export interface SessionRequest {
  visitId: string
  sessionId: string
  staff: Staff
  now: Date
  keys: Keys
  store: ObjectStore
  keptDays: InstitutionSettings['recordingKeptDays']
  /** Code of a topic by its id. */
  topicCode: (id: number) => string | undefined
}

export type OpenedSession =
  | { ok: true; key: RecordingKey; part: number; number: number; hash: Uint8Array }
  | { ok: false; reason: 'not_allowed' | 'no_consent' | 'not_in_progress' | 'too_many' | 'erased' }

/** Page loads of one visit: no officer comes near it. */
export const mostSessions = 200

/**
 * Opens the journal of an officer's page, or goes on with it after an outage, also when the visit is over: only the
 * officer whose page made it may. A new one needs the visit in progress, its officer and the client's consent.
 */
export async function openSession(db: Db, request: SessionRequest): Promise<OpenedSession> {
  const { visitId, sessionId, now, keys, store } = request
  const begun = await inTransaction(db, (tx) => begin(tx, request))
  if (!begun.ok) return begun
  const recording = await readRecording(db, visitId)
  if (!recording?.wrappedKey) return { ok: false, reason: 'erased' }
  const key = openRecordingKey(keys, visitId, recording.wrappedKey)
  const parts = await readParts(db, sessionId)
  const end = await durableEnd(store, key, { visitId, id: sessionId, parts })
  const part = await inTransaction(db, (tx) =>
    insertPart(tx, { sessionId, visitId, batch: end.number, hash: end.hash, openedAt: now }),
  )
  if (part === undefined) return { ok: false, reason: 'erased' }
  return { ok: true, key, part, ...end }
}

async function begin(
  tx: Parameters<typeof lockVisit>[0],
  { visitId, sessionId, staff, now, keys, keptDays, topicCode }: SessionRequest,
): Promise<{ ok: true } | Extract<OpenedSession, { ok: false }>> {
  const session = await readSession(tx, sessionId)
  if (session) {
    const isOwn = session.visitId === visitId && session.staffId === staff.id
    const standing = (await readStandings(tx, [visitId])).get(visitId)
    if (!isOwn || !standing) return { ok: false, reason: 'not_allowed' }
    const code = closedBy(standing, staff.id)
    if (code === undefined) return { ok: true }
    return { ok: false, reason: code === journalCloseCodes.erased ? 'erased' : 'not_allowed' }
  }
  const visit = await lockVisit(tx, visitId)
  if (!visit || visit.officer_id !== staff.id) return { ok: false, reason: 'not_allowed' }
  if (visit.state !== 'in_progress') return { ok: false, reason: 'not_in_progress' }
  if (!visit.recording_consent) return { ok: false, reason: 'no_consent' }
  if ((await countSessions(tx, visitId)) >= mostSessions) return { ok: false, reason: 'too_many' }
  const days = keptDays.topics[topicCode(visit.topic_id) ?? ''] ?? keptDays.usual
  await insertRecording(tx, {
    visitId,
    branchId: visit.branch_id,
    topicId: visit.topic_id,
    wrappedKey: makeRecordingKey(keys, visitId).wrapped,
    startedAt: now,
    keepUntil: new Date(now.getTime() + days * 86_400_000),
  })
  await insertSession(tx, { id: sessionId, visitId, staffId: staff.id, openedAt: now })
  return { ok: true }
}
