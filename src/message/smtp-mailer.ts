import { createTransport } from 'nodemailer'
import type { Accepted } from './delivery'
import { smtpFailure } from './smtp-failure'

interface Email {
  /** With angle brackets. */
  messageId: string
  to: string
  fromName: string
  subject: string
  html: string
  text: string
}

export interface Mailer {
  readonly name: string
  readonly connections: number
  /** @throws DeliveryError */
  send(email: Email, signal: AbortSignal): Promise<Accepted>
  close(): Promise<void>
}

interface SmtpSettings {
  /** `smtp://user:password@host:587` (STARTTLS where offered; `?requireTLS=true` insists) or `smtps://…`. */
  url: string
  /** Address, without a name. */
  from: string
  /** Connections kept open to the server. */
  connections?: number
}

const timeouts = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 }
const closed = { disableFileAccess: true, disableUrlAccess: true }

/**
 * Talks to the relay as a sender does: greeting, EHLO, STARTTLS where offered, signing in. Sends nothing.
 * @throws DeliveryError
 */
export async function greetRelay(url: string, milliseconds: number): Promise<void> {
  const transport = createTransport({
    url,
    ...closed,
    connectionTimeout: milliseconds,
    greetingTimeout: milliseconds,
    socketTimeout: milliseconds,
  })
  try {
    await transport.verify()
  } catch (error) {
    throw smtpFailure(error)
  } finally {
    transport.close()
  }
}

/** Sends by SMTP over a few connections that are kept open, each for up to a thousand messages. */
export function createSmtpMailer({ url, from, connections = 8 }: SmtpSettings): Mailer {
  const transport = createTransport({
    url,
    pool: true,
    maxConnections: connections,
    maxMessages: 1000,
    // The outbox alone decides about sending again
    maxRequeues: 0,
    ...timeouts,
    ...closed,
  })

  return {
    name: 'smtp',
    connections,
    send: async ({ messageId, to, fromName, subject, html, text }, signal) => {
      try {
        const { response } = await transport.sendMail({
          messageId,
          from: { name: fromName, address: from },
          to: { name: '', address: to },
          subject,
          html,
          text,
          // No robot answers, no out-of-office notes (RFC 3834)
          headers: { 'Auto-Submitted': 'auto-generated' },
          signal,
        })
        return { providerId: queueId(response) }
      } catch (error) {
        throw smtpFailure(error)
      }
    },
    close: async () => transport.close(),
  }
}

/** '250 2.0.0 Ok: queued as 4XyZ' -> '4XyZ': what the relay's log calls the message. */
const queueId = (response: string): string | null =>
  /(?:queued as|id=|queued:?)\s*([\w.-]{4,80})/i.exec(response)?.[1] ?? null
