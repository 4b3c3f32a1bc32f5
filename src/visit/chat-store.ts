import { sql } from 'kysely'
import type { ChatLine, Participant } from '../contract/signalling'
import type { DbOrTx, Tx } from '../platform/db'
import type { Keys } from '../platform/keys'

const context = (visitId: string) => `visit.chat:${visitId}`

/** Everything said in a visit after a position, in order. */
export async function readChat(
  db: DbOrTx,
  { visitId, after, keys }: { visitId: string; after: number; keys: Keys },
): Promise<ChatLine[]> {
  const rows = await db
    .selectFrom('chat_message')
    .select(['id', 'position', 'author', 'body', 'sent_at'])
    .where('visit_id', '=', visitId)
    .where('position', '>', after)
    .orderBy('position')
    .execute()
  return rows.map(({ id, position, author, body, sent_at: sentAt }) => ({
    id,
    position,
    author: author as Participant,
    text: keys.unseal(body, context(visitId)),
    sentAt: sentAt.toISOString(),
  }))
}

/** Whose a message is that is there already, the visit's last position, and how many are by the author. */
export async function chatStanding(
  tx: Tx,
  { visitId, author, id }: { visitId: string; author: Participant; id: string },
): Promise<{ last: number; byAuthor: number; known: { visitId: string; author: string } | undefined }> {
  const known = await tx
    .selectFrom('chat_message')
    .select(['visit_id as visitId', 'author'])
    .where('id', '=', id)
    .executeTakeFirst()
  const counts = await tx
    .selectFrom('chat_message')
    .select(sql<number>`coalesce(max(position), 0)`.as('last'))
    .select(sql<number>`count(*) filter (where author = ${author})`.as('byAuthor'))
    .where('visit_id', '=', visitId)
    .executeTakeFirstOrThrow()
  return { ...counts, known }
}

export async function insertChatMessage(
  tx: Tx,
  message: { id: string; visitId: string; position: number; author: Participant; text: string; now: Date },
  keys: Keys,
): Promise<void> {
  const { id, visitId, position, author, text, now } = message
  const body = keys.seal(text, context(visitId))
  await tx
    .insertInto('chat_message')
    .values({ id, visit_id: visitId, position, author, body, sent_at: now })
    .execute()
}
