import type { FastifyReply, FastifyRequest } from 'fastify'
import { mayAnywhere } from '../staff/may'
import type { Staff } from '../staff/staff'
import { sendNotAllowed } from '../staff/staff-page'
import type { AdministrationServices } from './administration-services'

/** Whether the person administers the whole institution, not one branch of it. */
export const administersAll = (staff: Staff): boolean =>
  staff.branchId === null && mayAnywhere(staff, 'administer')

/** Lets only those go on, after `requireStaff`. */
export const refuseOthers =
  (services: AdministrationServices) =>
  async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    if (!administersAll(request.staff)) await sendNotAllowed(services, request, reply)
  }
