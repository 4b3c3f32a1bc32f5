import type { LinkHolder } from './meeting-visitor'

/** Who opens a room's socket; decided by the link or the session, never by what the page says. */
export type RoomPerson = LinkHolder | { participant: 'officer'; staffId: number }

/** Whether two sockets belong to one person; several officers may look at a visit. */
export const isSamePerson = (one: RoomPerson, other: RoomPerson): boolean =>
  one.participant === 'officer' && other.participant === 'officer'
    ? one.staffId === other.staffId
    : one.participant === other.participant
