import type { FastifyInstance } from 'fastify'
import { registerPersonRoutes } from './person-routes'
import type { PrivacyServices } from './privacy-services'
import { registerRetentionRoutes } from './retention-routes'

/** Pages of the inspector about one person, and of the administrator about how long data are kept. */
export function registerPrivacyRoutes(app: FastifyInstance, services: PrivacyServices): void {
  registerPersonRoutes(app, services)
  registerRetentionRoutes(app, services)
}
