import type { Tx } from '../platform/db'
import type { Day } from '../platform/zone'
import { type Language, languages } from '../texts/catalogue'
import type { InstitutionFacts } from './facts-schema'
import type { InstitutionSettings, LegalKind } from './institution-data'
import { fillLegalText, type LegalSource } from './legal-text'

interface Values extends InstitutionFacts {
  settings: InstitutionSettings
  timeZone: string
}

type Stored = LegalSource & { body: string }

/**
 * Makes a new version, valid from today, of each legal text in force whose words change with the institution's
 * values: what somebody has agreed to stays readable as it was. Versions that are not in force yet are filled anew.
 * @returns the new versions by kind
 */
export async function reissueLegalTexts(
  tx: Tx,
  values: Values,
  today: Day,
): Promise<{ kind: LegalKind; version: string }[]> {
  const texts = await readSources(tx)
  const bodyOf = (text: Stored) => fillLegalText(values, text).body
  for (const text of texts.filter(({ validFrom }) => validFrom > today))
    if (bodyOf(text) !== text.body) await updateBody(tx, text, bodyOf(text))

  const inForce = texts.filter(({ validFrom }) => validFrom <= today)
  const reissued: { kind: LegalKind; version: string }[] = []
  for (const kind of new Set(inForce.map((text) => text.kind))) {
    const newest = inForce.find((text) => text.kind === kind)?.version
    const current = inForce.filter((text) => text.kind === kind && text.version === newest)
    // Somebody may agree in any language: a version is there in all of them
    if (current.length < languages.length) continue
    if (current.every((text) => bodyOf(text) === text.body)) continue
    const version = nextVersion(
      texts.filter((text) => text.kind === kind).map((text) => text.version),
      today,
    )
    const fresh = current.map((text) => ({ ...text, version, validFrom: today }))
    await insert(
      tx,
      fresh.map((text) => ({ ...text, body: bodyOf(text) })),
    )
    reissued.push({ kind, version })
  }
  return reissued
}

/** '2026-3' after '2026-2'; numbers, not letters, are compared. */
export function nextVersion(versions: readonly string[], today: Day): string {
  const year = today.slice(0, 4)
  const numbers = versions.map((version) => (version.startsWith(`${year}-`) ? Number(version.slice(5)) : 0))
  return `${year}-${Math.max(0, ...numbers.filter(Number.isFinite)) + 1}`
}

/** Newest first; texts whose source is not known stand as they are. */
async function readSources(tx: Tx): Promise<Stored[]> {
  const rows = await tx
    .selectFrom('legal_text')
    .selectAll()
    .where('source', 'is not', null)
    .orderBy('valid_from', 'desc')
    .orderBy((eb) => eb.fn('length', ['version']), 'desc')
    .orderBy('version', 'desc')
    .execute()
  return rows.map(({ kind, language, valid_from, source, ...text }) => ({
    ...text,
    kind: kind as LegalKind,
    language: language as Language,
    validFrom: valid_from,
    source: source ?? '',
  }))
}

async function updateBody(tx: Tx, { kind, version, language }: Stored, body: string): Promise<void> {
  await tx
    .updateTable('legal_text')
    .set({ body })
    .where('kind', '=', kind)
    .where('version', '=', version)
    .where('language', '=', language)
    .execute()
}

async function insert(tx: Tx, texts: readonly Stored[]): Promise<void> {
  await tx
    .insertInto('legal_text')
    .values(texts.map(({ validFrom, ...text }) => ({ ...text, valid_from: validFrom })))
    .execute()
}
