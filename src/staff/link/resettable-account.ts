import type { Tx } from '../../platform/db'

/** A mailbox is not filled: one link in so many minutes. */
const pauseMinutes = 2

/** The active account of the address that has a password and was sent no link just now; locked until the end of `tx`. */
export async function resettableAccount(
  tx: Tx,
  { email, now }: { email: string; now: Date },
): Promise<number | undefined> {
  const account = await tx
    .selectFrom('staff')
    .where('email', '=', email)
    .where('active', '=', true)
    .where('password_hash', 'is not', null)
    .select('id')
    .forUpdate()
    .executeTakeFirst()
  if (!account) return undefined
  const since = new Date(now.getTime() - pauseMinutes * 60_000)
  const recent = await tx
    .selectFrom('staff_link')
    .where('staff_id', '=', account.id)
    .where('created_at', '>', since)
    .select('id')
    .executeTakeFirst()
  return recent ? undefined : account.id
}
