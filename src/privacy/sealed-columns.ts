/** A column whose bytes are sealed under the master keys, in the context `<context>:<value of contextColumn>`. */
export interface SealedColumn {
  table: string
  column: string
  context: string
  contextColumn: string
  /** Primary key. */
  key: string
}

const ofVisit = (column: string, context: string): SealedColumn => ({
  ...{ table: 'visit', key: 'id', contextColumn: 'id' },
  ...{ column, context },
})

/** Every sealed column: what is not here stays under its old key when the master key is changed. */
export const sealedColumns: readonly SealedColumn[] = [
  ofVisit('client', 'visit.client'),
  ofVisit('closing_note', 'visit.closing-note'),
  ofVisit('staff_note', 'visit.staff-note'),
  ofVisit('interpreter', 'visit.interpreter'),
  {
    table: 'chat_message',
    column: 'body',
    context: 'visit.chat',
    contextColumn: 'visit_id',
    key: 'id',
  },
  {
    table: 'application',
    column: 'purpose',
    context: 'visit.application',
    contextColumn: 'visit_id',
    key: 'id',
  },
  {
    table: 'identity_check',
    column: 'undone_reason',
    context: 'visit.identity-undone',
    contextColumn: 'visit_id',
    key: 'id',
  },
  { table: 'rating', column: 'comment', context: 'rating', contextColumn: 'id', key: 'id' },
  { table: 'hold', column: 'answers', context: 'hold.answers', contextColumn: 'id', key: 'id' },
  { table: 'person_case', column: 'reason', context: 'person.case', contextColumn: 'id', key: 'id' },
  {
    table: 'erasure_order',
    column: 'reason',
    context: 'erasure.order',
    contextColumn: 'visit_id',
    key: 'visit_id',
  },
  {
    table: 'recording',
    column: 'hold_reason',
    context: 'recording.hold',
    contextColumn: 'visit_id',
    key: 'visit_id',
  },
  {
    table: 'recording',
    column: 'release_reason',
    context: 'recording.release',
    contextColumn: 'visit_id',
    key: 'visit_id',
  },
  {
    table: 'recording_erasure',
    column: 'reason',
    context: 'recording.erasure',
    contextColumn: 'visit_id',
    key: 'visit_id',
  },
  {
    table: 'recording_choice',
    column: 'reason',
    context: 'recording.choice',
    contextColumn: 'id',
    key: 'id',
  },
  { table: 'recording_view', column: 'reason', context: 'recording.view', contextColumn: 'id', key: 'id' },
  {
    table: 'staff_totp',
    column: 'seed',
    context: 'staff.totp',
    contextColumn: 'staff_id',
    key: 'staff_id',
  },
  { table: 'webhook_endpoint', column: 'secret', context: 'webhook.secret', contextColumn: 'id', key: 'id' },
  {
    table: 'webhook_endpoint',
    column: 'old_secret',
    context: 'webhook.secret',
    contextColumn: 'id',
    key: 'id',
  },
  { table: 'webhook_attempt', column: 'excerpt', context: 'webhook.excerpt', contextColumn: 'id', key: 'id' },
]

/**
 * Bytes that are not sealed with a master key: keyed hashes, hashes of random secrets, signatures, MACs, and keys of
 * recordings, which have a way of their own (src/recording/rewrap-recording-keys.ts).
 */
export const otherBytes: readonly string[] = [
  'audit_seal.seal',
  'audit_cut.seal',
  'audit_cut.mac',
  'hold.owner_hash',
  'postal_import.file_hash',
  'visit.phone_hash',
  'visit.email_hash',
  'staff.identity_hash',
  'staff_passkey.public_key',
  'staff_recovery_code.code_hash',
  'staff_session.provider_session_hash',
  'staff_session.token_hash',
  'recording.wrapped_key',
  'recording.manifest_signature',
  'recording_erasure.manifest_digest',
  'recording_file.digest',
  'recording_package.salt',
  'recording_package.sealed_key',
  'recording_part.hash',
]
