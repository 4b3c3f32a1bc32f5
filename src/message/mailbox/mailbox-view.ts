import type { MessageState } from '../../platform/db-types'
import { dayOf, timeOf } from '../../platform/zone'
import type { StaffTextKey } from '../../texts/catalogue'
import type { ChannelName } from '../message-plan'

/** What the mailbox page shows, as its address says. */
export interface MailboxView {
  channel: ChannelName | null
  /** Part of a recipient; empty for all. */
  recipient: string
  /** From 1. */
  page: number
  /** The text part instead of the HTML part. */
  asText: boolean
}

const one = (value: unknown): string => (typeof value === 'string' ? value : '')

/** Reads the query `kanal`, `do`, `strona`, `widok`; what makes no sense counts as not asked for. */
export function readView(query: unknown): MailboxView {
  const { kanal, do: recipient, strona, widok } = query as Record<string, unknown>
  const page = /^[1-9]\d{0,5}$/.test(one(strona)) ? Number(strona) : 1
  return {
    channel: kanal === 'email' || kanal === 'sms' ? kanal : null,
    recipient: one(recipient).trim().slice(0, 100),
    page,
    asText: widok === 'tekst',
  }
}

/** The address of the mailbox, or of one item in it, that shows this. */
export function mailboxPath(view: Partial<MailboxView>, id?: number): string {
  const query = new URLSearchParams({
    ...(view.channel && { kanal: view.channel }),
    ...(view.recipient && { do: view.recipient }),
    ...(view.page && view.page > 1 && { strona: String(view.page) }),
    ...(view.asText && { widok: 'tekst' }),
  }).toString()
  return `/skrzynka${id === undefined ? '' : `/${id}`}${query && `?${query}`}`
}

/** How the delivery state of a message is told: style and text, with the number of the try where it counts. */
export interface StateTag {
  look: 'tag' | 'tag tag-ok' | 'tag tag-wait' | 'tag tag-bad'
  key: StaffTextKey
  n?: number
}

/** `attempts`: failed ones so far. */
export function stateTag(state: MessageState, attempts = 0): StateTag {
  if (state === 'queued' && attempts > 0)
    return { look: 'tag tag-wait', key: 'mailbox.state.retry', n: attempts + 1 }
  return { look: looks[state], key: `mailbox.state.${state}` }
}

const looks: Record<MessageState, StateTag['look']> = {
  queued: 'tag tag-wait',
  sending: 'tag tag-wait',
  sent: 'tag tag-ok',
  delivered: 'tag tag-ok',
  undelivered: 'tag tag-bad',
  skipped: 'tag',
  expired: 'tag',
  dead: 'tag tag-bad',
}

/** When, as short as a list needs it: '09:40' today, '28.12' on other days. */
export function shortWhen(instant: Date, now: Date, timeZone: string): string {
  const day = dayOf(instant, timeZone)
  return day === dayOf(now, timeZone) ? timeOf(instant, timeZone) : `${day.slice(8)}.${day.slice(5, 7)}`
}
