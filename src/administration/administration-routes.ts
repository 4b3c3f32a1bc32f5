import type { FastifyInstance } from 'fastify'
import { sendPage } from '../platform/http/page'
import { mayAnywhere } from '../staff/may'
import { sendNotAllowed, staffPageOf } from '../staff/staff-page'
import { settingsPath } from '../staff/staff-places'
import { requireStaff } from '../staff/staff-session'
import type { AdministrationServices } from './administration-services'
import { registerAuditRoutes } from './audit/audit-routes'
import { settingsPage } from './pages/settings-page'

/** All pages on which the institution runs the service by itself. */
export function registerAdministrationRoutes(app: FastifyInstance, services: AdministrationServices): void {
  registerAuditRoutes(app, services)

  app.get(settingsPath, { preHandler: requireStaff(services) }, (request, reply) => {
    if (!mayAnywhere(request.staff, 'administer')) return sendNotAllowed(services, request, reply)
    return sendPage(reply, settingsPage(staffPageOf(services, request)))
  })
}
