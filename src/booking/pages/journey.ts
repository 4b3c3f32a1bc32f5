import type { Branch, Directory, Topic } from '../../institution/directory'
import { parsePostalCode } from '../../institution/postal-code'
import { withQuery } from './address'

/** The choices so far, kept in the address; each may still be missing or unknown. */
export interface Journey {
  topic: Topic | undefined
  branch: Branch | undefined
  /** Five digits. */
  postalCode: string | undefined
  /** Of insurance, ISO 3166-1; one that leads to a branch, for a topic that asks for it. */
  country: string | undefined
  /** A hold of the same person whose answers go along. */
  earlierHold: string | undefined
}

/** Values of a query or a form, by our names for them. */
export type Fields = Readonly<Record<string, unknown>>

/** The fields of a form or query as they arrived; none when there are none. */
export const fieldsIn = (sent: unknown): Fields =>
  typeof sent === 'object' && sent !== null ? (sent as Fields) : {}

const holdPattern = /^[0-9a-f-]{36}$/

/** A field's text without spaces around it, cut to what a person could mean; undefined when absent or repeated. */
export const textIn = (fields: Fields, name: string): string | undefined => {
  const value = fields[name]
  return typeof value === 'string' ? value.trim().slice(0, 200) : undefined
}

/** The choices that an address or form carries: temat, oddzial, kod, kraj, z. */
export const readJourney = (directory: Directory, fields: Fields): Journey => {
  const hold = textIn(fields, 'z')
  const country = textIn(fields, 'kraj') ?? ''
  const topic = directory.topicByCode(textIn(fields, 'temat') ?? '')
  const isAsked = topic === undefined || topic.routing === 'country'
  return {
    topic,
    branch: directory.branchByCode(textIn(fields, 'oddzial') ?? ''),
    postalCode: parsePostalCode(textIn(fields, 'kod') ?? ''),
    country: isAsked && directory.branchForCountry(country) ? country : undefined,
    earlierHold: hold !== undefined && holdPattern.test(hold) ? hold : undefined,
  }
}

/** The choices as fields of an address or form. */
export const journeyFields = ({ topic, branch, postalCode, country, earlierHold }: Journey) => ({
  temat: topic?.code,
  oddzial: branch?.code,
  kod: postalCode,
  kraj: country,
  z: earlierHold,
})

const withoutBranch = (journey: Journey) => journeyFields({ ...journey, branch: undefined })

/** Where each choice is made, with the others carried along; without language prefix. */
export const journeyPath = {
  topic: (journey: Journey): string => {
    return withQuery('/temat', withoutBranch(journey))
  },
  postalCode: (journey: Journey): string => {
    return withQuery('/kod', withoutBranch(journey))
  },
  country: (journey: Journey): string => {
    return withQuery('/kraj', withoutBranch(journey))
  },
  /** Where the topic's own question is asked: code, country or branch. */
  place: (journey: Journey): string => {
    switch (journey.topic?.routing) {
      case 'country':
        return journeyPath.country(journey)
      case 'manual':
        return journeyPath.topic(journey)
      default:
        return journeyPath.postalCode(journey)
    }
  },
  branchFound: (journey: Journey): string => {
    return withQuery('/oddzial', withoutBranch(journey))
  },
  branchList: (journey: Journey): string => {
    return withQuery('/oddzialy', withoutBranch(journey))
  },
  times: (journey: Journey, more: Readonly<Record<string, string | undefined>> = {}): string =>
    withQuery('/termin', { ...journeyFields(journey), ...more }),
}
