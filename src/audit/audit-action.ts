/** Everything that is written down, grouped by what it is about. What is not in the list cannot be written. */
export const auditActions = [
  'visit.booked',
  'visit.moved',
  'visit.cancelled',
  'visit.arrived',
  'day.seen',
  'visit.searched',
  'visit.opened',
  'visit.called_in',
  'visit.taken_over',
  'visit.released',
  'visit.extended',
  'visit.warned',
  'visit.noted',
  'visit.matters_set',
  'visit.interpreter_invited',
  'visit.interpreter_withdrawn',
  'visit.missed',
  'visit.ended',
  'replan.moved',
  'replan.offered',
  'replan.cancelled',
  'replan.undone',
  'identity.decided',
  'identity.undone',
  'application.accepted',
  'profile.confirmed',
  'institution.facts_changed',
  'institution.declaration_changed',
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
  'retention.changed',
  'retention.erased',
  'person.searched',
  'person.seen',
  'person.exported',
  'person.package_taken',
  'person.visit_cancelled',
  'person.erasure_ordered',
  'person.erased',
  'person.refused',
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
  'audit.searched',
  'audit.exported',
  'audit.verify_asked',
  'audit.verified',
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

/** The list of a branch's day as a subject: whoever saw it saw every visit on it. */
export const daySubject = (branchId: number, day: string) => ({ kind: 'day', id: `${branchId}/${day}` })
