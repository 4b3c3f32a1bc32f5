import type { VisitRow } from '../booking/visit-links'
import { lockVisit } from '../booking/visit-store'
import type { Bus } from '../platform/bus'
import { type Db, inTransaction, type Tx } from '../platform/db'
import { arrive } from './arrive'
import { meetingStanding } from './meeting-standing'
import { mayStillCome } from './meeting-visitor'
import { deletePresence, insertPresence, type Presence, presentIn } from './presence-store'
import { type RoomMessage, roomMessage } from './room-message'
import type { RoomPerson } from './room-person'
import { keepAlive } from './server-process'
import { roomTopic, tellOfVisit } from './visit-notices'

export interface Joining {
  visitId: string
  connectionId: string
  processId: string
  person: RoomPerson
  pageId: string
  tabId: string
  /** Moves the call here from another tab or device of the same person. */
  take: boolean
  now: Date
  openBeforeMinutes: number
  bus: Bus
}

/**
 * `watching`: told how the visit stands, but not in the room: it is not open (any more), or not theirs.
 * `impostor`: the page calls itself as the page of somebody else does.
 */
export type Joined = 'present' | 'watching' | 'elsewhere' | 'impostor'

/**
 * Enters a socket into a visit's room; a person is there once. The visit's row is locked, so that of two tabs
 * that come at once one finds the other. The client's first coming makes the visit a waiting one.
 */
export async function joinRoom(db: Db, joining: Joining): Promise<Joined> {
  const { visitId, person, pageId, now, openBeforeMinutes, bus } = joining
  const { participant } = person
  return inTransaction(db, async (tx) => {
    const visit = await lockVisit(tx, visitId)
    if (!visit || !mayBePresent(visit, joining)) return 'watching'
    const present = await presentIn(tx, visitId, now)
    const isOther = (one: Presence) => one.participant !== participant
    if (present.some((one) => isOther(one) && one.pageId === pageId)) return 'impostor'
    const older = present.filter((one) => !isOther(one))
    if (!joining.take && older.some(({ tabId }) => tabId !== joining.tabId)) return 'elsewhere'
    await replace(
      tx,
      joining,
      older.map(({ connectionId }) => connectionId),
    )
    await keepAlive(tx, joining)
    await insertPresence(tx, { ...joining, participant, since: now })
    const arrived = participant === 'client' && (await arrive(tx, visit, { now, openBeforeMinutes, bus }))
    if (!arrived) await tellOfVisit(tx, bus, { id: visit.id, branchId: visit.branch_id })
    return 'present'
  })
}

function mayBePresent(visit: VisitRow, { person, now, openBeforeMinutes }: Joining): boolean {
  if (person.participant === 'officer')
    return visit.state === 'in_progress' && visit.officer_id === person.staffId
  return mayStillCome(visit, person) && meetingStanding(visit, now, openBeforeMinutes) === 'open'
}

async function replace(tx: Tx, { visitId, pageId, bus }: Joining, connectionIds: string[]): Promise<void> {
  if (!(await deletePresence(tx, connectionIds))) return
  const message: RoomMessage = { type: 'replaced', connectionIds, byPage: pageId }
  await bus.publish(tx, { topic: roomTopic(visitId), body: roomMessage(message) })
}
