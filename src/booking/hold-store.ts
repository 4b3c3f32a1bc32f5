import { type RawBuilder, type Selectable, sql } from 'kysely'
import type { DbOrTx } from '../platform/db'
import type { Hold as HoldTable } from '../platform/db-types'
import type { Keys } from '../platform/keys'
import type { Language } from '../texts/catalogue'
import { type Hold, type HoldStanding, ownerHash, unsealAnswers } from './hold'
import { claimable } from './seat-store'

export type HoldRow = Selectable<HoldTable>

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

/** How a row of hold, joined with its seat, stands. */
export const standing = (now: Date): RawBuilder<HoldStanding> => sql`
  case
    when hold.visit_id is not null then 'booked'
    when seat.state = 'held' and seat.hold_id = hold.id and seat.held_until > ${now} then 'held'
    when hold.starts_at > ${now} and exists (
      select from desk
        join desk_topic on desk_topic.desk_id = desk.id and desk_topic.topic_id = hold.topic_id
        join seat on seat.desk_id = desk.id and seat.starts_at = hold.starts_at
      where desk.branch_id = hold.branch_id and desk.active and ${claimable(now)}
    ) then 'expired'
    else 'lost'
  end`

/** The owner's hold with its standing. */
export async function findHold(
  db: DbOrTx,
  owner: HoldOwner,
  now: Date,
): Promise<(HoldRow & { standing: HoldStanding }) | undefined> {
  const { rows } = await sql<HoldRow & { standing: HoldStanding }>`
    select hold.*, ${standing(now)} as standing
    from hold join seat on seat.id = hold.seat_id
    where ${isOwned(owner)}`.execute(db)
  return rows[0]
}

/** A row as the pages see it, answers opened. */
export function toHold(row: HoldRow, keys: Keys): Hold {
  return {
    id: row.id,
    branchId: row.branch_id,
    topicId: row.topic_id,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    heldUntil: row.held_until,
    extended: row.extended,
    postalCode: row.postal_code,
    language: row.language as Language,
    answers: row.answers && unsealAnswers(keys, row.id, row.answers),
    visitId: row.visit_id,
  }
}
