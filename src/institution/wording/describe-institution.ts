import { appendAudit } from '../../audit/append-audit'
import type { Bus } from '../../platform/bus'
import { type Db, type DbOrTx, inTransaction, type Tx } from '../../platform/db'
import { type Language, languages } from '../../texts/catalogue'
import { sql } from 'kysely'
import type { Institution } from '../directory-content'
import type { InstitutionTexts } from '../institution-data'
import { tellInstitutionChanged } from '../institution-changed'
import { institutionTextsSchema, phoneSchema } from '../institution-schema'
import { institutionWords } from '../institution-words'
import { reissueLegalTexts } from '../reissue-legal-texts'
import { smsThatOverflow } from '../sms-fit'
import type { Wordings } from './own-wording'

/** What the institution says of itself. */
export interface Description {
  phoneE164: string
  texts: Record<Language, InstitutionTexts>
}

export type DescriptionProblem =
  | { part: 'field'; language: Language; field: keyof InstitutionTexts }
  /** With these words an SMS needs more than its one part. */
  | { part: 'sms'; language: Language; field: 'short' }
  | { part: 'phone' }

/** Everything that is wrong with what was typed. */
export function checkDescription(
  { phoneE164, texts }: Description,
  { settings }: Pick<Institution, 'settings'>,
  wordings: Wordings,
): DescriptionProblem[] {
  const problems = languages.flatMap((language): DescriptionProblem[] => {
    const read = institutionTextsSchema.safeParse(texts[language])
    if (!read.success) {
      const fields = new Set(read.error.issues.map(({ path }) => path[0] as keyof InstitutionTexts))
      return [...fields].map((field) => ({ part: 'field', language, field }))
    }
    const words = institutionWords({ texts, settings }, language)
    const overflows = smsThatOverflow(language, words, wordings[language]).length > 0
    return overflows ? [{ part: 'sms', language, field: 'short' }] : []
  })
  return phoneSchema.safeParse(phoneE164).success ? problems : [{ part: 'phone' }, ...problems]
}

/** A version of what the institution said of itself. */
export interface DescribedVersion extends Description {
  version: number
  savedAt: Date
  savedBy: string | null
  restoredVersion: number | null
}

/** Every version, the newest first; none before the first change. */
export async function readDescriptions(db: DbOrTx): Promise<DescribedVersion[]> {
  const { rows } = await sql<DescribedVersion>`
    select version, phone_e164 as "phoneE164", texts, saved_at as "savedAt", staff.name as "savedBy",
      restored_version as "restoredVersion"
    from institution_version left join staff on staff.id = staff_id order by version desc`.execute(db)
  return rows
}

export type Described =
  | { ok: true; version: number }
  | { ok: false; reason: 'problems'; problems: DescriptionProblem[] }
  | { ok: false; reason: 'changed' }

interface DescribeParts {
  institution: Institution
  wordings: Wordings
  now: Date
  bus: Bus
}

/** Says anew what the institution is called and how it is reached; the words before stay as versions. */
export async function describeInstitution(
  db: Db,
  given: Description & { seenVersion: number; staffId: number; restoredVersion?: number },
  { institution, wordings, now, bus }: DescribeParts,
): Promise<Described> {
  const problems = checkDescription(given, institution, wordings)
  if (problems.length > 0) return { ok: false, reason: 'problems', problems }
  const { phoneE164, seenVersion, staffId, restoredVersion } = given
  const texts = Object.fromEntries(
    languages.map((language) => [language, institutionTextsSchema.parse(given.texts[language])]),
  ) as unknown as Description['texts']
  return inTransaction(db, async (tx) => {
    const before = await tx
      .selectFrom('institution')
      .select(['phone_e164', 'texts'])
      .forUpdate()
      .executeTakeFirstOrThrow()
    const newest = (await readDescriptions(tx))[0]?.version ?? 0
    if (newest !== seenVersion) return { ok: false, reason: 'changed' }
    // What the service began with is the first version there is to go back to
    if (newest === 0) {
      const first = { phoneE164: before.phone_e164, texts: before.texts as unknown as Description['texts'] }
      await insertVersion(tx, { version: 1, ...first, staffId: null, restoredVersion: null }, now)
    }
    const version = Math.max(newest, 1) + 1
    await insertVersion(
      tx,
      { version, phoneE164, texts, staffId, restoredVersion: restoredVersion ?? null },
      now,
    )
    await tx
      .updateTable('institution')
      .set({ phone_e164: phoneE164, texts: JSON.stringify(texts) })
      .execute()
    // Clauses and rules that name it say so from today on, in a version of their own
    await reissueLegalTexts(tx, { ...institution, phoneE164, texts }, { staffId, now })
    await appendAudit(tx, {
      at: now,
      actor: { kind: 'staff', staffId },
      action: 'institution.described',
      subject: { kind: 'institution', id: 'institution' },
      details: { version, ...(restoredVersion !== undefined && { restored: restoredVersion }) },
    })
    await tellInstitutionChanged(tx, bus)
    return { ok: true, version }
  })
}

const insertVersion = (
  tx: Tx,
  row: Description & { version: number; staffId: number | null; restoredVersion: number | null },
  now: Date,
) =>
  tx
    .insertInto('institution_version')
    .values({
      version: row.version,
      phone_e164: row.phoneE164,
      texts: JSON.stringify(row.texts),
      saved_at: now,
      staff_id: row.staffId,
      restored_version: row.restoredVersion,
    })
    .execute()
