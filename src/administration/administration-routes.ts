import type { FastifyInstance } from 'fastify'
import { sendPage } from '../platform/http/page'
import { requireAction } from '../staff/require-action'
import { staffPageOf } from '../staff/staff-page'
import { settingsPath } from '../staff/staff-places'
import type { AdministrationServices } from './administration-services'
import { registerAreasRoutes } from './areas-routes'
import { registerInstitutionRoutes } from './institution-routes'
import { registerLegalRoutes } from './legal-routes'
import { registerTextsRoutes } from './texts-routes'
import { registerBackofficeRoutes } from './backoffice-routes'
import { registerMessagesRoutes } from './messages-routes'
import { registerBranchRoutes } from './branch-routes'
import { registerCertificateRoutes } from './certificate-routes'
import { registerClosureRoutes } from './closure-routes'
import { registerCountryRoutes } from './country-routes'
import { registerShownRoutes } from './shown-routes'
import { registerAuditRoutes } from './audit/audit-routes'
import { settingsPage } from './pages/settings-page'
import { registerPeopleRoutes } from './people-routes'
import { registerPersonRoutes } from './person-routes'
import { registerPlanRoutes } from './plan-routes'
import { registerRulesRoutes } from './rules-routes'
import { registerTopicRoutes } from './topic-routes'

/** All pages on which the institution runs the service by itself. */
export function registerAdministrationRoutes(app: FastifyInstance, services: AdministrationServices): void {
  registerAuditRoutes(app, services)

  app.get(settingsPath, { preHandler: requireAction(services, 'administer') }, (request, reply) =>
    sendPage(reply, settingsPage(staffPageOf(services, request))),
  )
  registerPeopleRoutes(app, services)
  registerPersonRoutes(app, services)
  void app.register((scope) => registerAreasRoutes(scope, services))
  registerTextsRoutes(app, services)
  registerLegalRoutes(app, services)
  registerInstitutionRoutes(app, services)
  registerMessagesRoutes(app, services)
  registerBackofficeRoutes(app, services)
  registerPlanRoutes(app, services)
  registerClosureRoutes(app, services)
  registerBranchRoutes(app, services)
  registerTopicRoutes(app, services)
  registerCountryRoutes(app, services)
  registerCertificateRoutes(app, services)
  registerRulesRoutes(app, services)
  registerShownRoutes(app, services)
}
