import type { FastifyInstance } from 'fastify'
import { notFound } from '../platform/http/http-error'
import { sendPage } from '../platform/http/page'
import type { BookingServices } from './booking-services'
import { moveVisit } from './move-visit'
import { withQuery } from './pages/address'
import { cancelledPage } from './pages/cancel-pages'
import { type Fields, fieldsIn, textIn } from './pages/journey'
import { moveConfirmPage, type MoveMistake, movePage, tooLateToMovePage } from './pages/move-pages'
import { linkTo } from './pages/page-context'
import { instantFrom } from './pages/times-grid'
import { readTimes } from './read-times'
import { withLinkedVisit } from './visit-routes'

const unprocessable = 422

/** Another time for a visit: choose, confirm; only the confirmation's POST moves it. */
export function registerMoveRoutes(app: FastifyInstance, services: BookingServices): void {
  const { db, clock, keys, directory, queue, bus } = services

  app.get('/wizyta/:token/termin', (request, reply) =>
    withLinkedVisit(services, request, reply, 'manage', async (visit, page) => {
      const { row, branch } = visit
      const query = fieldsIn(request.query)
      if (row.state === 'cancelled') return sendPage(reply, cancelledPage(page, visit, false))
      if (row.state !== 'booked' || clock.now() >= row.starts_at)
        return sendPage(reply, tooLateToMovePage(page, visit))
      const startsAt = instantFrom(textIn(query, 'start'))
      if (startsAt && startsAt.getTime() !== row.starts_at.getTime())
        return sendPage(reply, moveConfirmPage(page, visit, startsAt))

      if (!branch) throw notFound()
      const times = await readTimes(services, { branch, topicId: row.topic_id, asked: textIn(query, 'od') })
      const mistake = startsAt ? 'same' : times.outOfRange ? 'outOfRange' : mistakeIn(query)
      return sendPage(
        reply,
        movePage(page, { ...times, visit, now: clock.now(), ...(mistake && { mistake }) }),
        mistake ? unprocessable : 200,
      )
    }),
  )

  app.post('/wizyta/:token/termin', (request, reply) =>
    withLinkedVisit(services, request, reply, 'manage', async (visit, page) => {
      const { paths } = visit
      const to = (path: string) => reply.redirect(linkTo(page, path), 303)
      const startsAt = instantFrom(textIn(fieldsIn(request.body), 'start'))
      if (!startsAt) return to(withQuery(paths.move, { wybor: 'pusty' }))
      const moved = await moveVisit(db, {
        visitId: visit.row.id,
        startsAt,
        now: clock.now(),
        keys,
        settings: directory.institution.settings,
        queue,
        bus,
      })
      if (moved.ok) return to(withQuery(paths.manage, { gotowe: 'moved' }))
      switch (moved.reason) {
        case 'taken':
          return to(withQuery(paths.move, { wybor: 'zajety' }))
        case 'same_time':
          return to(withQuery(paths.move, { wybor: 'ten-sam' }))
        case 'too_late':
        case 'unknown':
          return to(paths.move)
      }
    }),
  )
}

const mistakes: Readonly<Record<string, MoveMistake>> = { pusty: 'empty', zajety: 'taken', 'ten-sam': 'same' }

const mistakeIn = (query: Fields): MoveMistake | undefined => mistakes[textIn(query, 'wybor') ?? '']
