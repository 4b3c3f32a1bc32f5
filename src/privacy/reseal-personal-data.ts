import { sql } from 'kysely'
import { type Db, inTransaction, type Tx } from '../platform/db'
import type { Keys } from '../platform/keys'
import { type SealedColumn, sealedColumns } from './sealed-columns'

const mostAtOnce = 200

/**
 * Seals all personal data anew under the current key, in small transactions. Killed, it goes on where it stopped when
 * it is run again.
 * @returns how many values were sealed anew
 */
export async function resealPersonalData(db: Db, keys: Keys): Promise<number> {
  let done = 0
  for (const column of sealedColumns) {
    for (;;) {
      const count = await inTransaction(db, (tx) => resealBatch(tx, keys, column))
      done += count
      if (count < mostAtOnce) break
    }
  }
  return done + (await resealMessageWords(db, keys))
}

/** Whether anything is still under another key than the current one. */
export async function somethingIsUnderOldKey(db: Db, keys: Keys): Promise<boolean> {
  for (const column of sealedColumns) {
    const { rows } = await sql`${underOldKey(column, keys)} limit 1`.execute(db)
    if (rows.length > 0) return true
  }
  return false
}

const underOldKey = ({ table, column, key, contextColumn }: SealedColumn, keys: Keys) => sql<{
  key: string
  about: string
  sealed: Buffer
}>`select ${sql.ref(key)} as key, ${sql.ref(contextColumn)} as about, ${sql.ref(column)} as sealed
  from ${sql.table(table)}
  where ${sql.ref(column)} is not null and get_byte(${sql.ref(column)}, 0) <> ${keys.currentKey()}`

async function resealBatch(tx: Tx, keys: Keys, column: SealedColumn): Promise<number> {
  const { rows } = await sql<{ key: string; about: string; sealed: Buffer }>`
    ${underOldKey(column, keys)} limit ${mostAtOnce} for update`.execute(tx)
  for (const { key, about, sealed } of rows) {
    const context = `${column.context}:${about}`
    await sql`update ${sql.table(column.table)}
      set ${sql.ref(column.column)} = ${keys.seal(keys.unseal(sealed, context), context)}
      where ${sql.ref(column.key)} = ${key}`.execute(tx)
  }
  return rows.length
}

/** An officer's own words in the outbox are sealed inside its JSON, in base64. */
async function resealMessageWords(db: Db, keys: Keys): Promise<number> {
  return inTransaction(db, async (tx) => {
    const { rows } = await sql<{ id: string; visitId: string; words: string }>`
      select id, visit_id as "visitId", details ->> 'words' as words from message
      where details ? 'words' and get_byte(decode(details ->> 'words', 'base64'), 0) <> ${keys.currentKey()}
      for update`.execute(tx)
    for (const { id, visitId, words } of rows) {
      const context = `message.reason:${visitId}`
      const fresh = keys.seal(keys.unseal(Buffer.from(words, 'base64'), context), context)
      await sql`update message set details = details || jsonb_build_object('words', ${fresh.toString('base64')}::text)
        where id = ${id}`.execute(tx)
    }
    return rows.length
  })
}
