import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Config } from '../config/config'
import { roomQuery } from '../contract/signalling'
import type { Directory } from '../institution/directory'
import type { Bus } from '../platform/bus'
import type { Clock } from '../platform/clock'
import type { Db } from '../platform/db'
import { type Every, everyInterval } from '../platform/every'
import type { WebSocket } from '@fastify/websocket'
import { badInput, forbidden, HttpError, notFound } from '../platform/http/http-error'
import type { Keys } from '../platform/keys'
import type { Logger } from '../platform/logger'
import { may } from '../staff/may'
import { staffOf } from '../staff/staff-session'
import { signedOutCode, watchSession } from '../staff/watch-session'
import { readVisit } from '../booking/read-visit'
import { linkVersionOf } from '../booking/visit-links'
import { meetingVisitor, purposeOf } from './meeting-visitor'
import type { RoomVisitor } from './room-connection'
import { createBranchLoads } from './branch-loads'
import { createRooms } from './rooms'
import type { ServerPresence } from './server-process'

export interface RoomServices {
  db: Db
  bus: Bus
  clock: Clock
  keys: Keys
  log: Logger
  directory: Directory
  config: Pick<Config, 'turn'>
}

/** Two unanswered pings close a socket: a dead one is found within 16 s. */
const pingEveryMilliseconds = 8000

/** The WebSockets of a visit's room: for the people with a link, and for the officer. */
export function registerRoomRoutes(
  app: FastifyInstance,
  services: RoomServices,
  serverProcess: ServerPresence,
  every: Every = everyInterval,
): void {
  const { db, clock, directory } = services
  const loads = createBranchLoads({ ...services, every })
  const rooms = createRooms({ ...services, loads })
  const visitors = new WeakMap<FastifyRequest, RoomVisitor>()
  let stopPinging: (() => void) | undefined

  serverProcess.onForgotten(rooms.closeAll)
  app.addHook('onReady', () => {
    stopPinging = every(pingEveryMilliseconds, rooms.checkAlive)
  })
  app.addHook('preClose', async () => {
    stopPinging?.()
    await rooms.stop()
    loads.stop()
  })

  const open = (socket: WebSocket, visitor: RoomVisitor) => {
    const { openBeforeMinutes } = directory.institution.settings
    return rooms.open(socket, visitor, {
      ...services,
      turn: services.config.turn,
      openBeforeMinutes,
      processId: serverProcess.id(),
    })
  }
  const visitorOf = (request: FastifyRequest): RoomVisitor => {
    const visitor = visitors.get(request)
    if (!visitor) throw new Error('A socket was opened by nobody')
    return visitor
  }

  app.get(
    '/spotkanie/:token/pokoj',
    {
      websocket: true,
      preValidation: async (request) => {
        const page = readQuery(request)
        const { token } = request.params as { token: string }
        const person = await meetingVisitor(db, services.keys, token)
        if (!person) throw notFound()
        const { visit, participant } = person
        visitors.set(request, {
          ...page,
          visitId: visit.id,
          branchId: visit.branch_id,
          person: { participant, linkVersion: linkVersionOf(visit, purposeOf(participant)) },
        })
      },
    },
    (socket, request) => {
      open(socket, visitorOf(request))
    },
  )

  app.get(
    '/pracownik/wizyta/:id/pokoj',
    {
      websocket: true,
      preValidation: async (request) => {
        const page = readQuery(request)
        const staff = await staffOf(db, request, clock.now())
        if (!staff) throw new HttpError('forbidden')
        const id = z.uuid().safeParse((request.params as { id: string }).id)
        const visit = id.success ? await readVisit(db, id.data) : undefined
        if (!visit) throw notFound()
        if (!may(staff, 'see_visit', visit.branch_id)) throw forbidden()
        visitors.set(request, {
          ...page,
          visitId: visit.id,
          branchId: visit.branch_id,
          person: { participant: 'officer', staffId: staff.id },
        })
      },
    },
    (socket, request) => {
      const visitor = visitorOf(request)
      const connection = open(socket, visitor)
      if (!connection || visitor.person.participant !== 'officer') return
      const stopWatching = watchSession(services, {
        request,
        staffId: visitor.person.staffId,
        isActivity: true,
        every,
        onEnd: () => {
          connection.close(signedOutCode)
        },
      })
      void connection.closed.then(stopWatching)
    },
  )
}

function readQuery(request: FastifyRequest): { pageId: string; tabId: string; take: boolean } {
  const query = roomQuery.safeParse(request.query)
  if (!query.success) throw badInput()
  const { page, tab, take } = query.data
  return { pageId: page, tabId: tab, take: take === '1' }
}
