import type { Branch, Topic } from '../../institution/directory'
import type { VisitRow } from '../visit-links'

/** What the pages behind a visit's link show; paths without language prefix. */
export interface ShownVisit {
  row: VisitRow
  /** Undefined when it was closed meanwhile. */
  branch: Branch | undefined
  topic: Topic | undefined
  maskedEmail: string
  guardianName: string | undefined
  /** Which reminders are still to come. */
  reminders: { sms: boolean; email: boolean }
  paths: { manage: string; move: string; cancel: string; resend: string; recording: string; meeting: string }
  /** Absolute: to be handed to the guardian. */
  guardianUrl: string | undefined
}
