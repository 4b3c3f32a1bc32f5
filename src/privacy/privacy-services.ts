import type { Directory } from '../institution/directory'
import type { MessageQueue } from '../message/queue-messages'
import type { Bus } from '../platform/bus'
import type { Clock } from '../platform/clock'
import type { Db } from '../platform/db'
import type { Keys } from '../platform/keys'
import type { Logger } from '../platform/logger'
import type { ObjectStore } from '../platform/object-store'
import type { StaffPageServices } from '../staff/staff-page'

/** What the pages of privacy take. */
export interface PrivacyServices extends StaffPageServices {
  db: Db
  bus: Bus
  clock: Clock
  keys: Keys
  log: Logger
  directory: Directory
  queue: MessageQueue
  /** Bytes of recordings. */
  store: ObjectStore
  /** Without a trailing slash. */
  publicUrl: string
  demo: boolean
}
