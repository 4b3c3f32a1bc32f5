import { randomBytes } from 'node:crypto'
import { bookVisit } from '../booking/book-visit'
import type { ConsentKind } from '../booking/consents'
import { holdSeat } from '../booking/hold-seat'
import { readVisit } from '../booking/read-visit'
import { readClient } from '../booking/visit-links'
import type { Directory } from '../institution/directory'
import type { MessageQueue } from '../message/queue-messages'
import type { Bus } from '../platform/bus'
import type { Db } from '../platform/db'
import type { Keys } from '../platform/keys'
import type { Staff } from '../staff/staff'
import { isLanguage } from '../texts/catalogue'
import { type Refusal, refusalFor } from './conducting'

export interface FollowUp {
  visitId: string
  staff: Staff
  topicId: number
  startsAt: Date
  now: Date
  keys: Keys
  directory: Directory
  queue: MessageQueue
  bus: Bus
}

export type FollowUpBooked =
  | { ok: true; number: string; startsAt: Date }
  | {
      ok: false
      reason: Refusal | 'changed' | 'not_offered' | 'taken' | 'follow_up_before' | 'ask_client_to_book'
    }

/**
 * Books another visit of the same client while they talk, at the same branch: nothing is typed again, and the
 * consents given for this visit go along while their texts are still in force. The present visit does not count
 * against the limits.
 */
export async function bookFollowUp(db: Db, followUp: FollowUp): Promise<FollowUpBooked> {
  const { visitId, staff, topicId, startsAt, now, keys, directory, queue, bus } = followUp
  const visit = await readVisit(db, visitId)
  const refusal = refusalFor(staff, 'conduct', visit)
  if (refusal || !visit) return { ok: false, reason: refusal ?? 'unknown' }
  if (visit.state !== 'in_progress') return { ok: false, reason: 'changed' }
  const before = await db
    .selectFrom('visit')
    .select('id')
    .where('follow_up_of', '=', visit.id)
    .where('state', '<>', 'cancelled')
    .executeTakeFirst()
  if (before) return { ok: false, reason: 'follow_up_before' }

  const { settings } = directory.institution
  const ownerSecret = randomBytes(24).toString('base64url')
  const language = isLanguage(visit.language) ? visit.language : 'pl'
  const held = await holdSeat(db, {
    branchId: visit.branch_id,
    topicId,
    startsAt,
    ownerSecret,
    language,
    postalCode: null,
    now,
    keys,
    settings,
  })
  if (!held.ok) return held
  const consents = await db
    .selectFrom('consent')
    .select(['kind', 'version'])
    .where('visit_id', '=', visit.id)
    .where('withdrawn_at', 'is', null)
    .execute()
  const booked = await bookVisit(db, {
    holdId: held.hold.id,
    ownerSecret,
    answers: { ...readClient(keys, visit), language },
    consents: consents.map(({ kind, version }) => ({ kind: kind as ConsentKind, version })),
    limits: {
      activeVisitsPerPerson: settings.activeVisitsPerPerson + 1,
      activeVisitsPerTopic: settings.activeVisitsPerTopic + 1,
    },
    followUpOf: visit.id,
    now,
    keys,
    directory,
    queue,
    bus,
  })
  if (booked.ok) return { ok: true, number: booked.visit.number, startsAt: booked.visit.startsAt }
  switch (booked.reason) {
    case 'expired':
    case 'lost':
    case 'unknown':
      return { ok: false, reason: 'taken' }
    case 'same_topic':
    case 'too_many_visits':
      return { ok: false, reason: 'follow_up_before' }
    default:
      // A consent is missing or its text has changed: only the client can give it
      return { ok: false, reason: 'ask_client_to_book' }
  }
}
