import { sql } from 'kysely'
import type { DbOrTx } from '../platform/db'
import type { MessageState } from '../platform/db-types'
import type { Keys } from '../platform/keys'
import { maskedEmail, maskedPhone } from './masked-recipient'
import type { ChannelName, MessageKind } from './message-plan'
import { unsealClient } from './sealed-client'

export const messageStates = [
  'queued',
  'sending',
  'sent',
  'delivered',
  'undelivered',
  'skipped',
  'expired',
  'dead',
] as const satisfies readonly MessageState[]

export interface MessageFilter {
  /** Null for all. */
  branchIds: readonly number[] | null
  /** When it left or will be tried next, `until` excluded. */
  from: Date | null
  until: Date | null
  kind: MessageKind | null
  state: MessageState | null
  visitNumber: string | null
}

/** A message as the staff sees it: never its address or its text. */
export interface ListedMessage {
  id: string
  visitId: string
  visitNumber: string
  branchId: number
  kind: MessageKind
  channel: ChannelName
  state: MessageState
  /** When it was finished, or will be tried next. */
  at: Date
  /** Masked; empty once the client's data were erased. */
  recipient: string
  attempts: number
  provider: string | null
  providerId: string | null
  lastError: string | null
  createdAt: Date
  dueAt: Date
  finishedAt: Date | null
  uselessAfter: Date
  copy: number
}

export const messagesPerPage = 25

/** Where a page of the list begins: beside this message, towards older or newer ones. */
export interface MessageCursor {
  at: Date
  id: string
  towards: 'older' | 'newer'
}

type Row = Omit<ListedMessage, 'recipient'> & { client: Buffer | null }

const at = sql`coalesce(message.finished_at, message.due_at)`
const columns = sql`
  message.id, message.visit_id as "visitId", visit.number as "visitNumber", visit.branch_id as "branchId",
  message.kind, message.channel, message.state, ${at} as at, message.attempts, message.provider,
  message.provider_id as "providerId", message.last_error as "lastError", message.created_at as "createdAt",
  message.due_at as "dueAt", message.finished_at as "finishedAt", message.useless_after as "uselessAfter",
  message.copy, visit.client`

const asListed = (keys: Keys, { client, ...row }: Row): ListedMessage => {
  const { email, phone } = unsealClient(keys, row.visitId, client)
  const address = row.channel === 'email' ? email : phone
  const mask = row.channel === 'email' ? maskedEmail : maskedPhone
  return { ...row, recipient: address === '' ? '' : mask(address) }
}

/**
 * A page of messages, latest first. Paged by key, so that the thousandth page costs what the first does; the
 * state stands in the statement as it is, so that the index of troubled messages is seen to fit.
 */
export async function findMessages(
  db: DbOrTx,
  keys: Keys,
  filter: MessageFilter,
  cursor: MessageCursor | null,
): Promise<{ messages: ListedMessage[]; older: boolean; newer: boolean }> {
  const { branchIds, from, until, kind, state, visitNumber } = filter
  const newer = cursor?.towards === 'newer'
  const conditions = [
    ...(branchIds ? [sql`visit.branch_id = any (${[...branchIds]}::int[])`] : []),
    ...(from ? [sql`${at} >= ${from}`] : []),
    ...(until ? [sql`${at} < ${until}`] : []),
    ...(kind ? [sql`message.kind = ${kind}`] : []),
    ...(state ? [sql`message.state = ${sql.lit(state)}`] : []),
    ...(visitNumber ? [sql`visit.number = ${visitNumber}`] : []),
    ...(cursor
      ? [sql`(${at}, message.id) ${newer ? sql`>` : sql`<`} (${cursor.at}::timestamptz, ${cursor.id}::uuid)`]
      : []),
  ]
  const where = conditions.length > 0 ? sql`where ${sql.join(conditions, sql` and `)}` : sql``
  const order = newer ? sql`${at}, message.id` : sql`${at} desc, message.id desc`
  const { rows } = await sql<Row>`select ${columns} from message join visit on visit.id = message.visit_id
    ${where} order by ${order} limit ${messagesPerPage + 1}`.execute(db)
  const more = rows.length > messagesPerPage
  const page = rows.slice(0, messagesPerPage).map((row) => asListed(keys, row))
  if (newer) return { messages: page.reverse(), older: true, newer: more }
  return { messages: page, older: more, newer: cursor !== null }
}

/** One message, and the state of its visit. */
export async function readMessage(db: DbOrTx, keys: Keys, id: string): Promise<ListedMessage | undefined> {
  const { rows } = await sql<Row>`select ${columns} from message join visit on visit.id = message.visit_id
    where message.id = ${id}`.execute(db)
  return rows[0] && asListed(keys, rows[0])
}
