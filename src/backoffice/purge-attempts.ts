import type { DbOrTx } from '../platform/db'

const keptDays = 90

/** Deletes the log of requests that is older than three months; what became of each delivery stays. */
export async function purgeAttempts(db: DbOrTx, now: Date): Promise<void> {
  const before = new Date(now.getTime() - keptDays * 86_400_000)
  await db.deleteFrom('webhook_attempt').where('at', '<', before).execute()
  await db
    .updateTable('webhook_endpoint')
    .set({ old_secret: null, old_secret_until: null })
    .where('old_secret_until', '<', now)
    .execute()
}
