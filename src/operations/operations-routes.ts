import type { FastifyInstance } from 'fastify'
import { sendPage } from '../platform/http/page'
import { timeOfDay } from '../platform/i18n/dates'
import { mayAnywhere } from '../staff/may'
import { sendNotAllowed, staffPageOf } from '../staff/staff-page'
import { operationsPath } from '../staff/staff-places'
import { requireStaff } from '../staff/staff-session'
import { measureOperations, type OperationsServices } from './measure-operations'
import { operationsPage } from './pages/operations-page'

/** The page that says whether what the product depends on works, measured when it is opened. */
export function registerOperationsRoutes(app: FastifyInstance, services: OperationsServices): void {
  const { clock, directory } = services
  app.get(operationsPath, { preHandler: requireStaff(services) }, async (request, reply) => {
    if (!mayAnywhere(request.staff, 'see_operations')) return sendNotAllowed(services, request, reply)
    const now = clock.now()
    const parts = await measureOperations(services, now)
    const checkedAt = timeOfDay(now, directory.institution.timeZone)
    return sendPage(reply, operationsPage(staffPageOf(services, request), { parts, checkedAt }))
  })
}
