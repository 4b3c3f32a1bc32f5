import type { FastifyInstance } from 'fastify'
import { emailHash } from '../message/sealed-client'
import { sendPage, sendPublicPage } from '../platform/http/page'
import { type BookingServices, pageOf } from './booking-services'
import { parseEmail } from './email-address'
import { findVisit } from './find-visit'
import { findPage } from './pages/find-page'
import { fieldsIn, textIn } from './pages/journey'
import { linkTo } from './pages/page-context'
import { visitPaths } from './shown-visit'
import { parseVisitNumber } from './visit-number'

const unprocessable = 422
/** Guessing numbers must stay hopeless; sending numbers must not become a nuisance. */
const searchesPerTenMinutes = 20
const askedNumbersPerTenMinutes = 5
const tenMinutes = '10 minutes'

/** A visit without its link: number and e-mail, or the number by e-mail. */
export function registerFindRoutes(app: FastifyInstance, services: BookingServices): void {
  const { db, keys, queue } = services

  app.get('/znajdz', (request, reply) =>
    sendPublicPage(
      reply,
      findPage(pageOf(services, request), {
        numbersSent: textIn(fieldsIn(request.query), 'numer') === 'wyslany',
      }),
    ),
  )

  app.post(
    '/znajdz',
    { config: { rateLimit: { max: searchesPerTenMinutes, timeWindow: tenMinutes } } },
    async (request, reply) => {
      const page = pageOf(services, request)
      const { t } = page.t
      const form = fieldsIn(request.body)
      const number = textIn(form, 'number') ?? ''
      const email = textIn(form, 'email') ?? ''
      const errors = [
        ...(number === '' ? [{ field: 'number', text: t('find.number.error.empty') }] : []),
        ...(number !== '' && parseVisitNumber(number) === undefined
          ? [{ field: 'number', text: t('find.number.error.format') }]
          : []),
        ...(email === '' ? [{ field: 'email', text: t('find.email.error.empty') }] : []),
      ]
      if (errors.length > 0) return sendPage(reply, findPage(page, { number, email, errors }), unprocessable)
      const found = await findVisit(db, { number, email, keys })
      if (found) return reply.redirect(linkTo(page, visitPaths(services, found).manage), 303)
      const notFound = [{ field: 'number', text: t('find.notFound') }]
      return sendPage(reply, findPage(page, { number, email, errors: notFound }), unprocessable)
    },
  )

  app.post(
    '/znajdz/numer',
    { config: { rateLimit: { max: askedNumbersPerTenMinutes, timeWindow: tenMinutes } } },
    async (request, reply) => {
      const page = pageOf(services, request, '/znajdz')
      const { t } = page.t
      const email = textIn(fieldsIn(request.body), 'lostEmail') ?? ''
      const typed = parseEmail(email)
      if (!typed.ok) {
        const text = t(typed.reason === 'empty' ? 'find.email.error.empty' : 'details.email.error.format')
        return sendPage(reply, findPage(page, { errors: [{ field: 'lostEmail', text }] }), unprocessable)
      }
      await queue.sendNumbers(db, emailHash(keys, typed.address))
      queue.wake()
      return reply.redirect(linkTo(page, '/znajdz?numer=wyslany'), 303)
    },
  )
}
