import type { Party } from '../contract/visit-state'
import type { InstitutionSettings } from '../institution/institution-data'
import type { MessageQueue } from '../message/queue-messages'
import type { Bus } from '../platform/bus'
import type { Db } from '../platform/db'

export interface Cancellation {
  visitId: string
  by: Party
  now: Date
  settings: InstitutionSettings
  queue: MessageQueue
  bus: Bus
}

/** Cancels a visit that has not begun; its seat returns to others after a random delay. */
export declare function cancelVisit(
  db: Db,
  cancellation: Cancellation,
): Promise<{ ok: true } | { ok: false; reason: 'already_cancelled' | 'too_late' | 'unknown' }>
