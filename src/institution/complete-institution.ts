import { type Db, inTransaction, type Tx } from '../platform/db'
import { type Day, dayOf } from '../platform/zone'
import { languages } from '../texts/catalogue'
import { type Declaration, declarationSchema } from './declaration-schema'
import { factsSchema } from './facts-schema'
import { lockShown, readShown, type StoredShown, writeDeclaration, writeFacts } from './facts-store'
import type { InstitutionData } from './institution-data'
import { legalText } from './legal-text'
import { reissueLegalTexts } from './reissue-legal-texts'
import { type ShownGap, shownGaps } from './shown-gaps'

/**
 * Fills what citizens must be shown and what is missing in the database, or only a sample there, from the data
 * folder; what is there already is never touched.
 * @returns what is missing still
 */
export async function completeInstitution(
  db: Db,
  readData: () => Promise<InstitutionData>,
  now: Date,
): Promise<ShownGap[]> {
  const { timeZone: zone } = await readShown(db)
  const today = dayOf(now, zone)
  const before = await shownProblems(db, today)
  if (before.length === 0) return []
  const data = await readData()
  await inTransaction(db, async (tx) => {
    const stored = await lockShown(tx)
    await noteSources(tx, data, stored)
    const facts = factsSchema.safeParse(completedFacts(stored, data))
    if (facts.success && differs(facts.data, pick(stored))) {
      await writeFacts(tx, facts.data)
      const { timeZone, settings } = stored
      await reissueLegalTexts(tx, { timeZone, settings, ...facts.data }, { staffId: null, now })
    }
    const declaration = declarationSchema.safeParse(
      completedDeclaration(stored.declaration, data.declaration),
    )
    if (declaration.success && differs(declaration.data, stored.declaration))
      await writeDeclaration(tx, declaration.data)
  })
  return shownProblems(db, today)
}

/** What citizens must be shown and is not in the database, the legal texts in force included. */
async function shownProblems(db: Db, today: Day): Promise<ShownGap[]> {
  const texts = await db
    .selectFrom('legal_text')
    .select(['kind', 'language', 'body'])
    .where('valid_from', '<=', today)
    .where('withdrawn_at', 'is', null)
    .execute()
  const isThere = (kind: string, language: string) =>
    texts.some((text) => text.kind === kind && text.language === language && text.body.trim() !== '')
  const lost = (['privacy', 'recording', 'rules'] as const).flatMap((kind) =>
    languages
      .filter((language) => !isThere(kind, language))
      .map((language): ShownGap => ({ place: `legalText.${kind}.${language}`, why: 'empty' })),
  )
  return [...shownGaps(await readShown(db)), ...lost]
}

const pick = ({ phoneE164, texts, legalValues }: StoredShown) => ({ phoneE164, texts, legalValues })

const differs = (one: unknown, other: unknown): boolean => sorted(one) !== sorted(other)
/** As text; the order of properties says nothing. */
const sorted = (value: unknown): string =>
  JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )

type Values = Record<string, unknown>
const asValues = (value: unknown): Values =>
  typeof value === 'object' && value !== null ? (value as Values) : {}
const isBlank = (value: unknown): boolean =>
  value === undefined || value === null || (typeof value === 'string' && value.trim() === '')

/** A value with its languages: ours unless a part is empty, or ours is a sample and the folder's is none. */
const better = (stored: unknown, given: { sample: boolean }): unknown => {
  const parts = Object.values(asValues(stored))
  if (parts.length === 0 || parts.some(isBlank)) return given
  return asValues(stored)['sample'] === true && !given.sample ? given : stored
}

const completedValues = (stored: unknown, given: Record<string, { sample: boolean }>): unknown =>
  Object.fromEntries(
    Object.entries(given).map(([name, value]) => [name, better(asValues(stored)[name], value)]),
  )

const completedFacts = (stored: StoredShown, data: InstitutionData) => ({
  phoneE164: isBlank(stored.phoneE164) ? data.phoneE164 : stored.phoneE164,
  texts: Object.fromEntries(
    languages.map((language) => {
      const ours = asValues(asValues(stored.texts)[language])
      return [
        language,
        Object.fromEntries(
          Object.entries(data.texts[language]).map(([name, given]) => [
            name,
            isBlank(ours[name]) ? given : ours[name],
          ]),
        ),
      ]
    }),
  ),
  legalValues: completedValues(stored.legalValues, data.legalValues),
})

const completedDeclaration = (stored: unknown, given: Declaration): unknown => {
  const ours = asValues(stored)
  const dates = asValues(ours['dates'])
  return {
    ...given,
    ...ours,
    dates: dates['sample'] === false ? dates : given.dates.sample && ours['dates'] ? dates : given.dates,
    values: completedValues(ours['values'], given.values),
  }
}

/** Texts loaded before their source was kept: that of the data folder, when it gives the very same text. */
async function noteSources(tx: Tx, data: InstitutionData, stored: StoredShown): Promise<void> {
  const own = factsSchema.safeParse(pick(stored))
  const filledFrom = own.success ? [data, { ...data, ...own.data, settings: stored.settings }] : [data]
  for (const { kind, version, bodies } of data.legalTexts)
    for (const language of languages)
      await tx
        .updateTable('legal_text')
        .set({ source: bodies[language] })
        .where('kind', '=', kind)
        .where('version', '=', version)
        .where('language', '=', language)
        .where('source', 'is', null)
        .where(
          'body',
          'in',
          filledFrom.map((values) => legalText(values, kind, language).body),
        )
        .execute()
}
