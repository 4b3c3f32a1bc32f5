import type { FastifyInstance } from 'fastify'
import type { Directory } from '../../institution/directory'
import type { Clock } from '../../platform/clock'
import type { Db } from '../../platform/db'
import { notFound } from '../../platform/http/http-error'
import { sendHtml, sendPage, sendPublicPage } from '../../platform/http/page'
import type { StaffTranslator, Translator } from '../../platform/i18n/translator'
import type { Keys } from '../../platform/keys'
import type { Language } from '../../texts/catalogue'
import { unsealClient } from '../sealed-client'
import { bodyPolicy, htmlBody, smsBody, textBody } from './mailbox-body'
import { listItems, listMissing, readItem } from './mailbox-store'
import { type MailboxView, readView } from './mailbox-view'
import { MailboxPage } from './pages/mailbox-page'
import { TryPage } from './pages/try-page'

interface MailboxServices {
  db: Db
  clock: Clock
  keys: Keys
  directory: Pick<Directory, 'institution'>
  translators: Record<Language, Translator>
  staffTexts: StaffTranslator
}

const perPage = 30
const missingShown = 10

/** Demonstration only, and open to anybody: what the service sent, and how to try it. */
export function registerMailboxRoutes(app: FastifyInstance, services: MailboxServices): void {
  const { db, clock, keys, directory, translators, staffTexts } = services

  const missingMessages = async ({ page, recipient, channel }: MailboxView) => {
    if (page > 1) return []
    const missing = await listMissing(db, missingShown)
    return missing
      .map((message) => {
        const client = unsealClient(keys, message.visitId, message.client)
        return { ...message, recipient: message.channel === 'email' ? client.email : client.phone }
      })
      .filter((message) => message.recipient.toLowerCase().includes(recipient.toLowerCase()))
      .filter((message) => channel === null || message.channel === channel)
  }

  const mailboxPage = async (view: MailboxView, openId: number | undefined) => {
    const found = await listItems(db, view, { limit: perPage + 1, offset: (view.page - 1) * perPage })
    const items = found.slice(0, perPage)
    const id = openId ?? items[0]?.id
    const open = id === undefined ? undefined : await readItem(db, id)
    if (openId !== undefined && !open) throw notFound()
    return (
      <MailboxPage
        texts={staffTexts}
        view={view}
        items={items}
        hasOlder={found.length > perPage}
        missing={await missingMessages(view)}
        open={open}
        now={clock.now()}
        timeZone={directory.institution.timeZone}
      />
    )
  }

  app.get('/skrzynka', async (request, reply) =>
    sendPage(reply, await mailboxPage(readView(request.query), undefined)),
  )

  app.get('/skrzynka/jak-sprobowac', (request, reply) =>
    sendPublicPage(reply, <TryPage t={translators[request.language]} language={request.language} />),
  )

  app.get<{ Params: { id: string } }>('/skrzynka/:id', async (request, reply) =>
    sendPage(reply, await mailboxPage(readView(request.query), itemId(request.params.id))),
  )

  app.get<{ Params: { id: string } }>('/skrzynka/:id/tresc', async (request, reply) => {
    const item = await readItem(db, itemId(request.params.id))
    if (!item) throw notFound()
    reply.header('content-security-policy', bodyPolicy)
    if (item.channel === 'sms') return sendHtml(reply, smsBody(item.sender, item.text))
    const asText = item.html === null || readView(request.query).asText
    return sendHtml(reply, asText ? textBody(item.text) : htmlBody(item.html ?? ''))
  })
}

const itemId = (text: string): number => {
  if (!/^[1-9]\d{0,14}$/.test(text)) throw notFound()
  return Number(text)
}
