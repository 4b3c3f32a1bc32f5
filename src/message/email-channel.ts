import type { Db } from '../platform/db'
import type { Accepted, Channel } from './delivery'
import { emailContent, type EmailKind, type EmailSource } from './email-content'
import { activeVisitsOf, type DueMessage } from './outgoing-store'
import { readSummary } from './visit-summary'
import { unsealClient } from './sealed-client'
import type { Mailer } from './smtp-mailer'

interface EmailChannelParts extends Omit<EmailSource, 'now'> {
  db: Db
  mailer: Mailer
}

/** E-mails, rendered when they are sent, in the visit's language. */
export function createEmailChannel(parts: EmailChannelParts): Channel {
  const { db, mailer, directory, keys, publicUrl } = parts
  const { hostname } = new URL(publicUrl)

  const send = async (
    message: DueMessage,
    now: Date,
    signal: AbortSignal,
  ): Promise<Accepted | 'not_needed'> => {
    const kind = message.kind as EmailKind
    const { visit } = message
    const listed = kind === 'number' && visit.emailHash ? await activeVisitsOf(db, visit.emailHash) : []
    if (kind === 'number' && listed.length === 0) return 'not_needed'
    const { email } = unsealClient(keys, visit.id, visit.client)
    if (email === '') return 'not_needed'
    const summary = kind === 'ended' ? await readSummary(db, visit.id) : null
    return mailer.send(
      {
        // The same at each try: whoever receives it twice can tell
        messageId: `<${message.id}@${hostname}>`,
        to: email,
        fromName: directory.institution.texts[visit.language].name,
        ...emailContent(kind, message, { directory, keys, publicUrl, now }, { listed, summary }),
      },
      signal,
    )
  }

  return {
    name: 'email',
    provider: mailer.name,
    // While one e-mail is on each connection the next one is already rendered
    concurrency: mailer.connections * 2,
    nextOpening: (from) => from,
    send,
    close: () => mailer.close(),
  }
}
