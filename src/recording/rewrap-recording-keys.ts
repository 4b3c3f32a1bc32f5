import { type Db, inTransaction } from '../platform/db'
import type { Keys } from '../platform/keys'
import { rewrapRecordingKey } from './recording-key'

const batch = 200

/**
 * Puts the key of every recording under the institution's current key; no byte of a recording is touched. Killed, it
 * goes on where it stopped when it is run again.
 * @returns how many were put under it
 */
export async function rewrapRecordingKeys(db: Db, keys: Keys): Promise<number> {
  let done = 0
  for (let after: string | undefined; ;) {
    const rows = await inTransaction(db, async (tx) => {
      const found = await tx
        .selectFrom('recording')
        .select(['visit_id', 'wrapped_key'])
        .where('wrapped_key', 'is not', null)
        .$if(after !== undefined, (query) => query.where('visit_id', '>', after ?? ''))
        .orderBy('visit_id')
        .limit(batch)
        .forUpdate()
        .execute()
      for (const { visit_id: id, wrapped_key: wrapped } of found) {
        if (!wrapped || wrapped[0] === keys.currentKey()) continue
        await tx
          .updateTable('recording')
          .set({ wrapped_key: rewrapRecordingKey(keys, id, wrapped) })
          .where('visit_id', '=', id)
          .execute()
        done++
      }
      return found
    })
    if (rows.length < batch) return done
    after = rows.at(-1)?.visit_id
  }
}
