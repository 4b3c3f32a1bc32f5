import type { FastifyRequest } from 'fastify'
import type { Branch, Directory } from '../institution/directory'
import type { MessageQueue } from '../message/queue-messages'
import type { Bus } from '../platform/bus'
import type { Clock } from '../platform/clock'
import type { Db } from '../platform/db'
import type { Keys } from '../platform/keys'
import { may } from '../staff/may'
import type { StaffPageServices } from '../staff/staff-page'

/** What the pages of visits that lost their desk are wired with. */
export interface ReplanningServices extends StaffPageServices {
  db: Db
  bus: Bus
  clock: Clock
  keys: Keys
  directory: Directory
  queue: MessageQueue
}

/** The branches at which the signed-in person decides. */
export const branchesOf = ({ directory }: ReplanningServices, { staff }: FastifyRequest): Branch[] =>
  directory.branches.filter(({ id }) => may(staff, 'replan', id))

/** The branch of this code, if the signed-in person decides there. */
export const branchOf = (
  services: ReplanningServices,
  request: FastifyRequest,
  code: unknown,
): Branch | undefined => branchesOf(services, request).find((branch) => branch.code === code)
