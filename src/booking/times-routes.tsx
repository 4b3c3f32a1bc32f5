import type { FastifyInstance } from 'fastify'
import { renderPage, sendHtml, sendPage } from '../platform/http/page'
import { type BookingServices, pageOf } from './booking-services'
import { withTopic } from './choosing-routes'
import { countUnmetSearch } from './count-unmet-search'
import { holdSeat } from './hold-seat'
import { giveOwnerSecret } from './owner-secret'
import { branchListPage } from './pages/branch-pages'
import { type Fields, fieldsIn, journeyPath, readJourney, textIn } from './pages/journey'
import { keptHtml } from './pages/kept-html'
import { linkTo } from './pages/page-context'
import { instantFrom, instantValue } from './pages/times-grid'
import { type TimesMistake, timesPage } from './pages/times-page'
import { readTimes } from './read-times'

const unprocessable = 422
/** One address may be a whole office or a mobile network, but nobody needs more than this. */
const holdsPerMinute = 30

/** Times of a branch, and the claim on one of them. */
export function registerTimesRoutes(app: FastifyInstance, services: BookingServices): void {
  const { db, clock, keys, directory, publicUrl } = services

  app.get('/termin', (request, reply) =>
    withTopic(services, request, reply, async (journey) => {
      const page = pageOf(services, request)
      const { branch } = journey
      if (!branch) return sendPage(reply, branchListPage(page, journey, true), unprocessable)
      const fields = fieldsIn(request.query)
      const times = await readTimes(services, {
        branch,
        topicId: journey.topic.id,
        asked: textIn(fields, 'od'),
      })
      const mistake: TimesMistake | undefined = times.outOfRange ? { kind: 'outOfRange' } : mistakeIn(fields)
      const whole = { ...journey, branch }
      if (times.offered.firstFree === null && times.earlierFree === null) {
        const { topic, postalCode } = journey
        const search = { branchId: branch.id, topicId: topic.id, postalCode }
        await countUnmetSearch(services, search, request)
      }
      if (mistake)
        return sendPage(reply, timesPage(page, { ...times, journey: whole, mistake }), unprocessable)
      const html = keptHtml(times.offered, `${page.language} ${page.path}`, () =>
        renderPage(timesPage(page, { ...times, journey: whole })),
      )
      return sendHtml(reply, html)
    }),
  )

  app.post(
    '/termin',
    { config: { rateLimit: { max: holdsPerMinute, timeWindow: '1 minute' } } },
    async (request, reply) => {
      const page = pageOf(services, request)
      const fields = fieldsIn(request.body)
      const journey = readJourney(directory, fields)
      const { topic, branch, postalCode, country, earlierHold } = journey
      const back = (more: Record<string, string | undefined>) =>
        reply.redirect(linkTo(page, journeyPath.times(journey, { od: textIn(fields, 'od'), ...more })), 303)
      const startsAt = instantFrom(textIn(fields, 'start'))
      if (!topic || !branch || !startsAt) return back({ blad: 'godzina' })

      const held = await holdSeat(db, {
        branchId: branch.id,
        topicId: topic.id,
        startsAt,
        ownerSecret: giveOwnerSecret(request, reply, publicUrl),
        language: request.language,
        postalCode: postalCode ?? null,
        country: country ?? null,
        ...(earlierHold !== undefined && { answersFrom: earlierHold }),
        now: clock.now(),
        keys,
        settings: directory.institution.settings,
      })
      if (!held.ok)
        return back(held.reason === 'taken' ? { zajety: instantValue(startsAt) } : { blad: 'godzina' })
      // Answers that came along have been checked before: straight on to the booking
      const next = held.hold.answers ? 'sprawdz' : 'dane'
      return reply.redirect(linkTo(page, `/rezerwacja/${held.hold.id}/${next}`), 303)
    },
  )
}

const mistakeIn = (fields: Fields): TimesMistake | undefined => {
  const taken = instantFrom(textIn(fields, 'zajety'))
  if (taken) return { kind: 'taken', startsAt: taken }
  return textIn(fields, 'blad') === 'godzina' ? { kind: 'empty' } : undefined
}
