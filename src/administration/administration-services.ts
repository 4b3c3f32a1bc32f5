import type { Config } from '../config/config'
import type { EndpointRules } from '../backoffice/endpoint-url'
import type { Directory } from '../institution/directory'
import type { MessageQueue } from '../message/queue-messages'
import type { Bus } from '../platform/bus'
import type { Clock } from '../platform/clock'
import type { Db } from '../platform/db'
import type { Keys } from '../platform/keys'
import type { StaffPageServices } from '../staff/staff-page'

/** What the administration pages take. */
export interface AdministrationServices extends StaffPageServices {
  db: Db
  bus: Bus
  clock: Clock
  keys: Keys
  directory: Directory
  config: Pick<Config, 'signIn'>
  /** Without a trailing slash. */
  publicUrl: string
  queue: MessageQueue
  endpointRules: EndpointRules
}
