import { sql } from 'kysely'
import type { DbOrTx, Tx } from '../../platform/db'
import type { Day } from '../../platform/zone'
import { type Language, languages } from '../../texts/catalogue'
import type { LegalKind } from '../institution-data'
import { newestFirst, sourceOfBody } from '../legal-text'

/** What a version of a legal text says in one language; `source` has its placeholders open. */
export interface LegalWording {
  source: string
  body: string
  /** What is ticked under it, by key of the catalogue. */
  labels: Readonly<Record<string, string>>
}

/** A version of a legal text in all languages. */
export interface LegalVersion {
  kind: LegalKind
  version: string
  validFrom: Day
  savedAt: Date | null
  savedBy: string | null
  withdrawnAt: Date | null
  wording: Readonly<Record<Language, LegalWording>>
}

interface Row extends Omit<LegalVersion, 'wording'> {
  language: Language
  source: string | null
  body: string
  labels: LegalWording['labels']
}

/** Every version there was of a legal text, the one in force latest first. */
export async function readLegalVersions(
  db: DbOrTx,
  kind: LegalKind,
  timeZone: string,
): Promise<LegalVersion[]> {
  const { rows } = await sql<Row>`
    select kind, legal_text.version, language, source, body, labels, valid_from as "validFrom", saved_at as "savedAt",
      staff.name as "savedBy", withdrawn_at as "withdrawnAt"
    from legal_text left join staff on staff.id = staff_id where kind = ${kind}`.execute(db)
  const versions = Map.groupBy(rows, ({ version }) => version)
  return [...versions.values()]
    .flatMap((inLanguages) => {
      const [first] = inLanguages
      if (!first) return []
      const { version, validFrom, savedAt, savedBy, withdrawnAt } = first
      const wording = Object.fromEntries(
        inLanguages.map((row) => {
          const { language, body, labels } = row
          return [language, { source: row.source ?? sourceOfBody(row, timeZone), body, labels }]
        }),
      ) as LegalVersion['wording']
      return [{ kind, version, validFrom, savedAt, savedBy, withdrawnAt, wording }]
    })
    .sort(newestFirst)
}

export async function insertLegalVersion(
  tx: Tx,
  { kind, version, validFrom, wording }: Pick<LegalVersion, 'kind' | 'version' | 'validFrom' | 'wording'>,
  { staffId, now }: { staffId: number | null; now: Date },
): Promise<void> {
  await tx
    .insertInto('legal_text')
    .values(
      languages.map((language) => ({
        kind,
        version,
        language,
        body: wording[language].body,
        source: wording[language].source,
        labels: JSON.stringify(wording[language].labels),
        valid_from: validFrom,
        saved_at: now,
        staff_id: staffId,
      })),
    )
    .execute()
}

/** @returns whether it could still be taken back: nobody can have agreed to it before its day */
export async function withdrawLegalVersion(
  tx: Tx,
  { kind, version, today, now }: { kind: LegalKind; version: string; today: Day; now: Date },
): Promise<boolean> {
  const rows = await tx
    .updateTable('legal_text')
    .set({ withdrawn_at: now })
    .where('kind', '=', kind)
    .where('version', '=', version)
    .where('withdrawn_at', 'is', null)
    .where('valid_from', '>', today)
    .returning('language')
    .execute()
  return rows.length > 0
}

/** One publication at a time: the number of a version depends on those before. */
export const lockLegalTexts = (tx: Tx) => sql`lock table legal_text in share row exclusive mode`.execute(tx)
