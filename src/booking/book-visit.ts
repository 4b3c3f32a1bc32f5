import { appendAudit } from '../audit/append-audit'
import type { AuditActor } from '../audit/audit-action'
import type { Directory } from '../institution/directory'
import type { MessageQueue } from '../message/queue-messages'
import { emailHash, phoneHash, sealClient } from '../message/sealed-client'
import type { Bus } from '../platform/bus'
import { type Db, inTransaction, sqlState, type Tx, violatedConstraint } from '../platform/db'
import type { Keys } from '../platform/keys'
import { uuidV7 } from '../platform/uuid'
import { dayOf } from '../platform/zone'
import type { Language } from '../texts/catalogue'
import type { Answers } from './answers'
import { type BookedVisit, insertVisit, lockPerson, readBookedVisit } from './book-visit-store'
import {
  type AgreedConsent,
  askedConsents,
  checkConsents,
  type ConsentKind,
  type GivenConsent,
} from './consents'
import { findHold, type HoldOwner, standingOf, toHold } from './hold-store'
import type { Hold } from './hold'
import { forgetOffers } from './offer-cache'
import { newVisitNumber } from './visit-number'
import { isSecondVisitOnSeat } from './visit-store'

export type { BookedVisit } from './book-visit-store'

export interface BookingRequest extends HoldOwner {
  consents: readonly GivenConsent[]
  /** Given with the booking itself; those kept with the hold unless given. */
  answers?: Answers
  /** Other limits than the institution's, for a visit that follows from another one. */
  limits?: { activeVisitsPerPerson: number; activeVisitsPerTopic: number }
  /** Id of the visit during which this one is booked. */
  followUpOf?: string
  /** Who books: the client unless given. */
  actor?: AuditActor
  /** In which the consents were read; that of the hold unless given. */
  language?: Language
  now: Date
  keys: Keys
  directory: Directory
  queue: MessageQueue
  /** Tells the branch's desk of a visit that starts within a day; later ones it reads by itself. */
  bus: Bus
  newNumber?: () => string
}

export type Booking =
  | { ok: true; visit: BookedVisit }
  | { ok: false; reason: 'consent_missing' | 'consent_version_changed'; missing: ConsentKind[] }
  | {
      ok: false
      reason: 'expired' | 'lost' | 'unknown' | 'no_answers' | 'same_topic' | 'too_many_visits'
    }

/**
 * Turns the hold into a visit: one transaction with the visit, its consents, the end of the hold and the
 * messages. A hold that ran out still becomes a visit as long as nobody else has claimed the seat. A repeated
 * call for a hold already booked answers with the same visit.
 */
export async function bookVisit(db: Db, request: BookingRequest): Promise<Booking> {
  const { directory, keys, now } = request
  const row = await findHold(db, request, now)
  if (!row) return { ok: false, reason: 'unknown' }
  const hold = toHold(row, keys)
  if (hold.visitId) return { ok: true, visit: await readBookedVisit(db, hold.visitId) }
  const answers = request.answers ?? hold.answers
  if (!answers) return { ok: false, reason: 'no_answers' }

  const today = dayOf(now, directory.institution.timeZone)
  const policy = directory.recordingPolicy(hold.topicId)
  const asked = askedConsents(directory, answers.guardian !== null, today, policy)
  const consents = checkConsents(asked, request.consents)
  if (!consents.ok) return consents

  const booking = await withFreshNumber(request.newNumber ?? newVisitNumber, (number) =>
    inTransaction(db, (tx) => book(tx, request, { ...hold, answers }, number, consents.given)),
  )
  if (booking.ok) {
    forgetOffers(db, hold.branchId)
    request.queue.wake()
  }
  return booking
}

const maxNumbers = 5

/** Numbers are random: when one is taken already, the whole transaction is made again with another. */
async function withFreshNumber(
  newNumber: () => string,
  work: (number: string) => Promise<Booking>,
): Promise<Booking> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work(newNumber())
    } catch (error) {
      if (isSecondVisitOnSeat(error)) return { ok: false, reason: 'lost' }
      const isTaken = sqlState(error) === '23505' && violatedConstraint(error) === 'visit_number_key'
      if (!isTaken || attempt >= maxNumbers) throw error
    }
  }
}

async function book(
  tx: Tx,
  request: BookingRequest,
  hold: Hold & { answers: Answers },
  number: string,
  consents: readonly AgreedConsent[],
): Promise<Booking> {
  const { now, keys, directory, queue, bus } = request
  const { answers } = hold
  const person = { phoneHash: phoneHash(keys, answers.phone), emailHash: emailHash(keys, answers.email) }
  await lockPerson(tx, person)
  const id = uuidV7(now)
  const outcome = await insertVisit(tx, {
    ...person,
    id,
    number,
    hold,
    client: sealClient(keys, id, answers),
    consents,
    consentLanguage: request.language ?? hold.language,
    limits: request.limits ?? directory.institution.settings,
    followUpOf: request.followUpOf ?? null,
    now,
  })
  switch (outcome.result) {
    case 'booked':
      await queue.visitBooked(tx, {
        id,
        startsAt: outcome.visit.startsAt,
        scheduleVersion: 1,
        phone: answers.phone,
      })
      await appendAudit(tx, {
        at: now,
        actor: request.actor ?? { kind: 'client' },
        action: 'visit.booked',
        subject: { kind: 'visit', id },
        branchId: hold.branchId,
        details: { startsAt: outcome.visit.startsAt.toISOString() },
      })
      if (outcome.visit.startsAt.getTime() - now.getTime() < 86_400_000)
        await bus.publish(tx, { topic: `desk:${hold.branchId}`, body: id })
      return { ok: true, visit: outcome.visit }
    case 'booked_before':
      return { ok: true, visit: await readBookedVisit(tx, outcome.visitId) }
    case 'seat_gone': {
      const found = await findHold(tx, request, now)
      if (!found) return { ok: false, reason: 'unknown' }
      const standing = await standingOf(tx, found, now)
      return { ok: false, reason: standing === 'expired' ? 'expired' : 'lost' }
    }
    // One visit leads to one more at most
    case 'followed_before':
      return { ok: false, reason: 'too_many_visits' }
    default:
      return { ok: false, reason: outcome.result }
  }
}
