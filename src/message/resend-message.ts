import { appendAudit } from '../audit/append-audit'
import { type Db, type DbOrTx, inTransaction } from '../platform/db'
import type { MessageKind } from './message-plan'
import { type RepeatedMessage, type SendAgain, sendAgain } from './send-again'

export type MessageResent =
  { ok: true } | { ok: false; reason: 'unknown' } | Extract<SendAgain, { ok: false }>

/**
 * Sends a message once more as a new copy. `id` is made by the form: pressed twice it stays one copy. The visit
 * is locked, so that two people who press at once do not send two.
 */
export const resendMessage = (
  db: Db,
  { messageId, id, staffId, now }: { messageId: string; id: string; staffId: number; now: Date },
): Promise<MessageResent> =>
  inTransaction(db, async (tx) => {
    const message = await repeatedMessage(tx, messageId).forUpdate('visit').executeTakeFirst()
    if (!message) return { ok: false, reason: 'unknown' }
    const copies = await copiesOf(tx, message)
    if (copies.some((copy) => copy.id === id)) return { ok: true }
    const answer = sendAgain(asRepeated(message, copies), now)
    if (!answer.ok) return answer
    await tx
      .insertInto('message')
      .values({
        id,
        visit_id: message.visit_id,
        kind: message.kind,
        channel: message.channel,
        schedule_version: message.schedule_version,
        copy: Math.max(...copies.map(({ copy }) => copy)) + 1,
        details: message.details === null ? null : JSON.stringify(message.details),
        due_at: now,
        useless_after: answer.uselessAfter,
        created_at: now,
      })
      .execute()
    await appendAudit(tx, {
      at: now,
      actor: { kind: 'staff', staffId },
      action: 'message.sent_again',
      subject: { kind: 'visit', id: message.visit_id },
      branchId: message.branch_id,
      details: { kind: message.kind, message: id },
    })
    return { ok: true }
  })

/** Whether the page offers to send it again; the form asks once more. */
export async function mayResend(db: Db, messageId: string, now: Date): Promise<MessageResent> {
  const message = await repeatedMessage(db, messageId).executeTakeFirst()
  if (!message) return { ok: false, reason: 'unknown' }
  const answer = sendAgain(asRepeated(message, await copiesOf(db, message)), now)
  return answer.ok ? { ok: true } : answer
}

const repeatedMessage = (db: DbOrTx, id: string) =>
  db
    .selectFrom('message')
    .innerJoin('visit', 'visit.id', 'message.visit_id')
    .where('message.id', '=', id)
    .select(['message.visit_id', 'message.kind', 'message.channel', 'message.state', 'message.details'])
    .select(['message.schedule_version', 'message.useless_after', 'message.created_at'])
    .select(['visit.state as visitState', 'visit.schedule_version as visitVersion', 'visit.branch_id'])

type Row = NonNullable<Awaited<ReturnType<ReturnType<typeof repeatedMessage>['executeTakeFirst']>>>

const asRepeated = (row: Row, copies: RepeatedMessage['copies']): RepeatedMessage => ({
  kind: row.kind as MessageKind,
  state: row.state,
  scheduleVersion: row.schedule_version,
  uselessAfter: row.useless_after,
  createdAt: row.created_at,
  visit: { state: row.visitState, scheduleVersion: row.visitVersion },
  copies,
})

/** Copies after the first were asked for by a person; the client's own count, too. */
async function copiesOf(db: DbOrTx, { visit_id, kind }: Pick<Row, 'visit_id' | 'kind'>) {
  const rows = await db
    .selectFrom('message')
    .where('visit_id', '=', visit_id)
    .where('kind', '=', kind)
    .select(['id', 'copy', 'state', 'created_at as createdAt'])
    .execute()
  return rows.map((row) => ({ ...row, byPerson: row.copy > 0 }))
}
