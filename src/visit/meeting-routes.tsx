import type { FastifyInstance, FastifyReply } from 'fastify'
import { type BookingServices, pageOf } from '../booking/booking-services'
import { invalidLinkPage } from '../booking/pages/message-pages'
import { linkTo, type PageContext } from '../booking/pages/page-context'
import { dayAndTime } from '../booking/pages/visit-words'
import { visitPaths } from '../booking/shown-visit'
import type { VisitRow } from '../booking/visit-links'
import { readSummary } from '../message/visit-summary'
import { notFound } from '../platform/http/http-error'
import { sendPage } from '../platform/http/page'
import { readBranchLoad } from './branch-load-store'
import { cancellationReason } from './cancellation-reason'
import { meetingBoot } from './meeting-boot'
import { meetingStanding, opensAt } from './meeting-standing'
import { type MeetingVisitor, meetingVisitor } from './meeting-visitor'
import { endedForGuardianPage, endedPage } from './pages/ended-page'
import type { TypedRating } from './pages/rating-section'
import { asTyped, readRating } from './read-rating'
import { rateVisit } from './rate-visit'
import { meetingPage } from './pages/meeting-page'
import {
  cancelledByClientPage,
  cancelledByInstitutionPage,
  earlyPage,
  latePage,
  missedByInstitutionPage,
} from './pages/standing-pages'
import { readRoomState } from './read-room'
import { readClosingNote } from './visit-notes'

export interface MeetingServices extends BookingServices {
  demo: boolean
}

/** A page left open for longer asks again meanwhile: timers of browsers are not made for days. */
const longestRefreshSeconds = 6 * 3600

/** The pages behind a meeting link. Opening one changes nothing. */
export function registerMeetingRoutes(app: FastifyInstance, services: MeetingServices): void {
  const { db, clock, keys, directory, demo } = services

  app.get('/spotkanie/:token', async (request, reply) => {
    const { token } = request.params as { token: string }
    const visitor = await meetingVisitor(db, keys, token)
    if (!visitor) return sendPage(reply, invalidLinkPage(pageOf(services, request, '/znajdz')), 404)
    const page = pageOf(services, request)
    const { visit } = visitor
    const now = clock.now()
    const { openBeforeMinutes } = directory.institution.settings
    switch (meetingStanding(visit, now, openBeforeMinutes)) {
      case 'early':
        return sendEarly(reply, page, visit, now, `/spotkanie/${token}/sprzet`)
      case 'open':
        return sendPage(reply, await openPage(page, visitor, token, now))
      case 'late':
      case 'missedByClient':
        return sendPage(reply, latePage(page, visit))
      case 'missedByInstitution':
        return sendPage(reply, missedByInstitutionPage(page, visit))
      case 'cancelledByClient':
        return sendPage(reply, cancelledByClientPage(page, visit))
      case 'cancelledByInstitution':
        return sendPage(reply, cancelledByInstitutionPage(page, await reasonOf(page, visit)))
      case 'finished':
        if (visitor.participant !== 'client') return sendPage(reply, endedForGuardianPage(page))
        return sendEnded(reply, page, visit, token)
    }
  })

  app.post('/spotkanie/:token/ocena', async (request, reply) => {
    const { token } = request.params as { token: string }
    const visitor = await meetingVisitor(db, keys, token)
    if (visitor?.participant !== 'client') throw notFound()
    const rating = readRating(request.body)
    const page = pageOf(services, request, `/spotkanie/${token}`)
    if ('problem' in rating) return sendEnded(reply, page, visitor.visit, token, rating)
    const { timeZone } = directory.institution
    const rated = await rateVisit(db, { visitId: visitor.visit.id, ...rating, timeZone, keys })
    if (!rated.ok && (rated.reason === 'comment_too_long' || rated.reason === 'document_number')) {
      const problem = rated.reason === 'comment_too_long' ? 'comment' : 'number'
      return sendEnded(reply, page, visitor.visit, token, { ...asTyped(rating), problem })
    }
    return reply.redirect(`${linkTo(page, `/spotkanie/${token}`)}#ocena`, 303)
  })

  const sendEnded = async (
    reply: FastifyReply,
    page: PageContext,
    visit: VisitRow,
    token: string,
    typed?: TypedRating,
  ) => {
    const ended = {
      visit,
      note: readClosingNote(keys, visit),
      summary: await readSummary(db, visit.id),
      now: clock.now(),
      ratingAction: linkTo(page, `/spotkanie/${token}/ocena`),
      ...(typed && { typed }),
    }
    return sendPage(reply, endedPage(page, ended), typed ? 422 : 200)
  }

  const sendEarly = (
    reply: FastifyReply,
    page: PageContext,
    visit: VisitRow,
    now: Date,
    devicePath: string,
  ) => {
    const { openBeforeMinutes } = directory.institution.settings
    const wait = opensAt(visit.starts_at, openBeforeMinutes).getTime() - now.getTime()
    const seconds = Math.min(longestRefreshSeconds, Math.ceil(wait / 1000))
    reply.header('refresh', String(seconds))
    return sendPage(reply, earlyPage(page, visit, devicePath))
  }

  const openPage = async (
    page: PageContext,
    { visit, participant }: MeetingVisitor,
    token: string,
    now: Date,
  ) => {
    const load = (branchId: number) => readBranchLoad(db, branchId, now)
    const state = await readRoomState(db, visit, { keys, now, load })
    const boot = meetingBoot(page, { visit, participant, token, state, now, demo, keys })
    const mayGiveUp = participant === 'client' && visit.state !== 'in_progress' && now < visit.starts_at
    const paths = visitPaths(services, { id: visit.id, linkVersion: visit.link_version })
    return meetingPage({
      page,
      boot,
      when: dayAndTime(page, visit.starts_at),
      giveUpPath: mayGiveUp ? paths.cancel : null,
    })
  }

  const reasonOf = async (page: PageContext, visit: VisitRow): Promise<string | undefined> => {
    const reason = await cancellationReason(db, keys, visit.id)
    if (!reason) return undefined
    return 'words' in reason ? reason.words : page.t.t(reason.key)
  }
}
