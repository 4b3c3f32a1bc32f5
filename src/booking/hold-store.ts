import { type RawBuilder, type Selectable, sql } from 'kysely'
import type { DbOrTx } from '../platform/db'
import type { Hold as HoldTable } from '../platform/db-types'
import type { Keys } from '../platform/keys'
import type { Language } from '../texts/catalogue'
import { type Hold, type HoldStanding, ownerHash, unsealAnswers } from './hold'
import { canBeClaimed } from './seat-store'

/** A row with whether its seat is held by it right now. */
export type HoldRow = Selectable<HoldTable> & { is_held: boolean }

/** Whose hold is asked about; nobody but its owner learns that it exists. */
export interface HoldOwner {
  holdId: string
  ownerSecret: string
}

const uuidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Condition on the table hold: it is this one and belongs to this owner. */
export const isOwned = ({ holdId, ownerSecret }: HoldOwner): RawBuilder<boolean> =>
  // An id that is none (it comes from an address) matches nothing instead of failing in the database
  uuidPattern.test(holdId)
    ? sql`hold.id = ${holdId} and hold.owner_hash = ${ownerHash(ownerSecret)}`
    : sql`false`

/** Condition on hold and its seat: nobody else can claim the seat. */
export const isHeld = (now: Date): RawBuilder<boolean> =>
  sql`(seat.state = 'held' and seat.hold_id = hold.id and seat.held_until > ${now})`

/** The owner's hold. */
export async function findHold(db: DbOrTx, owner: HoldOwner, now: Date): Promise<HoldRow | undefined> {
  const { rows } = await sql<HoldRow>`
    select hold.*, ${isHeld(now)} as is_held
    from hold join seat on seat.id = hold.seat_id
    where ${isOwned(owner)}`.execute(db)
  return rows[0]
}

/** How a hold stands. Only one that is neither held nor booked costs a query. */
export async function standingOf(
  db: DbOrTx,
  hold: Pick<HoldRow, 'visit_id' | 'is_held' | 'branch_id' | 'topic_id' | 'starts_at'>,
  now: Date,
): Promise<HoldStanding> {
  if (hold.visit_id !== null) return 'booked'
  if (hold.is_held) return 'held'
  const time = { branchId: hold.branch_id, topicId: hold.topic_id, startsAt: hold.starts_at }
  return hold.starts_at > now && (await canBeClaimed(db, time, now)) ? 'expired' : 'lost'
}

/** A row as the pages see it, answers opened. */
export function toHold(row: Selectable<HoldTable>, keys: Keys): Hold {
  return {
    id: row.id,
    branchId: row.branch_id,
    topicId: row.topic_id,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    heldUntil: row.held_until,
    extended: row.extended,
    postalCode: row.postal_code,
    country: row.country,
    language: row.language as Language,
    answers: row.answers && unsealAnswers(keys, row.id, row.answers),
    visitId: row.visit_id,
  }
}
