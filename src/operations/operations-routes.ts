import type { FastifyInstance } from 'fastify'
import type { Config } from '../config/config'
import type { Directory } from '../institution/directory'
import type { Clock } from '../platform/clock'
import type { Db } from '../platform/db'
import { sendPage } from '../platform/http/page'
import { timeOfDay } from '../platform/i18n/dates'
import type { ObjectStore } from '../platform/object-store'
import { recordingTroubles } from '../recording/recording-troubles'
import { mayAnywhere } from '../staff/may'
import { sendNotAllowed, staffPageOf, type StaffPageServices } from '../staff/staff-page'
import { operationsPath } from '../staff/staff-places'
import { requireStaff } from '../staff/staff-session'
import { checkRelays } from '../visit/check-relay'
import { operationsPage } from './pages/operations-page'
import { recordingsPart } from './recordings-part'
import { relayPart } from './relay-part'

export interface OperationsServices extends StaffPageServices {
  db: Db
  clock: Clock
  directory: Directory
  config: Pick<Config, 'turn'>
  store: ObjectStore
}

/** The page that says whether what the product depends on works, measured when it is opened. */
export function registerOperationsRoutes(app: FastifyInstance, services: OperationsServices): void {
  const { db, clock, config, directory, store, staffTexts } = services
  app.get(operationsPath, { preHandler: requireStaff(services) }, async (request, reply) => {
    if (!mayAnywhere(request.staff, 'see_operations')) return sendNotAllowed(services, request, reply)
    const now = clock.now()
    const [relays, troubles] = await Promise.all([
      checkRelays(config.turn, now),
      recordingTroubles(db, store),
    ])
    const parts = [relayPart(staffTexts, config.turn, relays), recordingsPart(staffTexts, troubles)]
    const checkedAt = timeOfDay(now, directory.institution.timeZone)
    return sendPage(reply, operationsPage(staffPageOf(services, request), { parts, checkedAt }))
  })
}
