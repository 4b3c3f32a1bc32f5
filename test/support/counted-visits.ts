import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Db } from '../../src/platform/db'

/** A visit as far as it is counted. */
export interface CountedVisit {
  branchId: number
  topicId: number
  startsAt: Date
  state: 'booked' | 'waiting' | 'in_progress' | 'completed' | 'ended_early' | 'cancelled' | 'missed'
  reason?: string | null
  /** Minutes after the start at which the client came, the officer called in, and the visit ended. */
  came?: number
  began?: number
  ended?: number
}

let numbers = 0
const signs = '2345689A'
/** A visit number that can be typed, the next one each time. */
const numberOf = (n: number): string => {
  const text = n
    .toString(8)
    .padStart(8, '0')
    .replace(/./g, (digit) => signs.charAt(Number(digit)))
  return `EW-${text.slice(0, 4)}-${text.slice(4)}`
}

/** Writes visits without the way that led to them: on desks of their own, so that no two ever meet. */
export async function addCountedVisits(db: Db, visits: readonly CountedVisit[]): Promise<string[]> {
  const ids: string[] = []
  for (const visit of visits) {
    const { branchId, topicId, startsAt, state, reason = null, came, began, ended } = visit
    const after = (minutes: number | undefined) =>
      minutes === undefined ? null : new Date(startsAt.getTime() + minutes * 60_000)
    const id = randomUUID()
    const endsAt = after(20)
    await sql`
      with new_desk as (
        insert into desk (branch_id, name) values (${branchId}, ${`counted ${id}`}) returning id
      ), new_seat as (
        insert into seat (desk_id, branch_id, starts_at, ends_at, state)
        select id, ${branchId}, ${startsAt}, ${endsAt}, 'booked' from new_desk returning id
      )
      insert into visit (id, number, seat_id, branch_id, topic_id, starts_at, ends_at, state, state_reason,
        state_changed_at, language, client, phone_hash, email_hash, has_guardian, recording_consent, booked_at,
        waiting_since, started_at, ended_at)
      select ${id}, ${numberOf(++numbers)},
        id, ${branchId}, ${topicId}, ${startsAt}, ${endsAt}, ${state}::visit_state, ${reason}, ${startsAt}, 'pl',
        '\\x00', '\\x00', '\\x00', false, true, ${startsAt}, ${after(came)}, ${after(began)}, ${after(ended)}
      from new_seat`.execute(db)
    ids.push(id)
  }
  return ids
}
