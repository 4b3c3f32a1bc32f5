import type { FastifyInstance } from 'fastify'
import { sendPage } from '../platform/http/page'
import type { BookingServices } from './booking-services'
import { withQuery } from './pages/address'
import { cancelledPage, tooLateToCancelPage } from './pages/cancel-pages'
import { linkTo } from './pages/page-context'
import { withdrawRecordingPage } from './pages/withdraw-recording-page'
import { mayWithdrawRecording } from './recording-consent'
import { withLinkedVisit } from './visit-routes'
import { withdrawRecordingConsent } from './withdraw-recording-consent'

/** Taking the consent to the recording back: the page says what follows, only its POST does it. */
export function registerRecordingRoutes(app: FastifyInstance, services: BookingServices): void {
  const { db, clock, keys, directory, queue, bus } = services

  app.get('/wizyta/:token/nagranie', (request, reply) =>
    withLinkedVisit(services, request, reply, 'manage', (visit, page) => {
      const { row, paths } = visit
      const policy = directory.recordingPolicy(row.topic_id)
      if (row.state === 'cancelled') return sendPage(reply, cancelledPage(page, visit, false))
      if (mayWithdrawRecording(row, policy, clock.now()))
        return sendPage(reply, withdrawRecordingPage(page, visit))
      if (row.recording_consent && policy === 'required')
        return sendPage(reply, tooLateToCancelPage(page, visit))
      return reply.redirect(linkTo(page, paths.manage), 303)
    }),
  )

  app.post('/wizyta/:token/nagranie', (request, reply) =>
    withLinkedVisit(services, request, reply, 'manage', async (visit, page) => {
      const { paths, row } = visit
      const withdrawn = await withdrawRecordingConsent(db, {
        visitId: row.id,
        now: clock.now(),
        keys,
        directory,
        settings: directory.institution.settings,
        queue,
        bus,
      })
      const to = (path: string) => reply.redirect(linkTo(page, path), 303)
      if (!withdrawn.ok) return to(paths.recording)
      return to(
        withdrawn.cancelled
          ? withQuery(paths.cancel, { gotowe: 'tak' })
          : withQuery(paths.manage, { gotowe: 'withdrawn' }),
      )
    }),
  )
}
