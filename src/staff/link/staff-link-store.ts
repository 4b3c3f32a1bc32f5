import type { DbOrTx, Tx } from '../../platform/db'

/** What a link in an e-mail leads to: the first password of an account, or a new one. */
export type StaffLinkKind = 'invitation' | 'reset'

/** Adds a link; those of the person before it are gone. */
export async function insertLink(
  tx: Tx,
  link: { id: string; staffId: number; kind: StaffLinkKind; now: Date; expiresAt: Date },
): Promise<void> {
  await deleteLinks(tx, link.staffId)
  await tx
    .insertInto('staff_link')
    .values({
      id: link.id,
      staff_id: link.staffId,
      kind: link.kind,
      created_at: link.now,
      expires_at: link.expiresAt,
    })
    .execute()
}

export async function deleteLinks(db: DbOrTx, staffId: number): Promise<void> {
  await db.deleteFrom('staff_link').where('staff_id', '=', staffId).execute()
}

export interface StaffLink {
  id: string
  kind: StaffLinkKind
  staffId: number
  email: string
  name: string
}

/** A link that still leads somewhere: neither used nor too old, of an account that is not closed. */
export async function readStandingLink(
  db: DbOrTx,
  { id, now }: { id: string; now: Date },
): Promise<StaffLink | undefined> {
  const row = await db
    .selectFrom('staff_link')
    .innerJoin('staff', 'staff.id', 'staff_link.staff_id')
    .where('staff_link.id', '=', id)
    .where('staff_link.expires_at', '>', now)
    .where('staff.active', '=', true)
    .select(['staff_link.id', 'staff_link.kind', 'staff.id as staffId', 'staff.email', 'staff.name'])
    .executeTakeFirst()
  return row && { ...row, kind: row.kind as StaffLinkKind }
}

/** Uses the link up: of two who do so at once one succeeds. */
export async function takeLink(tx: Tx, id: string): Promise<boolean> {
  const { numDeletedRows } = await tx.deleteFrom('staff_link').where('id', '=', id).executeTakeFirstOrThrow()
  return numDeletedRows === 1n
}
