/** Everything that is written down, grouped by what it is about. What is not in the list cannot be written. */
export const auditActions = [
  'visit.searched',
  'visit.called_in',
  'visit.taken_over',
  'visit.ended',
  'replan.moved',
  'replan.offered',
  'replan.cancelled',
  'replan.undone',
  'identity.decided',
  'identity.undone',
  'application.accepted',
  'profile.confirmed',
  'recording.chosen',
  'recording.consent_withdrawn',
  'recording.watched',
  'recording.file_read',
  'recording.sought',
  'recording.refused',
  'recording.held',
  'recording.released',
  'recording.erased',
  'recording.bytes_gone',
  'recording.taken_along',
  'areas.checked',
  'areas.imported',
  'areas.restored',
  'text.saved',
  'text.withdrawn',
  'legal_text.published',
  'legal_text.withdrawn',
  'institution.described',
  'message.sent_again',
  'message.dead_retried',
  'endpoint.added',
  'endpoint.changed',
  'endpoint.paused',
  'endpoint.resumed',
  'endpoint.secret_rotated',
  'endpoint.removed',
  'endpoint.tested',
  'delivery.replayed',
  'delivery.range_replayed',
  'schedule.changed',
  'desk.added',
  'desk.changed',
  'branch.added',
  'branch.changed',
  'topic.added',
  'topic.changed',
  'country.changed',
  'settings.changed',
] as const
export type AuditAction = (typeof auditActions)[number]

/** Who did it: somebody of the staff, a client by a link, or the product itself. */
export type AuditActor = { kind: 'staff'; staffId: number } | { kind: 'client' } | { kind: 'system' }

/** What a detail may be: codes, numbers and yes or no. Names, words and addresses have no place here. */
export type AuditDetails = Readonly<Record<string, string | number | boolean | null>>

export interface AuditFact {
  at: Date
  actor: AuditActor
  action: AuditAction
  /** E.g. { kind: 'visit', id: '…' }. */
  subject?: { kind: string; id: string }
  branchId?: number
  details?: AuditDetails
}
