import { sql } from 'kysely'
import type { Bus } from '../platform/bus'
import type { Db, Tx } from '../platform/db'
import type { Staff } from '../staff/staff'
import { auditVisit } from './audit-visit'
import { type NotConducting, whileConducting } from './conducted-visit'
import { tellOfVisit } from './visit-notices'

export const extensionMinutes = 5

export type Extension =
  | { ok: true; endsAt: Date }
  | NotConducting
  /** Somebody has, or is just taking, the seat that the extension would touch. */
  | { ok: false; reason: 'next_booked'; nextAt: Date }

export interface VisitToExtend {
  visitId: string
  staff: Staff
  bufferMinutes: number
  now: Date
  bus: Bus
}

/**
 * Adds five minutes. Seats of the same desk that the longer visit, with the pause after it, would touch must be
 * free, and are taken off the offer in the same step: nobody is promised what cannot be kept.
 */
export function extendVisit(db: Db, extension: VisitToExtend): Promise<Extension> {
  const { visitId, staff, bufferMinutes, now, bus } = extension
  return whileConducting<Extension>(db, { visitId, staff }, async (tx, visit) => {
    const endsAt = new Date(visit.ends_at.getTime() + extensionMinutes * 60_000)
    const until = new Date(endsAt.getTime() + bufferMinutes * 60_000)
    const touched = await seatsTouched(tx, { seatId: visit.seat_id, visitId, until, now })
    const booked = touched.find(({ free }) => !free)
    if (booked) return { ok: false, reason: 'next_booked', nextAt: booked.starts_at }
    await sql`
      update seat set state = 'held', hold_id = ${visit.id}, held_until = ends_at, claimable_from = null
      where id = any(${touched.map(({ id }) => id)}::bigint[])`.execute(tx)
    await tx
      .updateTable('visit')
      .set({ ends_at: endsAt, extended_minutes: visit.extended_minutes + extensionMinutes })
      .where('id', '=', visit.id)
      .execute()
    await auditVisit(tx, visit, {
      staff,
      action: 'visit.extended',
      details: { minutes: extensionMinutes },
      now,
    })
    await tellOfVisit(tx, bus, { id: visit.id, branchId: visit.branch_id })
    return { ok: true, endsAt }
  })
}

/** Later seats of the visit's desk that begin before `until`, locked; free, or held for this visit before. */
async function seatsTouched(
  tx: Tx,
  { seatId, visitId, until, now }: { seatId: number; visitId: string; until: Date; now: Date },
): Promise<{ id: number; starts_at: Date; free: boolean }[]> {
  const { rows } = await sql<{ id: number; starts_at: Date; free: boolean }>`
    select later.id, later.starts_at,
      later.state = 'free' or (later.state = 'held' and (later.held_until <= ${now} or later.hold_id = ${visitId}))
        as free
    from seat own join seat later on later.desk_id = own.desk_id and later.starts_at >= own.ends_at
    where own.id = ${seatId} and later.starts_at < ${until}
      and (later.withdrawn_at is null or later.state <> 'free')
    order by later.starts_at
    for update of later`.execute(tx)
  return rows
}
