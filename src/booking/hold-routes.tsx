import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { sendPage } from '../platform/http/page'
import { parseAnswers } from './answers'
import { type BookingServices, pageOf } from './booking-services'
import { extendHold } from './extend-hold'
import { type OwnHold, withOwnHold } from './own-hold'
import { withQuery } from './pages/address'
import { detailsPage, type DetailsPageProps, fieldsOf, typedFields } from './pages/details-page'
import { type Fields, fieldsIn, textIn } from './pages/journey'
import { linkTo } from './pages/page-context'
import { saveAnswers } from './save-answers'

const unprocessable = 422

/** The person's details while a time is held, and more time for them. */
export function registerHoldRoutes(app: FastifyInstance, services: BookingServices): void {
  const { db, clock, keys, directory } = services

  const showDetails = (
    request: FastifyRequest,
    reply: FastifyReply,
    { hold, journey, standing }: OwnHold,
    props: Pick<DetailsPageProps, 'fields' | 'errors' | 'asked'>,
    status = 200,
  ) => {
    const page = pageOf(services, request, `/rezerwacja/${hold.id}/dane`)
    return sendPage(reply, detailsPage(page, { hold, journey, held: standing === 'held', ...props }), status)
  }

  app.get('/rezerwacja/:hold/dane', (request, reply) =>
    withOwnHold(services, request, reply, (own) => {
      const { answers } = own.hold
      return showDetails(request, reply, own, {
        fields: answers ? fieldsOf(answers) : undefined,
        asked: askedIn(fieldsIn(request.query)),
      })
    }),
  )

  app.post('/rezerwacja/:hold/dane', (request, reply) =>
    withOwnHold(
      services,
      request,
      reply,
      async (own) => {
        const { hold } = own
        const { t } = services.translators[request.language]
        const form = fieldsIn(request.body)
        const parsed = parseAnswers(form, request.language)
        if (!parsed.ok) {
          const errors = parsed.errors.map(({ field, key, args }) => ({ field, text: t(key, args) }))
          return showDetails(request, reply, own, { fields: typedFields(form), errors }, unprocessable)
        }
        await saveAnswers(db, {
          holdId: hold.id,
          ownerSecret: own.ownerSecret,
          answers: parsed.answers,
          now: clock.now(),
          keys,
        })
        // A hold that is gone meanwhile says so there, with the answers kept
        return reply.redirect(linkTo(pageOf(services, request), `/rezerwacja/${hold.id}/sprawdz`), 303)
      },
      { evenWhenGone: true },
    ),
  )

  // Where somebody lands who sends the address of a page that answered the form below
  app.get('/rezerwacja/:hold/przedluz', (request, reply) => {
    const { hold } = request.params as { hold: string }
    const details = `/rezerwacja/${encodeURIComponent(hold)}/dane`
    return reply.redirect(linkTo(pageOf(services, request), details), 303)
  })

  app.post('/rezerwacja/:hold/przedluz', (request, reply) =>
    withOwnHold(services, request, reply, async (own) => {
      const { hold, ownerSecret } = own
      const form = fieldsIn(request.body)
      const page = pageOf(services, request)
      const now = clock.now()
      const { settings } = directory.institution
      const extended = await extendHold(db, { holdId: hold.id, ownerSecret, now, settings })
      const asked = extended.ok ? 'extended' : 'extendedBefore'
      const goOn = (to: string) =>
        reply.redirect(linkTo(page, withQuery(`/rezerwacja/${hold.id}/${to}`, { czas: asked })), 303)

      if (textIn(form, 'firstName') === undefined)
        return goOn(textIn(form, 'strona') === 'sprawdz' ? 'sprawdz' : 'dane')
      // What is half typed comes back as it was: asking for time must not cost the answers
      const parsed = parseAnswers(form, request.language)
      if (parsed.ok) {
        await saveAnswers(db, { holdId: hold.id, ownerSecret, answers: parsed.answers, now, keys })
        return goOn('dane')
      }
      const current = extended.ok ? { ...hold, heldUntil: extended.heldUntil, extended: true } : hold
      return showDetails(request, reply, { ...own, hold: current }, { fields: typedFields(form), asked })
    }),
  )
}

/** Whether more time was just asked for, from the address. */
export const askedIn = (query: Fields): 'extended' | 'extendedBefore' | undefined => {
  const asked = textIn(query, 'czas')
  return asked === 'extended' || asked === 'extendedBefore' ? asked : undefined
}
