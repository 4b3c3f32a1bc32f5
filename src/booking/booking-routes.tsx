import type { FastifyInstance } from 'fastify'
import type { BookingServices } from './booking-services'
import { registerChoosingRoutes } from './choosing-routes'
import { registerConfirmationRoutes } from './confirmation-routes'
import { registerFindRoutes } from './find-routes'
import { registerHoldRoutes } from './hold-routes'
import { registerMoveRoutes } from './move-routes'
import { registerRecordingRoutes } from './recording-routes'
import { registerReviewRoutes } from './review-routes'
import { registerTimesRoutes } from './times-routes'
import { registerVisitRoutes } from './visit-routes'

/** Every page of booking a visit, finding it, changing it and cancelling it. */
export function registerBookingRoutes(app: FastifyInstance, services: BookingServices): void {
  registerChoosingRoutes(app, services)
  registerTimesRoutes(app, services)
  registerHoldRoutes(app, services)
  registerReviewRoutes(app, services)
  registerConfirmationRoutes(app, services)
  registerFindRoutes(app, services)
  registerVisitRoutes(app, services)
  registerMoveRoutes(app, services)
  registerRecordingRoutes(app, services)
}
