import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { isActive } from '../contract/visit-state'
import { sendPage } from '../platform/http/page'
import { type BookingServices, pageOf } from './booking-services'
import { calendarFile } from './calendar-file'
import { ownHold } from './own-hold'
import { confirmationPage } from './pages/confirmation-page'
import { holdNotYoursPage } from './pages/message-pages'
import { linkTo } from './pages/page-context'
import { readVisit } from './read-visit'
import { shownVisit } from './shown-visit'
import type { VisitRow } from './visit-links'

/** What a booking ends with: the confirmation and a calendar entry, for the browser that booked. */
export function registerConfirmationRoutes(app: FastifyInstance, services: BookingServices): void {
  const { db, clock, publicUrl } = services

  const withBookedVisit = async (
    request: FastifyRequest,
    reply: FastifyReply,
    goOn: (visit: VisitRow) => unknown,
  ): Promise<unknown> => {
    const page = pageOf(services, request)
    const own = await ownHold(services, request)
    if (!own) return sendPage(reply, holdNotYoursPage(page), 403)
    const visit = own.hold.visitId === null ? undefined : await readVisit(db, own.hold.visitId)
    return visit ? goOn(visit) : reply.redirect(linkTo(page, `/rezerwacja/${own.hold.id}/dane`), 303)
  }

  app.get('/rezerwacja/:hold/potwierdzenie', (request, reply) =>
    withBookedVisit(request, reply, (row) => {
      const page = pageOf(services, request)
      const visit = shownVisit(services, row)
      const { hold } = request.params as { hold: string }
      // Cancelled or over since: the visit's own page says how it stands
      if (!isActive(row.state)) return reply.redirect(linkTo(page, visit.paths.manage), 303)
      return sendPage(reply, confirmationPage(page, visit, `/rezerwacja/${hold}/kalendarz.ics`))
    }),
  )

  app.get('/rezerwacja/:hold/kalendarz.ics', (request, reply) =>
    withBookedVisit(request, reply, ({ id, number, starts_at, ends_at, schedule_version }) => {
      const { t } = services.translators[request.language]
      const file = calendarFile(
        {
          id,
          startsAt: starts_at,
          endsAt: ends_at,
          scheduleVersion: schedule_version,
          summary: t('booked.calendar.summary'),
          description: t('booked.calendar.description', { number }),
        },
        { host: new URL(publicUrl).hostname, now: clock.now() },
      )
      return reply
        .type('text/calendar; charset=utf-8')
        .header('cache-control', 'no-store')
        .header('content-disposition', 'attachment; filename="e-wizyta.ics"')
        .send(file)
    }),
  )
}
