import type { DbOrTx, Tx } from '../../platform/db'
import { uuidV7 } from '../../platform/uuid'
import { insertLink, type StaffLinkKind } from '../link/staff-link-store'
import { insertStaffMail, type StaffMailKind } from './staff-mail-store'

const noticeHours = 24

/** Tells a person by e-mail what was changed at their account; in the transaction of the change. */
export function queueStaffMail(
  db: DbOrTx,
  { staffId, kind, now }: { staffId: number; kind: Exclude<StaffMailKind, StaffLinkKind>; now: Date },
): Promise<void> {
  const uselessAfter = new Date(now.getTime() + noticeHours * 3_600_000)
  return insertStaffMail(db, { id: uuidV7(now), staffId, kind, linkId: null, now, uselessAfter })
}

/** How long a link of the kind leads anywhere. */
export const linkMinutes: Readonly<Record<StaffLinkKind, number>> = { invitation: 7 * 24 * 60, reset: 60 }

/** Sends a person a link that works once; the ones before are worth nothing any more. @returns its id */
export async function queueLinkMail(
  tx: Tx,
  { staffId, kind, now }: { staffId: number; kind: StaffLinkKind; now: Date },
): Promise<string> {
  const expiresAt = new Date(now.getTime() + linkMinutes[kind] * 60_000)
  const linkId = uuidV7(now)
  await insertLink(tx, { id: linkId, staffId, kind, now, expiresAt })
  await insertStaffMail(tx, { id: uuidV7(now), staffId, kind, linkId, now, uselessAfter: expiresAt })
  return linkId
}
