import { type VisitRow, visitForLink } from '../booking/visit-links'
import type { DbOrTx } from '../platform/db'
import type { Keys } from '../platform/keys'
import { readLink } from '../platform/signed-link'

/** Whom a meeting link lets in. */
export interface MeetingVisitor {
  visit: VisitRow
  participant: 'client' | 'guardian'
}

/** Undefined for a link that is forged, revoked or of another purpose, and for a guardian whom nobody named. */
export async function meetingVisitor(
  db: DbOrTx,
  keys: Keys,
  token: string,
): Promise<MeetingVisitor | undefined> {
  const purpose = readLink(token)?.purpose
  if (purpose !== 'meeting' && purpose !== 'guardian') return undefined
  const visit = await visitForLink(db, { token, purpose, keys })
  if (!visit) return undefined
  if (purpose === 'meeting') return { visit, participant: 'client' }
  return visit.has_guardian ? { visit, participant: 'guardian' } : undefined
}
