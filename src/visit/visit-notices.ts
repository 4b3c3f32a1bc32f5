import type { Bus } from '../platform/bus'
import type { DbOrTx } from '../platform/db'

/** A visit's row or its presence has changed: read it again. */
export const visitTopic = (visitId: string): string => `visit:${visitId}`
/** Signalling between the pages of a visit. */
export const roomTopic = (visitId: string): string => `room:${visitId}`
/** The id of a visit of the branch that changed; null when no visit did, but who takes them. */
export const deskTopic = (branchId: number): string => `desk:${branchId}`

/** Tells the room and the branch's desks, once the caller's transaction commits. */
export async function tellOfVisit(
  db: DbOrTx,
  bus: Bus,
  visit: { id: string; branchId: number },
): Promise<void> {
  await bus.publish(db, { topic: visitTopic(visit.id), body: {} })
  await bus.publish(db, { topic: deskTopic(visit.branchId), body: visit.id })
}

/** Tells of a change in who takes the branch's visits and when. */
export const tellOfBranch = (db: DbOrTx, bus: Bus, branchId: number): Promise<void> =>
  bus.publish(db, { topic: deskTopic(branchId), body: null })
