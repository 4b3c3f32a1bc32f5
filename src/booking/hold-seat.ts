import { type Selectable, sql } from 'kysely'
import type { InstitutionSettings } from '../institution/institution-data'
import type { Db } from '../platform/db'
import type { Hold as HoldTable } from '../platform/db-types'
import type { Keys } from '../platform/keys'
import { uuidV7 } from '../platform/uuid'
import type { Language } from '../texts/catalogue'
import { type Hold, ownerHash, sealAnswers } from './hold'
import { findHold, toHold } from './hold-store'
import { forgetOffers } from './offer-cache'
import { isWithinHorizon } from './seat'
import { givenUp, isOffered, seatToClaim } from './seat-store'

export interface HoldRequest {
  branchId: number
  topicId: number
  startsAt: Date
  ownerSecret: string
  language: Language
  /** Five digits. */
  postalCode: string | null
  /** Of insurance, ISO 3166-1; null unless the topic asks for it. */
  country: string | null
  /** Id of an earlier hold of the same owner whose answers go along. */
  answersFrom?: string
  now: Date
  keys: Keys
  settings: InstitutionSettings
}

/**
 * Holds a seat of the topic at this branch and time for the owner of the secret. A newer hold releases the
 * older ones of its owner; their seats can be claimed at once. The owner of a hold may take its seat anew.
 */
export async function holdSeat(
  db: Db,
  request: HoldRequest,
): Promise<{ ok: true; hold: Hold } | { ok: false; reason: 'not_offered' | 'taken' }> {
  const { startsAt, now, keys, settings } = request
  if (!isWithinHorizon(startsAt, now, settings)) return { ok: false, reason: 'not_offered' }
  const id = uuidV7(now)
  const row = await claim(db, request, id, await answersToKeep(db, request, id))
  if (!row) return { ok: false, reason: (await isOffered(db, request)) ? 'taken' : 'not_offered' }
  forgetOffers(db, request.branchId)
  return { ok: true, hold: toHold(row, keys) }
}

async function answersToKeep(db: Db, request: HoldRequest, holdId: string): Promise<Buffer | null> {
  const { answersFrom, ownerSecret, now, keys } = request
  if (answersFrom === undefined) return null
  const earlier = await findHold(db, { holdId: answersFrom, ownerSecret }, now)
  const answers = earlier && toHold(earlier, keys).answers
  return answers ? sealAnswers(keys, holdId, answers) : null
}

/**
 * The claim: one statement, so that there is no moment between choosing, holding and releasing. Older holds
 * that somebody is just booking in another tab are locked and therefore stay.
 */
async function claim(
  db: Db,
  request: HoldRequest,
  id: string,
  answers: Buffer | null,
): Promise<Selectable<HoldTable> | undefined> {
  const { branchId, topicId, language, postalCode, country, now } = request
  const heldUntil = new Date(now.getTime() + request.settings.holdMinutes * 60_000)
  const owner = ownerHash(request.ownerSecret)
  const isMine = sql<boolean>`seat.state = 'held' and seat.hold_id in (select id from mine)`
  const { rows } = await sql<Selectable<HoldTable>>`
    with mine as materialized (
      select id, seat_id from hold
      where owner_hash = ${owner} and visit_id is null and held_until > ${now}
    ), chosen as materialized (
      ${seatToClaim(request, now, { orThis: isMine })}
    ), claimed as (
      update seat set state = 'held', hold_id = ${id}, held_until = ${heldUntil}, claimable_from = null
      from chosen where seat.id = chosen.id
      returning seat.id, seat.starts_at, seat.ends_at
    ), older as materialized (
      select seat.id from mine join seat on seat.id = mine.seat_id
      where ${isMine} and exists (select from claimed) and seat.id not in (select id from claimed)
      for update of seat skip locked
    ), released as (
      update seat set ${givenUp(now)} from older where seat.id = older.id
    )
    insert into hold (id, owner_hash, seat_id, branch_id, topic_id, starts_at, ends_at, held_until,
      postal_code, country, language, answers, created_at)
    select ${id}, ${owner}, id, ${branchId}, ${topicId}, starts_at, ends_at, ${heldUntil},
      ${postalCode}, ${country}, ${language}, ${answers}, ${now}
    from claimed
    returning *`.execute(db)
  return rows[0]
}
