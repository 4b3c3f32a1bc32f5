import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Clock } from '../platform/clock'
import type { Db } from '../platform/db'
import { mayAnywhere } from '../staff/may'
import { sendNotAllowed, type StaffPageServices } from '../staff/staff-page'
import { requireStaff } from '../staff/staff-session'

/** Pre-handlers of what only an administrator may see or do: signed in first, then the role. */
export const administratorOnly = (services: StaffPageServices & { db: Db; clock: Clock }) => [
  requireStaff(services),
  async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> =>
    mayAnywhere(request.staff, 'administer') ? undefined : sendNotAllowed(services, request, reply),
]
