import type { Tx } from '../platform/db'
import { type Day, dayOf } from '../platform/zone'
import { type Language, languages } from '../texts/catalogue'
import type { Institution } from './directory-content'
import type { LegalKind } from './institution-data'
import { fillLegalSource, legalKinds } from './legal-text'
import {
  insertLegalVersion,
  type LegalVersion,
  lockLegalTexts,
  readLegalVersions,
} from './wording/legal-store'
import { nextVersion } from './wording/publish-legal-text'

/**
 * Makes a new version, valid from today, of each legal text in force whose words change with the institution's
 * values: what somebody has agreed to stays readable as it was. Versions that are not in force yet are filled anew.
 * @param staffId null for the product itself
 * @returns the new versions
 */
export async function reissueLegalTexts(
  tx: Tx,
  institution: Institution,
  { staffId, now }: { staffId: number | null; now: Date },
): Promise<{ kind: LegalKind; version: string }[]> {
  await lockLegalTexts(tx)
  const today = dayOf(now, institution.timeZone)
  const reissued: { kind: LegalKind; version: string }[] = []
  for (const kind of legalKinds) {
    const all = await readLegalVersions(tx, kind, institution.timeZone)
    const standing = all.filter(({ withdrawnAt }) => withdrawnAt === null)
    for (const planned of standing.filter(({ validFrom }) => validFrom > today))
      await fillPlanned(tx, planned, institution)
    const current = standing.find(({ validFrom }) => validFrom <= today)
    if (!current || isSame(current, filled(current, current, institution))) continue
    const version = nextVersion(all, today)
    const wording = filled(current, { version, validFrom: today }, institution)
    await insertLegalVersion(tx, { kind, version, validFrom: today, wording }, { staffId, now })
    reissued.push({ kind, version })
  }
  return reissued
}

type Wording = LegalVersion['wording']

const filled = (
  { wording }: LegalVersion,
  as: { version: string; validFrom: Day },
  institution: Institution,
): Wording =>
  Object.fromEntries(
    languages.map((language: Language) => {
      const { source, labels } = wording[language]
      return [language, { source, labels, body: fillLegalSource(source, { language, ...as }, institution) }]
    }),
  ) as Wording

const isSame = ({ wording }: LegalVersion, other: Wording): boolean =>
  languages.every((language) => wording[language].body === other[language].body)

/** Nobody has agreed to it yet. */
async function fillPlanned(tx: Tx, planned: LegalVersion, institution: Institution): Promise<void> {
  const wording = filled(planned, planned, institution)
  for (const language of languages)
    await tx
      .updateTable('legal_text')
      .set({ body: wording[language].body })
      .where('kind', '=', planned.kind)
      .where('version', '=', planned.version)
      .where('language', '=', language)
      .execute()
}
