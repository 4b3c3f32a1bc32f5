import type { FastifyReply, FastifyRequest, preHandlerAsyncHookHandler } from 'fastify'
import { mayAnywhere, type StaffAction } from '../staff/may'
import { sendNotAllowed } from '../staff/staff-page'
import { requireStaff } from '../staff/staff-session'
import type { AdministrationServices } from './administration-services'

/** Lets through who is signed in and may do this somewhere; everybody else gets the answer that it is not theirs. */
export function requireAction(
  services: AdministrationServices,
  action: StaffAction,
): preHandlerAsyncHookHandler[] {
  const allowed = async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> =>
    mayAnywhere(request.staff, action) ? undefined : sendNotAllowed(services, request, reply)
  return [requireStaff(services), allowed]
}
