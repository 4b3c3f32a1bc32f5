import { sql } from 'kysely'
import type { DbOrTx, Tx } from '../../platform/db'
import type { Language } from '../../texts/catalogue'
import type { OwnText } from './own-wording'

/** Those that are or will be valid, unless taken back. */
export async function readOwnTexts(db: DbOrTx): Promise<OwnText[]> {
  const rows = await db
    .selectFrom('own_text')
    .select(['name', 'language', 'version', 'parts', 'valid_from'])
    .where('withdrawn_at', 'is', null)
    .execute()
  return rows.map(({ valid_from, ...row }) => ({
    ...row,
    language: row.language as Language,
    parts: row.parts as OwnText['parts'],
    validFrom: valid_from,
  }))
}

/** A version in the history of a text. */
export interface KeptText extends OwnText {
  savedAt: Date
  savedBy: string
  restoredVersion: number | null
  withdrawnAt: Date | null
}

/** Every version there was of a text in a language, the newest first. */
export async function readTextVersions(db: DbOrTx, name: string, language: Language): Promise<KeptText[]> {
  const { rows } = await sql<KeptText>`
    select own_text.name, language, version, parts, valid_from as "validFrom", saved_at as "savedAt",
      staff.name as "savedBy", restored_version as "restoredVersion", withdrawn_at as "withdrawnAt"
    from own_text join staff on staff.id = staff_id
    where own_text.name = ${name} and language = ${language}
    order by version desc`.execute(db)
  return rows
}

type NewText = OwnText & { savedAt: Date; staffId: number; restoredVersion: number | null }

/** @returns whether it is the next version; false when somebody saved that one first */
export async function insertOwnText(tx: Tx, text: NewText): Promise<boolean> {
  const row = await tx
    .insertInto('own_text')
    .values({
      name: text.name,
      language: text.language,
      version: text.version,
      parts: text.parts && JSON.stringify(text.parts),
      valid_from: text.validFrom,
      saved_at: text.savedAt,
      staff_id: text.staffId,
      restored_version: text.restoredVersion,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('version')
    .executeTakeFirst()
  return row !== undefined
}

/** @returns whether it could still be taken back: what was valid once stays in the record */
export async function withdrawOwnText(
  tx: Tx,
  { name, language, version, now }: Pick<OwnText, 'name' | 'language' | 'version'> & { now: Date },
): Promise<boolean> {
  const row = await tx
    .updateTable('own_text')
    .set({ withdrawn_at: now })
    .where('name', '=', name)
    .where('language', '=', language)
    .where('version', '=', version)
    .where('withdrawn_at', 'is', null)
    .where('valid_from', '>', now)
    .returning('version')
    .executeTakeFirst()
  return row !== undefined
}
