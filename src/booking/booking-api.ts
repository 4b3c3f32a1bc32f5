import type { FastifyInstance } from 'fastify'
import { answerRefusals } from './api-refusal'
import type { BookingServices } from './booking-services'
import { registerChoosingApi } from './choosing-api'
import { registerHoldApi } from './hold-api'
import { registerVisitApi } from './visit-api'

/** Booking for programs: the same use cases as the pages, as JSON. Schemas, and so the OpenAPI document, are zod's. */
export function registerBookingApi(app: FastifyInstance, services: BookingServices): void {
  void app.register(
    async (api) => {
      answerRefusals(api)
      registerChoosingApi(api, services)
      registerHoldApi(api, services)
      registerVisitApi(api, services)
    },
    { prefix: '/api/v1' },
  )
}
