import { languages } from '../texts/catalogue'
import type { InstitutionData } from './institution-data'
import { institutionWords } from './institution-words'
import { smsThatOverflow } from './sms-fit'

const twice = (place: string, values: readonly string[]): string[] =>
  values
    .filter((value, index) => values.indexOf(value) !== index)
    .map((value) => `${place}: ${value} stands twice`)

/** What is wrong between the files of a data folder, one text a problem: names given twice or pointing nowhere. */
export const contradictions = (data: InstitutionData): string[] => {
  const branches = new Set(data.branches.map(({ code }) => code))
  const topics = new Set(data.topics.map(({ code }) => code))
  const lostAreas = data.postalAreas.filter(({ branch }) => !branches.has(branch))
  return [
    ...twice('branches.tsv: code', [...data.branches.map(({ code }) => code)]),
    ...twice('postal.tsv: prefix', [...data.postalAreas.map(({ prefix }) => prefix)]),
    ...twice('topics.json: code', [...data.topics.map(({ code }) => code)]),
    ...twice('certificate-kinds.json: code', [...data.certificateKinds.map(({ code }) => code)]),
    ...twice('desks.json: name', [...data.desks.map(({ name }) => name)]),
    ...lostAreas.map(({ prefix, branch }) => `postal.tsv: prefix ${prefix}: there is no branch ${branch}`),
    ...twice('countries.tsv: country', [...data.countries.map(({ country }) => country)]),
    ...data.countries
      .filter(({ branch }) => !branches.has(branch))
      .map(({ country, branch }) => `countries.tsv: country ${country}: there is no branch ${branch}`),
    ...data.desks.flatMap(({ name, topics: served }) =>
      served
        .filter((code) => !topics.has(code))
        .map((code) => `desks.json: ${name}: there is no topic ${code}`),
    ),
    ...Object.keys(data.settings.recordingKeptDays.topics)
      .filter((code) => !topics.has(code))
      .map((code) => `institution.json: recordingKeptDays: there is no topic ${code}`),
    ...languages.flatMap((language) =>
      smsThatOverflow(language, institutionWords(data, language)).map(
        (key) => `institution.json: texts.${language}.short: ${key} no longer fits into one SMS`,
      ),
    ),
  ]
}
