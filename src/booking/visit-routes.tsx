import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { sendPage } from '../platform/http/page'
import type { LinkPurpose } from '../platform/signed-link'
import { type BookingServices, pageOf } from './booking-services'
import { cancelVisit } from './cancel-visit'
import { cancelledPage, cancelPage, tooLateToCancelPage } from './pages/cancel-pages'
import { fieldsIn, textIn } from './pages/journey'
import { isDeed, managePage } from './pages/manage-page'
import { invalidLinkPage } from './pages/message-pages'
import { linkTo, type PageContext } from './pages/page-context'
import type { ShownVisit } from './pages/visit-page-context'
import { shownVisit } from './shown-visit'
import { visitForLink } from './visit-links'

const copiesPerTenMinutes = 5

/** Goes on with the visit of the address's link; a link that does not work says so. */
export const withLinkedVisit = async (
  services: BookingServices,
  request: FastifyRequest,
  reply: FastifyReply,
  purpose: LinkPurpose,
  goOn: (visit: ShownVisit, page: PageContext) => unknown,
): Promise<unknown> => {
  const { db, keys } = services
  const { token } = request.params as { token: string }
  const row = await visitForLink(db, { token, purpose, keys })
  if (!row) return sendPage(reply, invalidLinkPage(pageOf(services, request, '/znajdz')), 404)
  return goOn(shownVisit(services, row), pageOf(services, request))
}

/** The visit's own page, and cancelling; opening changes nothing. */
export function registerVisitRoutes(app: FastifyInstance, services: BookingServices): void {
  const { db, clock, keys, directory, queue, bus } = services

  app.get('/wizyta/:token', (request, reply) =>
    withLinkedVisit(services, request, reply, 'manage', (visit, page) => {
      const done = textIn(fieldsIn(request.query), 'gotowe')
      return sendPage(
        reply,
        managePage(page, {
          visit,
          now: clock.now(),
          done: isDeed(done) ? done : undefined,
        }),
      )
    }),
  )

  app.post(
    '/wizyta/:token/wyslij',
    { config: { rateLimit: { max: copiesPerTenMinutes, timeWindow: '10 minutes' } } },
    (request, reply) =>
      withLinkedVisit(services, request, reply, 'manage', async (visit, page) => {
        await queue.sendAgain(db, visit.row.id)
        queue.wake()
        return reply.redirect(linkTo(page, `${visit.paths.manage}?gotowe=resent`), 303)
      }),
  )

  app.get('/anuluj/:token', (request, reply) =>
    withLinkedVisit(services, request, reply, 'cancel', (visit, page) => {
      const { row } = visit
      const justNow = textIn(fieldsIn(request.query), 'gotowe') === 'tak'
      if (row.state === 'cancelled') return sendPage(reply, cancelledPage(page, visit, justNow))
      const open = (row.state === 'booked' || row.state === 'waiting') && clock.now() < row.starts_at
      return sendPage(reply, open ? cancelPage(page, visit) : tooLateToCancelPage(page, visit))
    }),
  )

  app.post('/anuluj/:token', (request, reply) =>
    withLinkedVisit(services, request, reply, 'cancel', async (visit, page) => {
      const cancelled = await cancelVisit(db, {
        visitId: visit.row.id,
        by: 'client',
        now: clock.now(),
        keys,
        settings: directory.institution.settings,
        queue,
        bus,
      })
      return reply.redirect(linkTo(page, `${visit.paths.cancel}${cancelled.ok ? '?gotowe=tak' : ''}`), 303)
    }),
  )
}
