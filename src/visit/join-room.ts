import type { Participant } from '../contract/signalling'
import type { VisitRow } from '../booking/visit-links'
import { lockVisit } from '../booking/visit-store'
import type { Bus } from '../platform/bus'
import { type Db, inTransaction, type Tx } from '../platform/db'
import { arrive } from './arrive'
import { meetingStanding } from './meeting-standing'
import { deletePresence, insertPresence, presentIn } from './presence-store'
import { type RoomMessage, roomMessage } from './room-message'
import { keepAlive } from './server-process'
import { roomTopic, tellOfVisit } from './visit-notices'

export interface Joining {
  visitId: string
  connectionId: string
  processId: string
  participant: Participant
  /** Of an officer, null for the others. */
  staffId: number | null
  pageId: string
  tabId: string
  /** Moves the call here from another tab or device of the same person. */
  take: boolean
  now: Date
  openBeforeMinutes: number
  bus: Bus
}

/** `watching`: told how the visit stands, but not in the room: it is not open (any more), or not theirs. */
export type Joined = 'present' | 'watching' | 'elsewhere'

/**
 * Enters a socket into a visit's room; a person is there once. The visit's row is locked, so that of two tabs
 * that come at once one finds the other. The client's first coming makes the visit a waiting one.
 */
export async function joinRoom(db: Db, joining: Joining): Promise<Joined> {
  const { visitId, participant, now, openBeforeMinutes, bus } = joining
  return inTransaction(db, async (tx) => {
    const visit = await lockVisit(tx, visitId)
    if (!visit || !mayBePresent(visit, joining)) return 'watching'
    const present = await presentIn(tx, visitId, now)
    const older = present.filter((other) => other.participant === participant)
    if (!joining.take && older.some(({ tabId }) => tabId !== joining.tabId)) return 'elsewhere'
    await replace(
      tx,
      joining,
      older.map(({ connectionId }) => connectionId),
    )
    await keepAlive(tx, joining)
    await insertPresence(tx, { ...joining, since: now })
    const arrived = participant === 'client' && (await arrive(tx, visit, { now, openBeforeMinutes, bus }))
    if (!arrived) await tellOfVisit(tx, bus, { id: visit.id, branchId: visit.branch_id })
    return 'present'
  })
}

function mayBePresent(visit: VisitRow, { participant, staffId, now, openBeforeMinutes }: Joining): boolean {
  switch (participant) {
    case 'officer':
      return visit.state === 'in_progress' && staffId !== null && visit.officer_id === staffId
    case 'guardian':
      return visit.has_guardian && meetingStanding(visit, now, openBeforeMinutes) === 'open'
    case 'interpreter':
      return visit.interpreter !== null && meetingStanding(visit, now, openBeforeMinutes) === 'open'
    case 'client':
      return meetingStanding(visit, now, openBeforeMinutes) === 'open'
  }
}

async function replace(tx: Tx, { visitId, pageId, bus }: Joining, connectionIds: string[]): Promise<void> {
  if (!(await deletePresence(tx, connectionIds))) return
  const message: RoomMessage = { type: 'replaced', connectionIds, byPage: pageId }
  await bus.publish(tx, { topic: roomTopic(visitId), body: roomMessage(message) })
}
