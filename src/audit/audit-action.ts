/** Everything that is written down, grouped by what it is about. What is not in the list cannot be written. */
export const auditActions = [
  'staff.signed_in',
  'staff.sign_in_failed',
  'staff.locked',
  'staff.signed_out',
  'visit.booked',
  'visit.moved',
  'visit.cancelled',
  'visit.seen',
  'visit.searched',
  'visit.called_in',
  'visit.released',
  'visit.taken_over',
  'visit.ended',
  'visit.missed',
  'identity.decided',
  'identity.undone',
  'application.accepted',
  'profile.confirmed',
  'recording.unrecorded',
  'recording.withdrawn',
  'recording.finalised',
  'recording.listed',
  'recording.opened',
  'recording.sought',
  'recording.refused',
  'recording.exported',
  'recording.held',
  'recording.released',
  'recording.erased',
  'audit.searched',
  'audit.exported',
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
