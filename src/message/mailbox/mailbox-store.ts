import { sql } from 'kysely'
import type { Db } from '../../platform/db'
import type { MessageState } from '../../platform/db-types'
import type { ChannelName, MessageKind } from '../message-plan'

/** What the demonstration's receiver took in; `html` null for SMS, `messageId` null when it was not ours. */
export interface MailboxItem {
  receivedAt: Date
  channel: ChannelName
  recipient: string
  sender: string
  subject: string
  html: string | null
  text: string
  messageId: string | null
}

/** A received item with the outbox's word on it. */
export interface ListedItem extends Omit<MailboxItem, 'html' | 'text' | 'messageId'> {
  id: number
  /** The subject, or how an SMS begins. */
  about: string
  state: MessageState | null
}

/** An item with its body. */
export interface ReadItem extends ListedItem {
  html: string | null
  text: string
}

interface MailboxFilter {
  channel: ChannelName | null
  /** Part of a recipient; empty for all. */
  recipient: string
}

export async function storeItems(db: Db, items: readonly MailboxItem[]): Promise<void> {
  await db
    .insertInto('mailbox_item')
    .values(
      items.map((item) => ({
        received_at: item.receivedAt,
        channel: item.channel,
        recipient: item.recipient,
        sender: item.sender,
        subject: item.subject,
        html: item.html,
        text: item.text,
        message_id: item.messageId,
      })),
    )
    .execute()
}

/** Whether an SMS with this id has come already; providers recognise a repeated id, so does the mailbox. */
export async function hasSms(db: Db, messageId: string): Promise<boolean> {
  const found = await db
    .selectFrom('mailbox_item')
    .select('id')
    .where('channel', '=', 'sms')
    .where('message_id', '=', messageId)
    .executeTakeFirst()
  return found !== undefined
}

const listed = (db: Db) =>
  db
    .selectFrom('mailbox_item as item')
    // A UUID or null: whoever stores an item sees to it
    .leftJoin('message', (join) => join.on('message.id', '=', sql<string>`item.message_id::uuid`))
    .select([
      'item.id',
      'item.received_at as receivedAt',
      sql<ChannelName>`item.channel`.as('channel'),
      'item.recipient',
      'item.sender',
      'item.subject',
      sql<string>`case when item.subject = '' then left(item.text, 100) else item.subject end`.as('about'),
      'message.state',
    ])

/** Newest first. */
export async function listItems(
  db: Db,
  { channel, recipient }: MailboxFilter,
  page: { limit: number; offset: number },
): Promise<ListedItem[]> {
  let query = listed(db)
  if (channel) query = query.where('item.channel', '=', channel)
  if (recipient) query = query.where(sql`lower(item.recipient)`, 'like', `%${likePattern(recipient)}%`)
  return query.orderBy('item.id', 'desc').limit(page.limit).offset(page.offset).execute()
}

const likePattern = (part: string) => part.toLowerCase().replace(/[\\%_]/g, '\\$&')

export async function readItem(db: Db, id: number): Promise<ReadItem | undefined> {
  return listed(db).select(['item.html', 'item.text']).where('item.id', '=', id).executeTakeFirst()
}

/** A message that has not arrived: refused, being retried, or given up. `client` is sealed. */
export interface Missing {
  id: string
  kind: MessageKind
  channel: ChannelName
  state: MessageState
  attempts: number
  createdAt: Date
  visitId: string
  client: Buffer | null
}

/** Messages that were tried and have not arrived, newest first. */
export async function listMissing(db: Db, limit: number): Promise<Missing[]> {
  return db
    .selectFrom('message')
    .innerJoin('visit', 'visit.id', 'message.visit_id')
    .select([
      'message.id',
      sql<MessageKind>`message.kind`.as('kind'),
      sql<ChannelName>`message.channel`.as('channel'),
      'message.state',
      'message.attempts',
      'message.created_at as createdAt',
      'message.visit_id as visitId',
      'visit.client',
    ])
    .where((where) =>
      where.or([
        where('message.state', 'in', ['dead', 'undelivered']),
        where.and([where('message.state', '=', 'queued'), where('message.last_error', 'is not', null)]),
      ]),
    )
    .orderBy('message.id', 'desc')
    .limit(limit)
    .execute()
}
