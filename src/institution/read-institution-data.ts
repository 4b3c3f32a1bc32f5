import type { z } from 'zod'
import { compileMessage } from '../platform/i18n/message'
import type { Language } from '../texts/catalogue'
import { contradictions } from './institution-contradictions'
import type { InstitutionData, LegalTextData, TopicData, TopicTexts } from './institution-data'
import { InstitutionDataError, readJson, readMarkdown, readRows } from './institution-files'
import { accessibilitySchema, declarationSchema } from './declaration-schema'
import {
  branchSchema,
  certificateKindsSchema,
  countrySchema,
  desksSchema,
  institutionSchema,
  legalSchema,
  postalAreaSchema,
  topicsSchema,
} from './institution-schema'
import { institutionWords } from './institution-words'

// Topic texts may name the profile; what is kept is what people read.
const topicInWords = (topic: TopicData, institution: z.infer<typeof institutionSchema>): TopicData => {
  const inLanguage = (language: Language): TopicTexts => {
    const words = { ...institutionWords(institution, language) }
    const fill = (field: string, text: string): string => {
      try {
        return text.includes('{') ? compileMessage(field, text, language)(words) : text
      } catch (error) {
        const place = `topics.json: ${topic.code}.texts.${language}.${field}`
        throw new InstitutionDataError([`${place}: ${(error as Error).message}`])
      }
    }
    const { name, hint, prepare } = topic.texts[language]
    return {
      name: fill('name', name),
      hint: fill('hint', hint),
      prepare: prepare.map((item, index) => fill(`prepare.${index}`, item)),
    }
  }
  return { ...topic, texts: { pl: inLanguage('pl'), en: inLanguage('en'), uk: inLanguage('uk') } }
}

const withBodies = async (
  folder: string,
  texts: z.infer<typeof legalSchema>['texts'],
): Promise<LegalTextData[]> =>
  Promise.all(
    texts.map(async ({ kind, version, validFrom, file }) => ({
      kind,
      version,
      validFrom,
      bodies: await readMarkdown(folder, file),
    })),
  )

/**
 * Reads and checks an institution's data folder (for ZUS `data/zus`).
 * Throws InstitutionDataError naming file and field of what is wrong.
 */
export const readInstitutionData = async (folder: string): Promise<InstitutionData> => {
  const institution = await readJson(folder, 'institution.json', institutionSchema)
  const branches = await readRows(folder, 'branches.tsv', branchSchema)
  const topics = await readJson(folder, 'topics.json', topicsSchema)
  const desks = await readJson(folder, 'desks.json', desksSchema)
  const legal = await readJson(folder, 'legal.json', legalSchema)
  const data: InstitutionData = {
    ...institution,
    branches: branches.map(({ postal_code, ...branch }) => ({ ...branch, postalCode: postal_code })),
    postalAreas: await readRows(folder, 'postal.tsv', postalAreaSchema),
    countries: await readRows(folder, 'countries.tsv', countrySchema),
    topics: topics.map((topic) => topicInWords(topic, institution)),
    certificateKinds: await readJson(folder, 'certificate-kinds.json', certificateKindsSchema),
    desks: desks.everyBranch,
    legalTexts: await withBodies(folder, legal.texts),
    legalValues: legal.values,
    declaration: declarationSchema.parse({
      ...(await readJson(folder, 'accessibility.json', accessibilitySchema)),
      procedure: await readMarkdown(folder, 'a11y.procedure'),
    }),
  }
  const problems = contradictions(data)
  if (problems.length > 0) throw new InstitutionDataError(problems)
  return data
}
