import { sql } from 'kysely'
import type { Db } from '../platform/db'
import { addMasterKey, openKeys } from '../platform/keys'
import { resealPersonalData, somethingIsUnderOldKey } from '../privacy/reseal-personal-data'
import { rewrapRecordingKeys } from '../recording/rewrap-recording-keys'

export interface Rotation {
  /** Number of the new key; undefined when an earlier rotation had been cut short and was finished instead. */
  added: number | undefined
  /** Keys of recordings that were put under it. */
  rewrapped: number
  /** Values of personal data that were sealed anew. */
  resealed: number
}

/** Names the lock of the database under which no two rotations run at once. */
const lockName = 'e-wizyta keys:rotate'

/**
 * Gives the institution a new master key, puts every recording's key under it and seals all personal data anew. Cut short after the key was added,
 * the next one only finishes it: keys do not pile up.
 */
export const rotateKeys = (db: Db, folder: string): Promise<Rotation> =>
  db.connection().execute(async (connection) => {
    await sql`select pg_advisory_lock(hashtextextended(${lockName}, 0))`.execute(connection)
    try {
      const keys = await openKeys(folder)
      const isCutShort =
        (await someAreUnder(db, (key) => key < keys.currentKey())) || (await somethingIsUnderOldKey(db, keys))
      const added = isCutShort ? undefined : await addMasterKey(folder)
      const fresh = await openKeys(folder)
      const rewrapped = await rewrapRecordingKeys(db, fresh)
      return { added, rewrapped, resealed: await resealPersonalData(db, fresh) }
    } finally {
      await sql`select pg_advisory_unlock(hashtextextended(${lockName}, 0))`.execute(connection)
    }
  })

async function someAreUnder(db: Db, isIt: (key: number) => boolean): Promise<boolean> {
  const { rows } = await sql<{ key: number }>`
    select distinct get_byte(wrapped_key, 0) as key from recording where wrapped_key is not null`.execute(db)
  return rows.some(({ key }) => isIt(key))
}
