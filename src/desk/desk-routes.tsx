import type { WebSocket } from '@fastify/websocket'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { appendAudit } from '../audit/append-audit'
import { daySubject } from '../audit/audit-action'
import type { Branch } from '../institution/directory'
import { type Every, everyInterval } from '../platform/every'
import { badInput, forbidden } from '../platform/http/http-error'
import { sendPage } from '../platform/http/page'
import { timeOnButton } from '../platform/i18n/dates'
import { type Day, dayOf, isDay } from '../platform/zone'
import { toDecideAt } from '../replanning/to-decide'
import { may } from '../staff/may'
import type { Staff } from '../staff/staff'
import { requireStaff, staffOf } from '../staff/staff-session'
import { signedOutCode, watchSession } from '../staff/watch-session'
import { closeCodes } from '../visit/room-connection'
import { isOnBreak } from '../visit/set-break'
import type { ServerPresence } from '../visit/server-process'
import { deskDayBoot } from './desk-boot'
import { type DeskConnection, openDeskConnection } from './desk-connection'
import { readDeskDay } from './desk-day'
import { createDeskFeed } from './desk-feed'
import { createDeskWatches } from './desk-watches'
import { staffPageOf } from '../staff/staff-page'
import { type DeskServices, sendRefusal } from './desk-services'
import { registerDeskPresenceRoutes } from './desk-presence-routes'
import { registerDeskVisitRoutes } from './desk-visit-routes'
import { dayPage } from './pages/day-page'
import { registerVisitsRoutes } from './visits-routes'

/** Two unanswered pings close a socket. */
const pingEveryMilliseconds = 8000

interface ShownList {
  branch: Branch
  day: Day
}

/** The officer's day and the visits at the desk. */
export function registerDeskRoutes(
  app: FastifyInstance,
  services: DeskServices,
  serverProcess: ServerPresence,
  every: Every = everyInterval,
): void {
  const { db, clock, keys, directory, staffTexts } = services
  registerDeskVisitRoutes(app, services)
  registerDeskPresenceRoutes(app, services)
  registerVisitsRoutes(app, services)

  app.get('/pracownik/dzien', { preHandler: requireStaff(services) }, async (request, reply) => {
    const me = request.staff
    const branches = directory.branches.filter(({ id }) => may(me, 'see_day', id))
    const list = listOf(request, branches)
    if (!list) return sendRefusal(services, request, reply, 'not_allowed')
    const { branch, day } = list
    const now = clock.now()
    const { timeZone } = directory.institution
    const today = dayOf(now, timeZone)
    const visits = await readDeskDay(db, {
      branchId: branch.id,
      day,
      keys,
      directory,
      texts: services.translators.pl,
      now,
    })
    await appendAudit(db, {
      at: now,
      actor: { kind: 'staff', staffId: me.id },
      action: 'day.seen',
      subject: daySubject(branch.id, day),
      branchId: branch.id,
      details: { visits: visits.length },
    })
    const boot = deskDayBoot({ staffTexts, me, branch, day, today, timeZone, now, visits })
    const time = timeOnButton(now, timeZone)
    const onBreak = may(me, 'call_in', branch.id) ? await isOnBreak(db, me.id) : null
    const toDecide = await toDecideAt(db, { staff: me, branchId: branch.id, now })
    return sendPage(
      reply,
      dayPage(staffPageOf(services, request), {
        ...{ boot, day, today, branch, branches, time, onBreak, toDecide },
      }),
    )
  })

  /** The branch and the day of the address; undefined for a branch that this person may not see. */
  const listOf = (request: FastifyRequest, branches: readonly Branch[]): ShownList | undefined => {
    const { oddzial, dzien } = request.query as { oddzial?: unknown; dzien?: unknown }
    if (dzien !== undefined && (typeof dzien !== 'string' || !isDay(dzien))) throw badInput()
    const branch = oddzial === undefined ? branches[0] : branches.find(({ code }) => code === oddzial)
    return branch && { branch, day: dzien ?? dayOf(clock.now(), directory.institution.timeZone) }
  }

  const feed = createDeskFeed(services)
  const watches = createDeskWatches({ ...services, serverProcess })
  const connections = new Set<DeskConnection>()
  const followers = new WeakMap<FastifyRequest, ShownList & { staff: Staff }>()
  let stopPinging: (() => void) | undefined
  const closeAll = () => {
    for (const connection of connections) connection.close(closeCodes.restart)
  }
  serverProcess.onForgotten(closeAll)
  app.addHook('onReady', () => {
    stopPinging = every(pingEveryMilliseconds, () => {
      for (const connection of connections) connection.checkAlive()
      watches.sweep()
    })
  })
  app.addHook('preClose', () => {
    stopPinging?.()
    for (const connection of connections) connection.end()
  })

  app.get(
    '/pracownik/dzien/na-zywo',
    {
      websocket: true,
      preValidation: async (request) => {
        const staff = await staffOf(db, request, clock.now())
        if (!staff) throw forbidden()
        const list = listOf(
          request,
          directory.branches.filter(({ id }) => may(staff, 'see_day', id)),
        )
        if (!list) throw forbidden()
        followers.set(request, { ...list, staff })
      },
    },
    (socket, request) => {
      const follower = followers.get(request)
      if (!follower) throw new Error('A list was opened by nobody')
      follow(socket, request, follower)
    },
  )

  const follow = (
    socket: WebSocket,
    request: FastifyRequest,
    { staff, branch, day }: ShownList & { staff: Staff },
  ) => {
    let signedOut = false
    const leaveDesk = watches.begin(staff, branch.id)
    const connection = openDeskConnection(socket, { branchId: branch.id, day }, feed, services, () => {
      connections.delete(connection)
      stopWatching()
      leaveDesk(signedOut ? 'now' : 'soon')
    })
    connections.add(connection)
    const stopWatching = watchSession(services, {
      request,
      staffId: staff.id,
      isActivity: false,
      every,
      onEnd: () => {
        signedOut = true
        connection.close(signedOutCode)
      },
    })
  }
}
