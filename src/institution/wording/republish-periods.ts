import type { Tx } from '../../platform/db'
import { dayOf } from '../../platform/zone'
import { languages } from '../../texts/catalogue'
import type { Institution } from '../directory-content'
import { fillLegalSource } from '../legal-text'
import { insertLegalVersion, type LegalVersion, lockLegalTexts, readLegalVersions } from './legal-store'
import { nextVersion } from './publish-legal-text'

/**
 * A published text never changes, and the texts in force never promise another time than data are kept: with new
 * periods the texts on data and recording are published anew, in every language, from today on. A text that says
 * nothing of periods is left as it is.
 * @returns the kinds that got a new version
 */
export async function republishPeriods(
  tx: Tx,
  {
    before,
    after,
    staffId,
    now,
  }: {
    /** The institution with its settings before and after the change. */
    before: Institution
    after: Institution
    staffId: number
    now: Date
  },
): Promise<string[]> {
  const today = dayOf(now, after.timeZone)
  await lockLegalTexts(tx)
  const published: string[] = []
  for (const kind of ['privacy', 'recording'] as const) {
    const versions = await readLegalVersions(tx, kind, after.timeZone)
    const current = versions.find(({ withdrawnAt, validFrom }) => !withdrawnAt && validFrom <= today)
    if (!current) continue
    const version = nextVersion(versions, today)
    const fill = (language: (typeof languages)[number], institution: Institution) =>
      fillLegalSource(current.wording[language].source, { language, version, validFrom: today }, institution)
    if (languages.every((language) => fill(language, before) === fill(language, after))) continue
    const wording = Object.fromEntries(
      languages.map((language) => [language, { ...current.wording[language], body: fill(language, after) }]),
    ) as unknown as LegalVersion['wording']
    await insertLegalVersion(tx, { kind, version, validFrom: today, wording }, { staffId, now })
    published.push(kind)
  }
  return published
}
