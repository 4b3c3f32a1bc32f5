import type { InstitutionSettings } from '../institution/institution-data'
import type { MessageQueue } from '../message/queue-messages'
import type { Bus } from '../platform/bus'
import type { Db } from '../platform/db'

export interface Move {
  visitId: string
  /** A time of the same topic at the same branch. */
  startsAt: Date
  now: Date
  settings: InstitutionSettings
  queue: MessageQueue
  bus: Bus
}

/** Moves a visit: the new seat is claimed first, then the old one is freed with the delay. */
export declare function moveVisit(
  db: Db,
  move: Move,
): Promise<
  { ok: true; startsAt: Date } | { ok: false; reason: 'taken' | 'too_late' | 'unknown' | 'same_time' }
>
