import { randomBytes } from 'node:crypto'
import { type Booking, bookVisit } from '../booking/book-visit'
import { askedConsents, checkConsents, type ConsentKind } from '../booking/consents'
import { holdSeat } from '../booking/hold-seat'
import { readVisit } from '../booking/read-visit'
import { releaseHold } from '../booking/release-hold'
import { readClient, type VisitRow } from '../booking/visit-links'
import type { Directory } from '../institution/directory'
import type { MessageQueue } from '../message/queue-messages'
import type { Bus } from '../platform/bus'
import type { Db } from '../platform/db'
import type { Keys } from '../platform/keys'
import { dayOf } from '../platform/zone'
import type { Staff } from '../staff/staff'
import { isLanguage } from '../texts/catalogue'
import { type Refusal, refusalFor } from './conducting'
import { followUpOf } from './settlement-store'

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
 * consents given for this visit go along with their time while their texts are still in force. The present visit
 * does not count against the limits. Sent again it stays one visit.
 */
export async function bookFollowUp(db: Db, followUp: FollowUp): Promise<FollowUpBooked> {
  const { visitId, staff, topicId, startsAt, now, keys, directory } = followUp
  const visit = await readVisit(db, visitId)
  const refusal = refusalFor(staff, 'conduct', visit)
  if (refusal || !visit) return { ok: false, reason: refusal ?? 'unknown' }
  if (visit.state !== 'in_progress') return { ok: false, reason: 'changed' }
  const before = await bookedBefore(db, followUp)
  if (before) return before
  const consents = await consentsInForce(db, visit, followUp)
  if (!consents) return { ok: false, reason: 'ask_client_to_book' }

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
    country: visit.country,
    now,
    keys,
    settings,
  })
  if (!held.ok) return (await bookedBefore(db, followUp)) ?? held
  const owner = { holdId: held.hold.id, ownerSecret }
  const booked = await bookVisit(db, {
    ...followUp,
    ...owner,
    answers: { ...readClient(keys, visit), language },
    consents,
    limits: {
      activeVisitsPerPerson: settings.activeVisitsPerPerson + 1,
      activeVisitsPerTopic: settings.activeVisitsPerTopic + 1,
    },
    followUpOf: visit.id,
    actor: { kind: 'staff', staffId: staff.id },
  })
  if (booked.ok) return { ok: true, number: booked.visit.number, startsAt: booked.visit.startsAt }
  await releaseHold(db, { ...owner, now })
  return (await bookedBefore(db, followUp)) ?? { ok: false, reason: reasonOf(booked) }
}

/** A second one is refused; the same one, asked for again, is what was asked for. */
async function bookedBefore(
  db: Db,
  { visitId, topicId, startsAt }: FollowUp,
): Promise<FollowUpBooked | undefined> {
  const before = await followUpOf(db, visitId)
  if (!before) return undefined
  const isTheSame = before.topicId === topicId && before.startsAt.getTime() === startsAt.getTime()
  return isTheSame
    ? { ok: true, number: before.number, startsAt: before.startsAt }
    : { ok: false, reason: 'follow_up_before' }
}

/** The consents that go along; undefined when one that is needed is missing or its text has changed since. */
async function consentsInForce(db: Db, visit: VisitRow, { directory, topicId, now }: FollowUp) {
  const given = await db
    .selectFrom('consent')
    .select(['kind', 'version'])
    .where('visit_id', '=', visit.id)
    .where('withdrawn_at', 'is', null)
    .execute()
  const asked = askedConsents(
    directory,
    visit.has_guardian,
    dayOf(now, directory.institution.timeZone),
    directory.recordingPolicy(topicId),
  )
  const checked = checkConsents(
    asked,
    given.map(({ kind, version }) => ({ kind: kind as ConsentKind, version })),
  )
  return checked.ok ? checked.given : undefined
}

function reasonOf({ reason }: Extract<Booking, { ok: false }>) {
  switch (reason) {
    case 'same_topic':
    case 'too_many_visits':
      return 'follow_up_before'
    case 'consent_missing':
    case 'consent_version_changed':
    case 'no_answers':
      return 'ask_client_to_book'
    default:
      return 'taken'
  }
}
