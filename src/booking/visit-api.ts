import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type { z } from 'zod'
import {
  cancellationAnswer,
  cancellationBody,
  findBody,
  foundAnswer,
  refusedWith,
  visitAnswer,
  visitBody,
} from '../contract/booking-api'
import { visitUrls } from '../message/visit-urls'
import type { TextArgs } from '../platform/i18n/message'
import { isLanguage, type Language, type TextKey } from '../texts/catalogue'
import { type AnswersField, parseAnswers } from './answers'
import { ApiRefusal, orRefuse, type WrongField } from './api-refusal'
import { bearerSecret } from './bearer-secret'
import { type Booking, bookVisit } from './book-visit'
import type { BookingServices } from './booking-services'
import { cancelVisit } from './cancel-visit'
import { findVisit } from './find-visit'
import { readVisit } from './read-visit'
import { visitForLink } from './visit-links'

type VisitBody = z.infer<typeof visitBody>

/** Where an answer of the form stands in the body of a call. */
const fieldNames: Record<AnswersField, string> = {
  firstName: 'answers.firstName',
  lastName: 'answers.lastName',
  phone: 'answers.phone',
  email: 'answers.email',
  language: 'answers.language',
  guardianFirstName: 'answers.guardian.firstName',
  guardianLastName: 'answers.guardian.lastName',
}

/** Booking, finding and cancelling a visit. */
export function registerVisitApi(app: FastifyInstance, services: BookingServices): void {
  const { db, clock, keys, directory, queue, bus } = services
  const api = app.withTypeProvider<ZodTypeProvider>()

  api.post(
    '/visits',
    {
      config: { rateLimit: { max: 60, timeWindow: '1 minute' } },
      schema: {
        tags: ['Booking'],
        summary: 'Turn a hold into a visit',
        description:
          'Needs the header `Authorization: Bearer <secret of the hold>`. Sent again for the same hold it answers with the same visit.',
        body: visitBody,
        response: {
          201: visitAnswer,
          ...refusedWith('no_secret', 'unknown_hold', 'expired', 'lost', 'same_topic', 'too_many_visits'),
          ...refusedWith('bad_answers', 'consent_missing', 'consent_version_changed'),
        },
      },
    },
    async (request, reply) => {
      const owner = { holdId: request.body.hold, ownerSecret: bearerSecret(request) }
      const { answers, warnings } = parseBody(services, request.body)
      const { consents } = request.body
      const now = clock.now()
      const booking = await bookVisit(db, { ...owner, answers, consents, now, keys, directory, queue, bus })
      if (!booking.ok) throw refusalOf(booking)
      const { visit } = booking
      return reply.code(201).send({ ...visitFacts(services, visit), warnings })
    },
  )

  api.post(
    '/visits/find',
    {
      config: { rateLimit: { max: 10, timeWindow: '1 minute' } },
      schema: {
        tags: ['Visit'],
        summary: 'Find a visit by its number and e-mail',
        body: findBody,
        response: { 200: foundAnswer, ...refusedWith('unknown_visit') },
      },
    },
    async (request) => {
      const found = await findVisit(db, { ...request.body, keys })
      const visit = orRefuse(found && (await readVisit(db, found.id)), 'unknown_visit')
      return {
        state: visit.state,
        ...visitFacts(services, {
          id: visit.id,
          number: visit.number,
          startsAt: visit.starts_at,
          endsAt: visit.ends_at,
          branchId: visit.branch_id,
          topicId: visit.topic_id,
          linkVersion: visit.link_version,
          language: isLanguage(visit.language) ? visit.language : 'pl',
        }),
      }
    },
  )

  api.post(
    '/visits/cancellation',
    {
      config: { rateLimit: { max: 30, timeWindow: '1 minute' } },
      schema: {
        tags: ['Visit'],
        summary: 'Cancel a visit by its cancel link',
        body: cancellationBody,
        response: {
          200: cancellationAnswer,
          ...refusedWith('unknown_link', 'already_cancelled', 'too_late'),
        },
      },
    },
    async (request) => {
      const { token } = request.body
      const visit = orRefuse(await visitForLink(db, { token, purpose: 'cancel', keys }), 'unknown_link')
      const { settings } = directory.institution
      const cancellation = { visitId: visit.id, by: 'client', now: clock.now() } as const
      const cancelled = await cancelVisit(db, { ...cancellation, keys, settings, queue, bus })
      if (cancelled.ok) return { state: 'cancelled' as const }
      throw new ApiRefusal(cancelled.reason === 'unknown' ? 'unknown_link' : cancelled.reason)
    },
  )
}

/** The answers of a body, checked as the form of the page is; what is wrong is said in English. */
function parseBody({ translators }: BookingServices, { answers: { guardian, ...answers } }: VisitBody) {
  const ofGuardian = guardian && {
    guardian: 'yes',
    guardianFirstName: guardian.firstName,
    guardianLastName: guardian.lastName,
  }
  const wrong = (problem: { field: AnswersField; key: TextKey; args?: TextArgs }): WrongField => ({
    field: fieldNames[problem.field],
    message: translators.en.t(problem.key, problem.args),
  })
  const parsed = parseAnswers({ ...answers, ...ofGuardian }, answers.language)
  if (!parsed.ok) throw new ApiRefusal('bad_answers', parsed.errors.map(wrong))
  return { answers: parsed.answers, warnings: parsed.warnings.map(wrong) }
}

function refusalOf(booking: Extract<Booking, { ok: false }>): ApiRefusal {
  switch (booking.reason) {
    case 'consent_missing':
    case 'consent_version_changed':
      return new ApiRefusal(
        booking.reason,
        booking.missing.map((kind) => ({ field: 'consents', message: kind })),
      )
    case 'unknown':
      return new ApiRefusal('unknown_hold')
    case 'no_answers':
      throw new Error('The answers were given with the booking')
    default:
      return new ApiRefusal(booking.reason)
  }
}

interface VisitFacts {
  id: string
  number: string
  startsAt: Date
  endsAt: Date
  branchId: number
  topicId: number
  language: Language
  linkVersion: number
}

function visitFacts({ directory, keys, publicUrl }: BookingServices, visit: VisitFacts) {
  return {
    number: visit.number,
    startsAt: visit.startsAt.toISOString(),
    endsAt: visit.endsAt.toISOString(),
    branch: directory.branchById(visit.branchId)?.code ?? null,
    topic: directory.topicById(visit.topicId)?.code ?? null,
    links: { manage: visitUrls(publicUrl, keys, visit).manage },
  }
}
