import type { Db } from '../platform/db'
import type { Language } from '../texts/catalogue'
import type { Branch, DirectoryContent, Topic } from './directory-content'
import type { LegalKind } from './institution-data'
import { declarationSchema } from './declaration-schema'
import { readCertificateKinds } from './edit-certificate-kind'
import { institutionSchema } from './institution-schema'
import { legalValuesSchema } from './legal-values-schema'
import { type LegalText, newestFirst } from './legal-text'
import { readOwnTexts } from './wording/own-text-store'

const byCityThenName = (one: Branch, other: Branch) =>
  one.city.localeCompare(other.city, 'pl') || one.name.localeCompare(other.name, 'pl')

/** Everything the directory holds; throws when there is no institution or its settings are damaged. */
export async function readDirectory(db: Db): Promise<DirectoryContent> {
  // One snapshot, so that no area points to a branch that was not there yet
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (tx) => {
      const institution = await tx.selectFrom('institution').selectAll().executeTakeFirst()
      if (!institution) throw new Error('The database holds no institution yet')
      const branches = await tx.selectFrom('branch').selectAll().where('active', '=', true).execute()
      const topics = await tx
        .selectFrom('topic')
        .selectAll()
        .where('active', '=', true)
        .orderBy('position')
        .execute()
      const areas = await tx.selectFrom('postal_area').selectAll().execute()
      const countries = await tx.selectFrom('country_branch').selectAll().execute()
      const texts = await tx
        .selectFrom('legal_text')
        .select(['kind', 'version', 'language', 'body', 'valid_from', 'labels'])
        .where('withdrawn_at', 'is', null)
        .execute()
      const ownTexts = await readOwnTexts(tx)

      return {
        institution: {
          ...institutionSchema.parse({
            timeZone: institution.time_zone,
            phoneE164: institution.phone_e164,
            texts: institution.texts,
            settings: institution.settings,
          }),
          legalValues: legalValuesSchema.parse(institution.legal_values),
        },
        declaration: declarationSchema.parse(institution.declaration),
        branches: branches
          .map(({ id, code, name, city, address, postal_code, phone, sample }) => {
            return { id, code, name, city, address, postalCode: postal_code, phone, sample }
          })
          .sort(byCityThenName),
        topics: topics.map((topic) => ({
          id: topic.id,
          code: topic.code,
          position: topic.position,
          routing: topic.routing as Topic['routing'],
          addressOf: topic.address_of as Topic['addressOf'],
          requiresIdentity: topic.requires_identity,
          recording: topic.recording as Topic['recording'],
          texts: topic.texts as unknown as Topic['texts'],
        })),
        certificateKinds: await readCertificateKinds(tx),
        postalAreas: new Map(areas.map(({ prefix, branch_id }) => [prefix, branch_id])),
        legalTexts: texts
          .map(({ valid_from, ...text }) => ({
            ...text,
            kind: text.kind as LegalKind,
            language: text.language as Language,
            labels: text.labels as LegalText['labels'],
            validFrom: valid_from,
          }))
          .sort(newestFirst),
        ownTexts,
        countries: new Map(countries.map(({ country, branch_id }) => [country, branch_id])),
      }
    })
}
