import { sql } from 'kysely'
import type { Tx } from '../platform/db'
import { dateWords } from '../platform/i18n/dates'
import type { Day } from '../platform/zone'
import { type Language, languages } from '../texts/catalogue'
import type { Topic } from './directory-content'
import type { InstitutionSettings } from './institution-data'
import { keptWords } from './kept-words'
import { publishedBody } from './legal-text'

interface NewPeriods {
  settings: Pick<InstitutionSettings, 'keptDays' | 'recordingKeptDays'>
  topics: readonly Topic[]
  timeZone: string
  today: Day
}

/**
 * A published text never changes, and the texts in force never promise another time than data are kept: with new
 * periods the texts on data and recording are published anew, in every language, from today on. A text that was
 * written without open periods is left as it is.
 * @returns the kinds that got a new version
 */
export async function republishPeriods(tx: Tx, periods: NewPeriods): Promise<string[]> {
  const { settings, topics, timeZone, today } = periods
  const published: string[] = []
  for (const kind of ['privacy', 'recording'] as const) {
    const version = await nextVersion(tx, kind, today)
    const texts = (await textsInForce(tx, kind, today)).flatMap(({ language, source, ...current }) => {
      if (source === null) return []
      const publish = (name: string, from: Day) =>
        publishedBody(source, {
          version: name,
          validFrom: dateWords(from, language, timeZone),
          ...keptWords(settings, topics, language),
        })
      const unchanged = publish(current.version, current.validFrom) === current.body
      return [{ language, source, body: publish(version, today), unchanged }]
    })
    if (texts.length < languages.length || texts.every(({ unchanged }) => unchanged)) continue
    await tx
      .insertInto('legal_text')
      .values(
        texts.map(({ language, source, body }) => ({
          ...{ kind, version, language, source, body },
          valid_from: today,
        })),
      )
      .execute()
    published.push(kind)
  }
  return published
}

interface Text {
  language: Language
  version: string
  validFrom: Day
  body: string
  source: string | null
}

/** Of each language the newest that is in force, as pages and consents read them. */
async function textsInForce(tx: Tx, kind: string, today: Day): Promise<Text[]> {
  const rows = await tx
    .selectFrom('legal_text')
    .select(['language', 'version', 'valid_from as validFrom', 'body', 'source'])
    .where('kind', '=', kind)
    .where('valid_from', '<=', today)
    .orderBy('valid_from', 'desc')
    // '2026-10' comes after '2026-9'
    .orderBy(sql`length(version)`, 'desc')
    .orderBy('version', 'desc')
    .execute()
  return languages.flatMap((language) => {
    const row = rows.find((one) => one.language === language)
    return row ? [{ ...row, language }] : []
  })
}

/** The year and a number of its own: '2026-2' after '2026-1'. */
async function nextVersion(tx: Tx, kind: string, today: Day): Promise<string> {
  const year = today.slice(0, 4)
  const rows = await tx
    .selectFrom('legal_text')
    .select('version')
    .where('kind', '=', kind)
    .where('version', 'like', `${year}-%`)
    .execute()
  const last = Math.max(0, ...rows.map(({ version }) => Number(version.slice(year.length + 1))))
  return `${year}-${last + 1}`
}
