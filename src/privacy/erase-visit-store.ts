import { sql } from 'kysely'
import type { Tx } from '../platform/db'

/**
 * Everything that makes the visit somebody's leaves, in the caller's transaction: names, phone, e-mail and their
 * hashes, everybody's words, messages, the device check, links to the person's other visits. State, times, topic,
 * branch, consents, warnings, reference numbers stay: facts without a person. All links of the visit die.
 */
export async function forgetPerson(tx: Tx, visitId: string, now: Date): Promise<void> {
  // What the demonstration's mailbox took in of it
  await sql`delete from mailbox_item using message
    where message.visit_id = ${visitId} and mailbox_item.message_id = message.id::text`.execute(tx)
  for (const table of ['chat_message', 'device_check', 'message', 'hold'] as const)
    await tx.deleteFrom(table).where('visit_id', '=', visitId).execute()
  await tx.updateTable('visit').set({ follow_up_of: null }).where('follow_up_of', '=', visitId).execute()
  await tx
    .updateTable('visit')
    .set(({ eb }) => ({
      client: null,
      phone_hash: null,
      email_hash: null,
      closing_note: null,
      staff_note: null,
      interpreter: null,
      follow_up_of: null,
      asked: null,
      country: null,
      link_version: eb('link_version', '+', 1),
      erased_at: now,
    }))
    .where('id', '=', visitId)
    .execute()
  await forgetWords(tx, visitId)
}

/** What the staff typed about it, which may name the person. */
async function forgetWords(tx: Tx, visitId: string): Promise<void> {
  await sql`update application set purpose = null where visit_id = ${visitId}`.execute(tx)
  await sql`update identity_check set undone_reason = null where visit_id = ${visitId}`.execute(tx)
  await sql`update recording_choice set reason = null where visit_id = ${visitId}`.execute(tx)
  await sql`update recording_view set reason = null where visit_id = ${visitId}`.execute(tx)
  await sql`update recording set release_reason = null where visit_id = ${visitId}`.execute(tx)
  await sql`update recording_erasure set reason = null where visit_id = ${visitId}`.execute(tx)
}
