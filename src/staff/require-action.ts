import type { FastifyReply, FastifyRequest, preHandlerAsyncHookHandler } from 'fastify'
import type { Clock } from '../platform/clock'
import type { Db } from '../platform/db'
import { mayAnywhere, mayEverywhere, type StaffAction } from './may'
import { sendNotAllowed, type StaffPageServices } from './staff-page'
import { requireStaff } from './staff-session'

type Services = StaffPageServices & { db: Db; clock: Clock }

/** Lets only those on who may do this somewhere: what they may do it to is the use case's business. */
export const requireAction = (services: Services, action: StaffAction): preHandlerAsyncHookHandler[] => [
  requireStaff(services),
  refuseUnless(services, (request) => mayAnywhere(request.staff, action)),
]

/** Lets only those on who may do this for the whole institution. */
export const requireActionEverywhere = (
  services: Services,
  action: StaffAction,
): preHandlerAsyncHookHandler[] => [
  requireStaff(services),
  refuseUnless(services, (request) => mayEverywhere(request.staff, action)),
]

const refuseUnless =
  (services: StaffPageServices, allows: (request: FastifyRequest) => boolean) =>
  async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> =>
    allows(request) ? undefined : sendNotAllowed(services, request, reply)
