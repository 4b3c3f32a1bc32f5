import { readClient, type VisitRow } from '../booking/visit-links'
import type { QueuedVisit } from '../message/queue-messages'
import type { Keys } from '../platform/keys'

/** What the outbox has to know of a visit. */
export const queuedVisit = (keys: Keys, visit: VisitRow): QueuedVisit => ({
  id: visit.id,
  startsAt: visit.starts_at,
  scheduleVersion: visit.schedule_version,
  phone: readClient(keys, visit).phone,
})
