import type { RandomUpTo } from '../booking/seat'
import type { InstitutionSettings } from '../institution/institution-data'
import type { MessageQueue } from '../message/queue-messages'
import type { Bus } from '../platform/bus'
import type { Clock } from '../platform/clock'
import type { Keys } from '../platform/keys'
import type { ReplanPolicy } from './replan-policy'

/** What carrying out and undoing take. */
export interface ReplanParts {
  clock: Clock
  keys: Keys
  settings: InstitutionSettings
  timeZone: string
  queue: MessageQueue
  bus: Bus
  random?: RandomUpTo
  policy?: ReplanPolicy
}
