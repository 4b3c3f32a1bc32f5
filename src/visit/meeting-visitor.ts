import type { Participant } from '../contract/signalling'
import { type VisitRow, visitForLink } from '../booking/visit-links'
import type { DbOrTx } from '../platform/db'
import type { Keys } from '../platform/keys'
import { readLink } from '../platform/signed-link'

/** Everybody who comes by a link. */
export type Visitor = Exclude<Participant, 'officer'>

/** Whom a meeting link lets in. */
export interface MeetingVisitor {
  visit: VisitRow
  participant: Visitor
}

/** Undefined for a link that is forged, revoked or of another purpose, and for a guardian or interpreter whom nobody named. */
export async function meetingVisitor(
  db: DbOrTx,
  keys: Keys,
  token: string,
): Promise<MeetingVisitor | undefined> {
  const purpose = readLink(token)?.purpose
  if (purpose !== 'meeting' && purpose !== 'guardian' && purpose !== 'interpreter') return undefined
  const visit = await visitForLink(db, { token, purpose, keys })
  if (!visit) return undefined
  if (purpose === 'meeting') return { visit, participant: 'client' }
  const isInvited = purpose === 'guardian' ? visit.has_guardian : visit.interpreter !== null
  return isInvited ? { visit, participant: purpose } : undefined
}
