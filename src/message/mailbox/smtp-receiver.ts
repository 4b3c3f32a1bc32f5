import type { AddressInfo } from 'node:net'
import PostalMime from 'postal-mime'
import { SMTPServer } from 'smtp-server'
import type { Clock } from '../../platform/clock'
import type { Db } from '../../platform/db'
import type { Logger } from '../../platform/logger'
import { type MailboxItem, storeItems } from './mailbox-store'

const largestMessageBytes = 512 * 1024

/** Demonstration only: an SMTP server that takes every e-mail of this machine into the mailbox page. */
export interface SmtpReceiver {
  /** For the mailer, `smtp://127.0.0.1:PORT`. */
  readonly url: string
  close(): Promise<void>
}

/**
 * Listens on 127.0.0.1, by default on a free port. It refuses addresses under `.invalid` (RFC 2606), so that
 * the demonstration can show what a wrong address leads to.
 */
export async function startSmtpReceiver(
  { db, clock, log }: { db: Db; clock: Clock; log: Logger },
  port = 0,
): Promise<SmtpReceiver> {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    // Connections that a sender keeps open for later do not hold the end up
    closeTimeout: 500,
    size: largestMessageBytes,
    onRcptTo: ({ address }, _session, callback) => {
      callback(/\.invalid$/i.test(address) ? refusal(550, '5.1.1 No such mailbox') : undefined)
    },
    onData: (stream, session, callback) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => {
        // The server counts on, beyond the limit nothing is kept
        if (!stream.sizeExceeded) chunks.push(chunk)
      })
      stream.on('end', () => {
        if (stream.sizeExceeded) {
          callback(refusal(552, '5.3.4 Message too big'))
          return
        }
        const recipients = session.envelope.rcptTo.map(({ address }) => address)
        take(Buffer.concat(chunks), recipients).then(
          () => callback(null, '2.0.0 Taken into the demonstration mailbox'),
          (error: unknown) => {
            const reason = error instanceof Error ? error.message : 'unknown'
            log.error({ error: reason }, 'demonstration mailbox took no message')
            callback(refusal(451, '4.3.0 Try again later'))
          },
        )
      })
    },
  })

  const store = inBatches<MailboxItem>((items) => storeItems(db, items))

  const take = async (raw: Buffer, recipients: readonly string[]) => {
    const mail = await PostalMime.parse(raw)
    const item = {
      receivedAt: clock.now(),
      channel: 'email' as const,
      sender: mail.from?.address ?? '',
      subject: mail.subject ?? '',
      html: mail.html ?? null,
      text: mail.text ?? '',
      messageId: ourMessageId(mail.messageId),
    }
    await store(recipients.map((recipient) => ({ ...item, recipient })))
  }

  server.on('error', (error) => log.warn({ err: error }, 'demonstration mailbox: connection failed'))
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const address = server.server.address() as AddressInfo
  return {
    url: `smtp://127.0.0.1:${address.port}`,
    close: () => new Promise((resolve) => server.close(resolve)),
  }
}

/** Writes what gathers while a write is under way together; each caller waits for the write with its items. */
const inBatches = <Item>(write: (items: readonly Item[]) => Promise<void>) => {
  let gathering: { items: Item[]; written: Promise<void> } | undefined
  let last: Promise<unknown> = Promise.resolve()
  return (items: readonly Item[]): Promise<void> => {
    if (!gathering) {
      const batch: Item[] = []
      const written = last.then(() => {
        gathering = undefined
        return write(batch)
      })
      last = written.catch(() => undefined)
      gathering = { items: batch, written }
    }
    gathering.items.push(...items)
    return gathering.written
  }
}

const refusal = (responseCode: number, message: string) => Object.assign(new Error(message), { responseCode })

/** '<uuid@host>' -> uuid: the id of the message in the outbox. */
const ourMessageId = (header: string | undefined): string | null =>
  /^<([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@/.exec(header ?? '')?.[1] ?? null
