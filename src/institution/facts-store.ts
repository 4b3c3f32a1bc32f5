import type { DbOrTx, Tx } from '../platform/db'
import type { Declaration } from './declaration-schema'
import type { InstitutionFacts } from './facts-schema'
import type { InstitutionSettings, LegalValues } from './institution-data'
import type { ShownData } from './shown-gaps'

export interface StoredShown extends ShownData {
  timeZone: string
  settings: InstitutionSettings
  /** Counted up at each change, so that nobody overwrites what somebody else has just changed. */
  factsVersion: number
  declarationVersion: number
}

const select = (db: DbOrTx) => db.selectFrom('institution').selectAll()

const shownOf = (
  row: Awaited<ReturnType<ReturnType<typeof select>['executeTakeFirstOrThrow']>>,
): StoredShown => ({
  phoneE164: row.phone_e164,
  texts: row.texts,
  legalValues: row.legal_values,
  declaration: row.declaration,
  timeZone: row.time_zone,
  settings: row.settings as unknown as InstitutionSettings,
  factsVersion: row.facts_version,
  declarationVersion: row.declaration_version,
})

/** What the institution shows, as it lies in the database. */
export const readShown = async (db: DbOrTx): Promise<StoredShown> =>
  shownOf(await select(db).executeTakeFirstOrThrow())

/** The same, and nobody else changes it until the transaction ends. */
export const lockShown = async (tx: Tx): Promise<StoredShown> =>
  shownOf(await select(tx).forUpdate().executeTakeFirstOrThrow())

export async function writeFacts(tx: Tx, facts: InstitutionFacts): Promise<void> {
  await tx
    .updateTable('institution')
    .set((eb) => ({
      phone_e164: facts.phoneE164,
      texts: JSON.stringify(facts.texts),
      legal_values: JSON.stringify(facts.legalValues),
      facts_version: eb('facts_version', '+', 1),
    }))
    .execute()
}

export async function writeLegalValues(tx: Tx, values: LegalValues): Promise<void> {
  await tx
    .updateTable('institution')
    .set((eb) => ({
      legal_values: JSON.stringify(values),
      facts_version: eb('facts_version', '+', 1),
    }))
    .execute()
}

export async function writeDeclaration(tx: Tx, declaration: Declaration): Promise<void> {
  await tx
    .updateTable('institution')
    .set((eb) => ({
      declaration: JSON.stringify(declaration),
      declaration_version: eb('declaration_version', '+', 1),
    }))
    .execute()
}
