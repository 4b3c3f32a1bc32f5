import type { Config } from '../config/config'
import type { Directory } from '../institution/directory'
import type { Bus } from '../platform/bus'
import type { Clock } from '../platform/clock'
import type { Db } from '../platform/db'
import type { Keys } from '../platform/keys'
import type { Logger } from '../platform/logger'
import type { StaffPageServices } from './staff-page'

/** What the staff's door and their own pages take. */
export interface StaffServices extends StaffPageServices {
  db: Db
  clock: Clock
  bus: Bus
  keys: Keys
  log: Logger
  directory: Directory
  publicUrl: string
  config: Pick<Config, 'signIn'>
  /** Called after a commit that queued an e-mail. */
  queue: { wake(): void }
}
