import type { WebSocket } from '@fastify/websocket'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { journalCloseCodes } from '../contract/close-codes'
import { journalQuery } from '../contract/recording'
import type { Directory } from '../institution/directory'
import type { Bus } from '../platform/bus'
import type { Clock } from '../platform/clock'
import type { Db } from '../platform/db'
import { type Every, everyInterval } from '../platform/every'
import { badInput, HttpError, notFound } from '../platform/http/http-error'
import { watchLife } from '../platform/http/socket-life'
import type { Keys } from '../platform/keys'
import type { Logger } from '../platform/logger'
import type { ObjectStore } from '../platform/object-store'
import type { Staff } from '../staff/staff'
import { staffOf } from '../staff/staff-session'
import { signedOutCode, watchSession } from '../staff/watch-session'
import { createJournals, type Journals, type RecordingMessage, recordingTopic } from './journals'
import type { JournalConnection } from './journal-connection'
import { openSession } from './open-session'
import { readRecording } from './recording-store'
import { partName } from './store-names'

export interface RecordingServices {
  db: Db
  bus: Bus
  clock: Clock
  keys: Keys
  log: Logger
  directory: Directory
  store: ObjectStore
}

export const lookEveryMilliseconds = 1000
const pingEveryMilliseconds = 8000
const failedCode = 1011
const tryLaterCode = 1013
/** Each takes some memory: what an officer's tabs need for one visit, and more. */
export const mostSocketsOfOne = 12

interface Visitor {
  staff: Staff
  visitId: string
  sessionId: string
}

/** The WebSocket over which an officer's page sends the journal of a recording. */
export function registerJournalRoutes(
  app: FastifyInstance,
  services: RecordingServices,
  every: Every = everyInterval,
): void {
  const { db, bus, clock, keys, log, directory, store } = services
  const journals = createJournals(services)
  const visitors = new WeakMap<FastifyRequest, Visitor>()
  keepLooking(app, journals, { every, log })

  /** Sockets of each officer and visit at this process. */
  const opened = new Map<string, number>()
  const count = ({ staff, visitId }: Visitor, by: number) => {
    const whose = `${staff.id} ${visitId}`
    const now = (opened.get(whose) ?? 0) + by
    if (now > 0) opened.set(whose, now)
    else opened.delete(whose)
    return now
  }

  const open = async (
    socket: WebSocket,
    { staff, visitId, sessionId }: Visitor,
  ): Promise<JournalConnection | undefined> => {
    const opened = await openSession(db, {
      ...{ visitId, sessionId, staff, keys, store },
      now: clock.now(),
      keptDays: directory.institution.settings.recordingKeptDays,
      topicCode: (id) => directory.topicById(id)?.code,
    })
    if (!opened.ok) {
      socket.close(opened.reason === 'erased' ? journalCloseCodes.erased : journalCloseCodes.refused)
      return undefined
    }
    const log = await store.createLog(partName(visitId, sessionId, opened.part))
    const message: RecordingMessage = { type: 'opened', sessionId, part: opened.part }
    await bus.publish(db, { topic: recordingTopic(visitId), body: message })
    if (socket.readyState !== socket.OPEN) {
      await log.close()
      return undefined
    }
    const connection = journals.open(socket, { visitId, sessionId, staffId: staff.id, log, ...opened })
    closeIfErased(connection)
    return connection
  }

  /** Erased before it listened: nobody would tell it any more. */
  const closeIfErased = (connection: JournalConnection) => {
    readRecording(db, connection.visitId).then(
      (recording) => {
        if (!recording?.wrappedKey) connection.close(journalCloseCodes.erased)
      },
      () => connection.close(failedCode),
    )
  }

  app.get(
    '/pracownik/wizyta/:id/nagranie',
    {
      websocket: true,
      preValidation: async (request) => {
        const query = journalQuery.safeParse(request.query)
        if (!query.success) throw badInput()
        const staff = await staffOf(db, request, clock.now())
        if (!staff) throw new HttpError('forbidden')
        const id = z.uuid().safeParse((request.params as { id: string }).id)
        if (!id.success) throw notFound()
        visitors.set(request, { staff, visitId: id.data, sessionId: query.data.session })
      },
    },
    (socket, request) => {
      const visitor = visitors.get(request)
      if (!visitor) throw new Error('A socket was opened by nobody')
      const { staff } = visitor
      socket.on('close', () => count(visitor, -1))
      if (count(visitor, 1) > mostSocketsOfOne) {
        socket.close(tryLaterCode)
        return
      }
      let connection: JournalConnection | undefined
      // The page waits for `ready`; whatever comes before it is none of ours
      socket.on('message', (data: Buffer, isBinary) => connection?.handleMessage(data, isBinary))
      socket.on('error', () => undefined)
      const stopPinging = every(pingEveryMilliseconds, watchLife(socket))
      const stopWatching = watchSession(services, {
        request,
        staffId: staff.id,
        isActivity: true,
        every,
        onEnd: () => socket.close(signedOutCode),
      })
      socket.on('close', () => {
        stopPinging()
        stopWatching()
      })
      open(socket, visitor).then(
        (opened) => {
          connection = opened
        },
        (error: unknown) => {
          log.error({ error }, 'a journal was not opened')
          socket.close(failedCode)
        },
      )
    },
  )
}

function keepLooking(
  app: FastifyInstance,
  journals: Journals,
  { every, log }: { every: Every; log: Logger },
) {
  let stopLooking: (() => void) | undefined
  let failing = false
  app.addHook('onReady', () => {
    stopLooking = every(lookEveryMilliseconds, () => {
      journals.look().then(
        () => {
          failing = false
        },
        (error: unknown) => {
          // A database that is away for a minute is told of once
          if (!failing) log.error({ error }, 'recordings were not looked at')
          failing = true
        },
      )
    })
  })
  app.addHook('preClose', async () => {
    stopLooking?.()
    await journals.stop()
  })
}
