import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Clock } from '../platform/clock'
import type { Db } from '../platform/db'
import { accountPath, provePath } from './door-paths'
import { withNext } from './next-page'
import type { SessionStage, StaffSession } from './session-store'
import { wantsJson } from './staff-page'
import { sessionOf, turnAway } from './staff-session'

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by `requireSession`. */
    staffSession: StaffSession
  }
}

/** How long a proof of being oneself counts: to open a page of what matters, and to send its form. */
const freshMinutes = { GET: 30, POST: 60 } as const

interface Wanted {
  /** Stages of a session that may go on. */
  stages: readonly SessionStage[]
  /** Asks who has not proved to be themself for a while to do so again. */
  fresh?: boolean
}

/** A pre-handler for pages of the person's own session, as `request.staffSession` and `request.staff`. */
export function requireSession({ db, clock }: { db: Db; clock: Clock }, { stages, fresh = false }: Wanted) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const now = clock.now()
    const session = await sessionOf(db, request, now)
    if (!session || !stages.includes(session.stage)) {
      await turnAway(request, reply)
      return
    }
    request.staffSession = session
    request.staff = session.staff
    if (fresh && !isFresh(session, request.method === 'GET' ? 'GET' : 'POST', now)) {
      const to = withNext(provePath, request.method === 'GET' ? request.url : accountPath)
      await (wantsJson(request)
        ? reply.code(401).send({ ok: false, reason: 'confirm', to })
        : reply.redirect(to, 303))
    }
  }
}

const isFresh = ({ stage, confirmedAt }: StaffSession, method: keyof typeof freshMinutes, now: Date) =>
  stage !== 'open' || now.getTime() - confirmedAt.getTime() <= freshMinutes[method] * 60_000
