import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { sendPage } from '../platform/http/page'
import type { Day } from '../platform/zone'
import { parseAnswers } from './answers'
import { type Booking, bookVisit } from './book-visit'
import { type BookingServices, pageOf, today } from './booking-services'
import { askedConsents, type ConsentKind, consentKinds, type GivenConsent } from './consents'
import { askedIn } from './hold-routes'
import { type OwnHold, withOwnHold } from './own-hold'
import { consentField, consentWords } from './pages/consent-cards'
import { fieldsOf } from './pages/details-page'
import { type Fields, fieldsIn, textIn } from './pages/journey'
import { holdNotYoursPage, limitPage, unknownResultPage } from './pages/message-pages'
import { linkTo, type PageContext } from './pages/page-context'
import { reviewPage, type ReviewPageProps } from './pages/review-page'

const unprocessable = 422
const conflict = 409
const unavailable = 503
const bookingsPerMinute = 20

type MissingConsents = Extract<Booking, { missing: ConsentKind[] }>

/** Everything once more, the consents, and the booking itself. */
export function registerReviewRoutes(app: FastifyInstance, services: BookingServices): void {
  const { db, clock, keys, directory, queue, bus, log } = services

  const showReview = (
    request: FastifyRequest,
    reply: FastifyReply,
    { hold, journey }: OwnHold,
    more: Pick<ReviewPageProps, 'ticked' | 'errors' | 'asked'>,
    status = 200,
  ) => {
    const page = pageOf(services, request)
    const { answers } = hold
    if (!answers) return reply.redirect(linkTo(page, `/rezerwacja/${hold.id}/dane`), 303)
    const parsed = parseAnswers(fieldsOf(answers), answers.language)
    return sendPage(
      reply,
      reviewPage(page, {
        hold,
        answers,
        journey,
        consents: askedConsents(
          directory,
          answers.guardian !== null,
          today(services),
          directory.recordingPolicy(hold.topicId),
        ),
        warnings: parsed.ok ? parsed.warnings : [],
        ...more,
      }),
      status,
    )
  }

  app.get('/rezerwacja/:hold/sprawdz', (request, reply) =>
    withOwnHold(services, request, reply, (own) =>
      showReview(request, reply, own, { asked: askedIn(fieldsIn(request.query)) }),
    ),
  )

  app.post(
    '/rezerwacja/:hold/sprawdz',
    { config: { rateLimit: { max: bookingsPerMinute, timeWindow: '1 minute' } } },
    (request, reply) =>
      withOwnHold(services, request, reply, async (own) => {
        const { hold, ownerSecret } = own
        const page = pageOf(services, request)
        const consents = givenConsents(fieldsIn(request.body))
        const now = clock.now()
        let booking: Booking
        try {
          booking = await bookVisit(db, {
            holdId: hold.id,
            ownerSecret,
            consents,
            language: request.language,
            now,
            keys,
            directory,
            queue,
            bus,
          })
        } catch (error) {
          // The connection may have died after the commit: only looking can tell, and trying again is safe
          log.error({ message: error instanceof Error ? error.message : 'unknown' }, 'booking failed')
          return sendPage(reply, unknownResultPage(page), unavailable)
        }
        const to = (path: string) => reply.redirect(linkTo(page, `/rezerwacja/${hold.id}/${path}`), 303)
        if (booking.ok) return to('potwierdzenie')
        switch (booking.reason) {
          case 'consent_missing':
          case 'consent_version_changed':
            return showReview(
              request,
              reply,
              own,
              refusal(page, own, booking, consents, today(services)),
              unprocessable,
            )
          case 'same_topic':
          case 'too_many_visits':
            return sendPage(reply, limitPage(page, booking.reason), conflict)
          case 'no_answers':
            return to('dane')
          case 'expired':
          case 'lost':
            return to('sprawdz')
          case 'unknown':
            return sendPage(reply, holdNotYoursPage(page), 403)
        }
      }),
  )
}

/** Which boxes stay ticked, and what is said at the others. */
const refusal = (
  page: PageContext,
  { hold }: OwnHold,
  { reason, missing }: MissingConsents,
  given: readonly GivenConsent[],
  day: Day,
): Pick<ReviewPageProps, 'ticked' | 'errors'> => ({
  ticked: given.map(({ kind }) => kind).filter((kind) => !missing.includes(kind)),
  errors: askedConsents(
    page.directory,
    Boolean(hold.answers?.guardian),
    day,
    page.directory.recordingPolicy(hold.topicId),
  )
    .filter(({ kind }) => missing.includes(kind))
    .map((consent) => ({
      field: consentField(consent.kind),
      text: page.t.t(
        reason === 'consent_missing' ? consentWords(consent).missing : 'consent.error.versionChanged',
      ),
    })),
})

const givenConsents = (form: Fields): GivenConsent[] =>
  consentKinds.flatMap((kind) => {
    const version = textIn(form, consentField(kind))
    return version === undefined || version === '' ? [] : [{ kind, version }]
  })
