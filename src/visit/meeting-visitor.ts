import type { Participant } from '../contract/signalling'
import { linkVersionOf, type VisitRow, visitForLink } from '../booking/visit-links'
import type { DbOrTx } from '../platform/db'
import type { Keys } from '../platform/keys'
import { type LinkPurpose, readLink } from '../platform/signed-link'

/** Everybody who comes by a link. */
export type Visitor = Exclude<Participant, 'officer'>

/** Whom a meeting link lets in. */
export interface MeetingVisitor {
  visit: VisitRow
  participant: Visitor
}

/** Who came by a link of this version. */
export interface LinkHolder {
  participant: Visitor
  linkVersion: number
}

/** What the links of these people are for. */
export const purposeOf = (participant: Visitor): LinkPurpose =>
  participant === 'client' ? 'meeting' : participant

/** Whether a link still opens the meeting: it was not revoked, and its guest is still invited. */
export function mayStillCome(
  visit: Pick<VisitRow, 'link_version' | 'interpreter_withdrawals' | 'has_guardian' | 'interpreter'>,
  { participant, linkVersion }: LinkHolder,
): boolean {
  if (linkVersion !== linkVersionOf(visit, purposeOf(participant))) return false
  if (participant === 'guardian') return visit.has_guardian
  return participant === 'client' || visit.interpreter !== null
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
  const participant = purpose === 'meeting' ? 'client' : purpose
  const isInvited = mayStillCome(visit, { participant, linkVersion: linkVersionOf(visit, purpose) })
  return isInvited ? { visit, participant } : undefined
}
