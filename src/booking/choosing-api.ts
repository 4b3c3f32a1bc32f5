import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import {
  branchAnswer,
  branchesAnswer,
  consentsAnswer,
  consentsQuery,
  countriesAnswer,
  languageQuery,
  postalCodeParams,
  refusedWith,
  timesAnswer,
  timesQuery,
  topicsAnswer,
} from '../contract/booking-api'
import { byName, countryName } from '../institution/countries'
import { parsePostalCode } from '../institution/postal-code'
import { orRefuse } from './api-refusal'
import { type BookingServices, today } from './booking-services'
import { askedConsents, consentLabel } from './consents'
import { countUnmetSearch } from './count-unmet-search'
import { earlierFree, offerJson, offerTimes } from './offer-times'

const asIs = (text: unknown) => text as string

/** What can be chosen: branches, topics, times, consents. */
export function registerChoosingApi(app: FastifyInstance, services: BookingServices): void {
  const { db, clock, directory, translators } = services
  const api = app.withTypeProvider<ZodTypeProvider>()

  api.get(
    '/branches',
    { schema: { tags: ['Choosing'], summary: 'All branches', response: { 200: branchesAnswer } } },
    async () => ({ branches: [...directory.branches] }),
  )

  api.get(
    '/branches/by-postal-code/:code',
    {
      schema: {
        tags: ['Choosing'],
        summary: 'The branch of a postal code',
        description:
          'That of the home, or of the firm, as the topic says. A person may choose another branch.',
        params: postalCodeParams,
        response: { 200: branchAnswer, ...refusedWith('unknown_postal_code') },
      },
    },
    async (request) => {
      const digits = parsePostalCode(request.params.code)
      const branch = digits === undefined ? undefined : directory.branchForPostalCode(digits)
      return orRefuse(branch, 'unknown_postal_code')
    },
  )

  api.get(
    '/countries',
    {
      schema: {
        tags: ['Choosing'],
        summary: 'Countries of insurance with the branch of each',
        description: 'For topics whose routing is "country". A person may choose another branch.',
        querystring: languageQuery,
        response: { 200: countriesAnswer },
      },
    },
    async (request) => {
      const { language } = request.query
      return {
        countries: byName(directory.countries, language).map((country) => ({
          country,
          name: countryName(country, language),
          branch: directory.branchForCountry(country)?.code ?? '',
        })),
      }
    },
  )

  api.get(
    '/topics',
    {
      schema: {
        tags: ['Choosing'],
        summary: 'All topics, with what to prepare',
        querystring: languageQuery,
        response: { 200: topicsAnswer },
      },
    },
    async (request) => ({
      topics: directory.topics.map(({ code, routing, addressOf, requiresIdentity, recording, texts }) => ({
        ...{ code, routing, addressOf, requiresIdentity, recording },
        ...texts[request.query.language],
      })),
    }),
  )

  api.get(
    '/times',
    {
      schema: {
        tags: ['Choosing'],
        summary: 'Days and times of a topic at a branch',
        description: 'Every time, free or taken, of the next days that have any. At most a second old.',
        querystring: timesQuery,
        response: { 200: timesAnswer, ...refusedWith('unknown_branch', 'unknown_topic') },
      },
    },
    async (request, reply) => {
      const { branch, topic, from, days, postalCode } = request.query
      const { timeZone, settings } = directory.institution
      const question = {
        branchId: orRefuse(directory.branchByCode(branch), 'unknown_branch').id,
        topicId: orRefuse(directory.topicByCode(topic), 'unknown_topic').id,
        dayCount: days,
        now: clock.now(),
        ...{ from, timeZone, settings },
      }
      const offer = await offerTimes(db, question)
      if (offer.firstFree === null && (await earlierFree(db, question, offer)) === null) {
        const { branchId, topicId } = question
        const digits = postalCode === undefined ? undefined : parsePostalCode(postalCode)
        await countUnmetSearch(services, { branchId, topicId, postalCode: digits }, request)
      }
      // Everybody gets the same text: it is written once and not checked again for each
      return reply
        .type('application/json; charset=utf-8')
        .serializer(asIs)
        .send(offerJson(offer) as never)
    },
  )

  api.get(
    '/consents',
    {
      schema: {
        tags: ['Choosing'],
        summary: 'The consents to ask a person for, in force today',
        querystring: consentsQuery,
        response: { 200: consentsAnswer, ...refusedWith('unknown_topic') },
      },
    },
    async (request) => {
      const { language, guardian, topic } = request.query
      const day = today(services)
      const policy =
        topic === undefined
          ? directory.institution.settings.recordingConsent
          : orRefuse(directory.topicByCode(topic), 'unknown_topic').recording
      const asked = askedConsents(directory, guardian === 'yes', day, policy)
      return {
        consents: asked.map(({ kind, version, label, required }) => ({
          ...{ kind, version, required },
          label: consentLabel(directory, { kind, version, label }, translators[language]),
          text: directory.currentLegalText(kind === 'recording' ? 'recording' : 'privacy', language, day)
            .body,
        })),
      }
    },
  )
}
